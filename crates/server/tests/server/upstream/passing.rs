//! What passes, header by header.

use axum::{
    body::Body,
    http::{Method, Request},
};

use super::support::Installation;
use crate::support::{VERSIONS, document, new_version};

fn names(headers: &axum::http::HeaderMap) -> Vec<&str> {
    let mut names: Vec<&str> = headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn what_the_console_asks_reaches_the_installation_and_nothing_more() {
    let installation = Installation::answering(200, &[], "{}").await;
    let request = Request::post(format!("{VERSIONS}?a=b%20c"))
        .header("host", "console.example")
        .header("authorization", "Bearer secret")
        .header("content-type", "application/vnd.api+json")
        .header("accept", "application/vnd.api+json")
        .header("user-agent", "curl/8")
        .header("cookie", "session=1")
        .header("connection", "keep-alive, x-hop")
        .header("x-hop", "1")
        .header("keep-alive", "timeout=5")
        .header("te", "trailers")
        .header("proxy-authorization", "Basic x")
        .header("origin", "http://console.example")
        .header("referer", "http://console.example/terraform-versions")
        .header("x-forwarded-for", "10.0.0.1")
        .header("forwarded", "for=10.0.0.1")
        .body(Body::from(document(new_version("1.2.3"))))
        .unwrap();
    assert_eq!(installation.forwarded().send(request).await.status, 200);
    let asked = installation.asked().pop().unwrap();
    assert_eq!(
        (asked.method, asked.path_and_query.as_str()),
        (Method::POST, "/api/v2/admin/terraform-versions?a=b%20c")
    );
    let passed = ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
    assert_eq!(names(&asked.headers), passed);
    assert_eq!(asked.headers["host"], installation.address.to_string());
    assert_eq!(asked.headers["authorization"], "Bearer secret");
    assert_eq!(asked.body, document(new_version("1.2.3")));
}

#[tokio::test]
async fn what_the_installation_answers_comes_back_without_cookies_and_without_power_over_this_origin() {
    let headers = &[
        ("content-type", "application/vnd.api+json"),
        ("etag", "\"1\""),
        ("retry-after", "3"),
        ("x-ratelimit-limit", "30"),
        ("x-ratelimit-reset", "0.5"),
        ("tfp-api-version", "2.6"),
        ("tfp-appname", "Terraform Enterprise"),
        ("x-tfe-version", "v202411-1"),
        ("x-request-id", "a"),
        ("set-cookie", "session=1"),
        ("access-control-allow-origin", "*"),
        ("strict-transport-security", "max-age=1"),
        ("clear-site-data", "\"*\""),
        ("content-security-policy", "default-src *"),
        ("server", "nginx"),
    ];
    let installation = Installation::answering(429, headers, r#"{"errors":[]}"#).await;
    let answer = installation.forwarded().get(VERSIONS).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (429, r#"{"errors":[]}"#));
    for (name, value) in &headers[..9] {
        assert_eq!(answer.header(name), *value, "{name}");
    }
    for (name, _) in [&headers[9..13], &headers[14..]].concat() {
        assert_eq!(answer.header(name), "", "{name}");
    }
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

#[tokio::test]
async fn only_what_the_console_uses_is_forwarded() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    for (method, path) in [
        (Method::GET, "/api/v2/organizations"),
        (Method::GET, "/api/v2/admin/users"),
        (Method::GET, "/api/v2/admin/terraform-versions/%2e%2e"),
        (Method::GET, "/api/v2/admin/terraform-versions/a%2fb/c"),
        (Method::GET, "/api/v1/terraform/state"),
        (Method::GET, "/api"),
        (Method::PUT, "/api/v1/uploads/elsewhere.example/x"),
    ] {
        server.ask(method, path, Body::empty()).await.is_refused_with(404);
    }
    server.ask(Method::PUT, VERSIONS, Body::empty()).await.is_refused_with(405);
    assert!(installation.asked().is_empty());
}

#[tokio::test]
async fn a_ping_also_says_which_installation_it_is() {
    let installation = Installation::answering(204, &[("x-tfe-version", "v202411-1")], "").await;
    let answer = installation.forwarded().get("/api/v2/ping").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("x-tfe-version"), "v202411-1");
    assert_eq!(answer.header("x-tfe-console-upstream"), installation.address.to_string());
}

#[tokio::test]
async fn what_is_no_document_passes_as_it_is() {
    let installation = Installation::answering(200, &[("content-type", "text/html")], "<p>Sign in</p>").await;
    let answer = installation.forwarded().get(VERSIONS).await;
    assert_eq!((answer.header("content-type"), answer.text.as_str()), ("text/html", "<p>Sign in</p>"));
}

#[tokio::test]
async fn the_versions_of_other_tools_pass_as_those_of_terraform_do() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    for tool in ["opa-versions", "sentinel-versions"] {
        let list = format!("/api/v2/admin/{tool}");
        let one = format!("{list}/tool-1");
        for (method, path) in [
            (Method::GET, format!("{list}?page%5Bsize%5D=1")),
            (Method::POST, list.clone()),
            (Method::GET, one.clone()),
            (Method::PATCH, one.clone()),
            (Method::DELETE, one.clone()),
        ] {
            assert_eq!(server.ask(method.clone(), &path, "{}").await.status, 200, "{method} {path}");
            let asked = installation.asked().pop().unwrap();
            assert_eq!((asked.method, asked.path_and_query), (method, path));
        }
        assert_eq!(server.ask(Method::PUT, &list, "{}").await.status, 405);
        assert_eq!(server.ask(Method::GET, &format!("{one}/%2e%2e"), "").await.status, 404);
    }
}
