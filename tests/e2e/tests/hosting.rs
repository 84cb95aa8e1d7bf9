//! What every host of the console must do alike: our server, the same forwarding, nginx and Caddy with the
//! configurations of `deploy/`. Without a browser: header by header.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{fs, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, Response, request::Builder},
};
use e2e::{ADMIN_TOKEN, Answer, Deployment, Host, LIST, Seed, Site, project};
use futures_util::stream;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use tokio::time::timeout;

/// Nothing takes so long.
const LIMIT: Duration = Duration::from_secs(30);

const SECURITY: [&str; 7] = [
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
];

/// The length of an archive that the front does not keep.
const ARCHIVE: usize = 2 * 1024 * 1024;

const CONFIGURATION: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

#[tokio::test]
async fn every_answer_has_the_security_headers_once() {
    let own = site(Host::Own).await;
    let expected = security(get(&own, "/", "identity").await.headers());
    assert!(expected.iter().all(|values| values.len() == 1), "{expected:?}");
    for host in Host::ALL {
        let site = site(host).await;
        for path in
            ["/", "/terraform-versions", "/config.json", &script(), "/gone-0123456789abcdef.js", "/api/v2/ping", LIST]
        {
            let answer = get(&site, path, "identity").await;
            assert_eq!(security(answer.headers()), expected, "{host:?} {path}");
        }
    }
}

#[tokio::test]
async fn what_may_be_cached_is_and_what_is_not_there_is_not_the_page() {
    for host in Host::ALL {
        let site = site(host).await;
        for (path, status, kind, caching) in [
            ("/", 200, "text/html", "no-store"),
            ("/index.html", 200, "text/html", "no-store"),
            ("/terraform-versions/tool-1.2.3", 200, "text/html", "no-store"),
            ("/configurations/hashicorp/site.d/versions/new", 200, "text/html", "no-store"),
            ("/config.json", 200, "application/json", "no-cache"),
            (&script(), 200, "javascript", "public, max-age=31536000, immutable"),
            (&wasm(), 200, "application/wasm", "public, max-age=31536000, immutable"),
            ("/gone-0123456789abcdef.js", 404, "text/", ""),
            ("/gone-0123456789abcdef_bg.wasm", 404, "text/", ""),
            ("/api/v2/ping", 204, "", "no-store"),
            ("/.well-known/terraform.json", 200, "application/json", ""),
        ] {
            let answer = get(&site, path, "identity").await;
            assert_eq!(answer.status().as_u16(), status, "{host:?} {path}");
            let said = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap()).unwrap_or_default();
            assert!(said("content-type").contains(kind), "{host:?} {path}: {}", said("content-type"));
            let cached = said("cache-control");
            if status == 404 {
                assert!(!cached.contains("max-age"), "{host:?} {path}: {cached}");
            } else {
                assert_eq!(cached, caching, "{host:?} {path}");
            }
        }
    }
}

#[tokio::test]
async fn files_are_sent_as_they_were_compressed() {
    for host in Host::ALL {
        let site = site(host).await;
        for path in ["/terraform-versions", &script(), &wasm()] {
            let file = if path == "/terraform-versions" { "/index.html" } else { path };
            for (accepted, encoding, suffix) in
                [("br, gzip", "br", ".br"), ("gzip", "gzip", ".gz"), ("identity", "", "")]
            {
                let answer = get(&site, path, accepted).await;
                let said = answer.headers().get("content-encoding").map(|it| it.to_str().unwrap().to_owned());
                assert_eq!(said.unwrap_or_default(), encoding, "{host:?} {path} {accepted}");
                let bytes = fs::read(dist().join(format!("{}{suffix}", &file[1..]))).unwrap();
                assert_eq!(whole(answer).await, bytes, "{host:?} {path} {accepted}");
            }
        }
    }
}

#[tokio::test]
async fn of_a_request_the_token_arrives_and_no_cookie() {
    for host in [Host::Nginx, Host::Caddy] {
        let site = site(host).await;
        site.front().answer(
            Method::GET,
            LIST,
            1,
            Answer::Text(200, vec![("set-cookie", "session=1"), ("x-ratelimit-remaining", "7")], "{}".to_owned()),
        );
        let token = format!("Bearer {ADMIN_TOKEN}");
        let request = Request::get(site.url(LIST)).header("authorization", &token).header("cookie", "session=1");
        let request = request.header("origin", "https://evil.example").header("referer", "https://evil.example/");
        let answer = send(request, Body::empty()).await;
        assert_eq!(answer.headers().get("x-ratelimit-remaining").unwrap(), "7", "{host:?}");
        assert!(answer.headers().get("set-cookie").is_none(), "{host:?}");

        let arrived = site.front().calls(&Method::GET).pop().unwrap().headers;
        assert_eq!(arrived.get("authorization").unwrap(), &token, "{host:?}");
        for name in ["cookie", "origin", "referer"] {
            assert!(arrived.get(name).is_none_or(|value| value.is_empty()), "{host:?} {name}");
        }
    }
}

