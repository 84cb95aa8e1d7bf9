//! The headers that every answer carries.

use std::{fs, num::NonZeroU32};

use axum::http::{Method, Request};
use tfe_console_server::{EmbeddedOptions, Options};

use crate::support::{Answer, Server, UNUSED, VERSIONS};

const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[track_caller]
fn is_guarded(answer: &Answer) {
    for (name, value) in HEADERS {
        assert_eq!(answer.header(name), value);
    }
    assert!(answer.header("permissions-policy").contains("camera=()"));
    assert_eq!(answer.header("access-control-allow-origin"), "", "no other origin may read an answer");
}

#[tokio::test]
async fn files_pages_and_what_is_missing_are_guarded() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::with(Options { assets: folder.path().to_owned(), ..Options::default() });
    let answer = server.get("/").await;
    assert_eq!(answer.status, 503);
    is_guarded(&answer);
    fs::write(folder.path().join("index.html"), "<!doctype html>").unwrap();
    for (path, status) in [("/", 200), ("/terraform-versions", 200), ("/index.html", 200), ("/missing.js", 404)] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        is_guarded(&answer);
    }
    is_guarded(&server.ask(Method::POST, "/", "").await);
}

/// Time stands still, so that no request of the limit comes back.
#[tokio::test(start_paused = true)]
async fn every_answer_of_the_api_is_guarded_and_not_kept() {
    let server = Server::with(EmbeddedOptions { rate_limit: NonZeroU32::new(8), ..EmbeddedOptions::default() });
    for (method, path, status) in [
        (Method::GET, VERSIONS, 200),
        (Method::POST, VERSIONS, 400),
        (Method::DELETE, UNUSED, 422),
        (Method::PUT, UNUSED, 405),
        (Method::GET, "/api/nothing", 404),
        (Method::GET, "/api/v2/ping", 204),
    ] {
        let answer = server.ask(method, path, "").await;
        assert_eq!(answer.status, status);
        is_guarded(&answer);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let nobody = server.send(Request::get(VERSIONS).body("".into()).unwrap()).await;
    assert_eq!(nobody.status, 401);
    is_guarded(&nobody);
    for _ in 0..3 {
        let answer = server.get(VERSIONS).await;
        is_guarded(&answer);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(server.get(VERSIONS).await.status, 429);
}
