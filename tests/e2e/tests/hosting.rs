//! What every host of the console must do alike: our server, the same forwarding, nginx and Caddy with the
//! configurations of `deploy/`. Without a browser: header by header.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{convert::Infallible, fs, time::Duration};

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

const MEGABYTE: usize = 1024 * 1024;

/// The beginning of a gzip file: its header, and a block of 65,535 bytes that are stored as they are. That is as much as
/// the server looks at.
const GZIP: [u8; 15] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0xff, 0xff, 0, 0];

/// The length of a large archive, in megabytes.
const ARCHIVE: usize = 100;

const UPLOADS: &str = "/api/v1/uploads/";

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
        // A host may ignore a range.
        let range = Request::get(site.url("/config.json")).header("range", "bytes=1000000-");
        for (request, allowed) in [
            (Request::post(site.url("/")), [405, 405]),
            (Request::post(site.url("/config.json")), [405, 405]),
            (range, [416, 200]),
        ] {
            let answer = send(request, Body::empty()).await;
            let status = answer.status().as_u16();
            assert!(allowed.contains(&status), "{host:?} {status}");
            assert_eq!(security(answer.headers()), expected, "{host:?} {status}");
        }
        site.front().answer(Method::PUT, UPLOADS, usize::MAX, Answer::CutAt(0));
        if matches!(host, Host::Nginx | Host::Caddy) {
            let answer = send(Request::put(create(&site).await), Body::from("x")).await;
            assert_eq!(answer.status(), 502, "{host:?}");
            assert_eq!(security(answer.headers()), expected, "{host:?} 502");
        }
    }
}

#[tokio::test]
async fn a_hash_in_the_name_decides_what_is_kept_for_ever() {
    let kept = ["a-0123456789.css", "b-0123456789abcdef_bg.wasm", "c-0123456789ABCDEF.css.map", "d.e-0123456789abcdef"];
    let asked = ["a-012345678.css", "b-0123456789abcdef0.css", "c-0123456789abcdeg.js", "robots.txt", "LICENSE"];
    let files: Vec<_> = kept.iter().chain(&asked).map(|name| (*name, "it")).collect();
    for host in Host::ALL {
        let site = Site::start(host, Deployment::with_files(&files), Seed::Empty).await;
        for (name, _) in &files {
            let answer = get(&site, &format!("/{name}"), "identity").await;
            // The hash is looked for up to the first dot, which the last name has before it.
            let is_kept = kept.contains(name) && !name.starts_with("d.");
            let expected = if is_kept { "public, max-age=31536000, immutable" } else { "no-cache" };
            assert_eq!(answer.headers().get("cache-control").unwrap(), expected, "{host:?} {name}");
            assert_eq!(whole(answer).await, "it", "{host:?} {name}");
        }
    }
}

#[tokio::test]
async fn what_is_no_file_and_no_page_is_not_found() {
    for host in Host::ALL {
        let site = Site::start(host, Deployment::without_config(), Seed::Empty).await;
        for path in ["/config.json", "/old.html", "/OLD.JS", "/gone-0123456789abcdef.js.map", "/favicon.ico"] {
            assert_eq!(get(&site, path, "br, gzip").await.status(), 404, "{host:?} {path}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_passed_on_as_it_is() {
    for host in [Host::Nginx, Host::Caddy] {
        let site = site(host).await;
        let elsewhere = "http://127.0.0.1:1/elsewhere";
        let answer = Answer::Text(302, vec![("location", elsewhere)], String::new());
        site.front().answer(Method::GET, LIST, 1, answer);
        let answer = get(&site, LIST, "identity").await;
        assert_eq!(answer.status(), 302, "{host:?}");
        assert_eq!(answer.headers().get("location").unwrap(), elsewhere, "{host:?}");
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
        let arrived = site.arrived();
        let body = stream::unfold((0, arrived), async move |(sent, mut arrived)| {
            // The second half is sent only when much of the first has arrived: a host that waits for all of it waits for
            // ever.
            if sent == ARCHIVE / 2 {
                arrived.wait_for(|bytes| *bytes > ARCHIVE / 4 * MEGABYTE).await.unwrap();
            }
            let mut chunk = vec![0; MEGABYTE];
            if sent == 0 {
                chunk[..GZIP.len()].copy_from_slice(&GZIP);
            }
            (sent < ARCHIVE).then_some((Ok::<_, Infallible>(chunk), (sent + 1, arrived)))
        });
        let request = Request::put(path).header("content-length", ARCHIVE * MEGABYTE);
        let sent = timeout(LIMIT, send(request, Body::from_stream(body))).await;
        assert_eq!(sent.unwrap_or_else(|_| panic!("{host:?} holds the archive back")).status(), 200, "{host:?}");
        assert_eq!(*site.arrived().borrow(), ARCHIVE * MEGABYTE, "{host:?}");
    }
}

#[tokio::test]
async fn a_fault_is_told_and_no_secret_is_logged() {
    for host in [Host::Nginx, Host::Caddy] {
        let site = site(host).await;
        let path = create(&site).await;
        site.front().answer(Method::PUT, UPLOADS, usize::MAX, Answer::CutAt(0));
        let token = "a-token-that-nobody-may-read";
        let request = Request::put(&path).header("x-atlas-token", token).header("authorization", token);
        let answer = send(request, Body::from(vec![0x1f_u8; 1024])).await;
        assert_eq!(answer.status(), 502, "{host:?}");
        let told: Value = serde_json::from_slice(&whole(answer).await).unwrap();
        assert_eq!(told["errors"][0]["status"], "502", "{host:?}");

        // The console's own page for the upload has the same secret in its address.
        let secret = path.rsplit('/').next().unwrap();
        for page in [format!("/configurations/hashicorp/atlas/versions/progress/{secret}"), format!("/{secret}.js")] {
            get(&site, &page, "identity").await;
        }
        let logs = site.logs();
        assert!(logs.contains("PUT"), "{host:?} logs nothing");
        assert!(!logs.contains(token) && !logs.contains(secret), "{host:?} logs a secret: {logs}");
    }
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
    Deployment::file("tfe-console-", ".js")
}

fn wasm() -> String {
    Deployment::file("tfe-console-", ".wasm")
}