#[tokio::test]
async fn an_archive_is_passed_on_while_it_is_still_being_sent() {
    for host in Host::ALL {
        let site = site(host).await;
        let path = create(&site).await;
        // The rest is sent only when the beginning has arrived: a host that waits for all of it waits for ever.
        let front = site.front().clone();
        let body = stream::unfold(0_u8, move |sent| {
            let front = front.clone();
            async move {
                match sent {
                    0 => Some((chunk(&[0x1f, 0x8b]), 1)),
                    1 => {
                        while front.calls(&Method::PUT).is_empty() {
                            tokio::task::yield_now().await;
                        }
                        Some((chunk(&[0; ARCHIVE - 2]), 2))
                    }
                    _ => None,
                }
            }
        });
        let sent = send(Request::put(path).header("content-length", ARCHIVE), Body::from_stream(body));
        let answer = timeout(LIMIT, sent).await.unwrap_or_else(|_| panic!("{host:?} holds the archive back"));
        assert_eq!(answer.status(), 200, "{host:?}");
    }
}

#[tokio::test]
async fn a_fault_is_told_and_no_secret_is_logged() {
    for host in [Host::Nginx, Host::Caddy] {
        let site = site(host).await;
        let path = create(&site).await;
        site.front().answer(Method::PUT, "/api/v1/uploads/", usize::MAX, Answer::CutAt(0));
        let token = "a-token-that-nobody-may-read";
        let request = Request::put(&path).header("x-atlas-token", token).header("authorization", token);
        let answer = send(request, Body::from(vec![0x1f_u8; 1024])).await;
        assert_eq!(answer.status(), 502, "{host:?}");
        let told: Value = serde_json::from_slice(&whole(answer).await).unwrap();
        assert_eq!(told["errors"][0]["status"], "502", "{host:?}");

        let logs = site.logs();
        assert!(logs.contains("PUT"), "{host:?} logs nothing");
        let secret = path.rsplit('/').next().unwrap();
        assert!(!logs.contains(token) && !logs.contains(secret), "{host:?} logs a secret: {logs}");
    }
}

fn chunk(bytes: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    Ok(bytes.to_vec())
}

async fn site(host: Host) -> Site {
    Site::start(host, Deployment::usual(), Seed::Demo).await
}

async fn send(request: Builder, body: Body) -> Response<Body> {
    let client: Client<HttpConnector, Body> = Client::builder(TokioExecutor::new()).build_http();
    client.request(request.body(body).unwrap()).await.unwrap().map(Body::new)
}

async fn whole(answer: Response<Body>) -> Bytes {
    to_bytes(answer.into_body(), usize::MAX).await.unwrap()
}

async fn get(site: &Site, path: &str, accepted: &str) -> Response<Body> {
    send(Request::get(site.url(path)).header("accept-encoding", accepted), Body::empty()).await
}

/// The absolute upload path of a new version.
async fn create(site: &Site) -> String {
    let request = Request::post(site.url(CONFIGURATION)).header("x-atlas-token", ADMIN_TOKEN);
    let answer = send(request, Body::from(json!({"version": {}}).to_string())).await;
    let created: Value = serde_json::from_slice(&whole(answer).await).unwrap();
    let path = created["upload_path"].as_str().unwrap_or_else(|| panic!("no upload path: {created}"));
    assert!(path.starts_with(&site.url("/")), "the path leads elsewhere: {path}");
    path.to_owned()
}

fn security(headers: &HeaderMap) -> Vec<Vec<String>> {
    let values = |name: &str| headers.get_all(name).iter().map(|it| it.to_str().unwrap().to_owned()).collect();
    SECURITY.map(values).into()
}

fn dist() -> std::path::PathBuf {
    std::env::var_os("TFE_CONSOLE_DIST").map_or_else(|| project().join("dist"), Into::into)
}

fn script() -> String {
    built(".js")
}

fn wasm() -> String {
    built("_bg.wasm")
}

/// The path of the console's own file with this ending.
fn built(ending: &str) -> String {
    let names = fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names = names.filter(|name| name.starts_with("tfe-console-") && name.ends_with(ending));
    format!("/{}", names.next().unwrap())
}
