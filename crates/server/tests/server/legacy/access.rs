//! Who may use the legacy API, what is not there, and what every answer carries.

use std::num::NonZeroU32;

use axum::{body::Body, http::Request};
use tfe_console_server::EmbeddedOptions;

use super::support::{VERSIONS, archive};
use crate::support::{Answer, Server};

const BODY: &str = r#"{"version":{}}"#;

async fn ask(server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path).header("host", "tfe.localhost");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    server.send(request.body(Body::from(BODY)).unwrap()).await
}

#[tokio::test]
async fn the_administrators_token_is_let_in_by_either_header() {
    let server = Server::empty();
    for header in [("X-Atlas-Token", "demo-admin-token"), ("authorization", "bearer demo-admin-token")] {
        assert_eq!(ask(&server, "POST", VERSIONS, &[header]).await.status, 200, "{header:?}");
    }
}

#[tokio::test]
async fn the_token_without_rights_finds_and_creates_nothing() {
    let server = Server::empty();
    let created = server.create().await;
    let latest = format!("{VERSIONS}/latest");
    let progress = format!("{VERSIONS}/progress/{}", created.token);
    for (method, path) in [("POST", VERSIONS), ("GET", &latest), ("GET", &progress)] {
        for header in [("x-atlas-token", "demo-user-token"), ("authorization", "Bearer demo-user-token")] {
            ask(&server, method, path, &[header]).await.is_legacy_error(404, "Resource not found!");
        }
    }
    assert_eq!(server.create().await.version, 2, "a refused create created");
}

#[tokio::test]
async fn without_a_valid_token_every_operation_is_unauthorized() {
    let server = Server::empty();
    let created = server.create().await;
    let latest = format!("{VERSIONS}/latest");
    let progress = format!("{VERSIONS}/progress/{}", created.token);
    for (method, path) in [("POST", VERSIONS), ("GET", &latest), ("GET", &progress)] {
        let bearer = ("authorization", "Bearer demo-admin-token");
        for headers in [
            &[][..],
            &[("x-atlas-token", "")],
            &[("x-atlas-token", "nobody")],
            &[("x-atlas-token", created.token.as_str())],
            &[("x-atlas-token", "nobody"), bearer],
            &[("authorization", "Bearer nobody")],
            &[("authorization", "demo-admin-token")],
        ] {
            let answer = ask(&server, method, path, headers).await;
            answer.is_legacy_error(401, "Authentication failed");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    assert_eq!(server.create().await.version, 2, "a refused create created");
    let newer = ask(&server, "GET", "/api/v2/account/details", &[("x-atlas-token", "demo-admin-token")]).await;
    assert_eq!(newer.status, 401, "the newer API knows one header only");
}

#[tokio::test]
async fn what_is_not_there_is_not_found_in_the_legacy_shape() {
    let server = Server::empty();
    let created = server.create().await;
    for path in [
        format!("{VERSIONS}/progress/ddbd7db6-f96c-4633-beb6-22fe2d74eeed"),
        format!("{VERSIONS}/progress/%FF"),
        format!("/api/v1/terraform/configurations/hashicorp/other/versions/progress/{}", created.token),
        "/api/v1/terraform/configurations/nobody/atlas/versions/latest".to_owned(),
        "/api/v1/terraform/configurations".to_owned(),
        "/api/v1/nothing".to_owned(),
    ] {
        server.legacy("GET", &path, "").await.is_legacy_error(404, "Resource not found!");
    }
    for token in ["ddbd7db6-f96c-4633-beb6-22fe2d74eeed", "%FF", "x", &created.token.to_uppercase()] {
        let path = format!("/api/v1/uploads/{token}");
        server.put(&path, archive(30)).await.is_legacy_error(404, "Resource not found!");
    }
}

#[tokio::test]
async fn wrong_methods_are_told_with_the_right_ones() {
    let server = Server::empty();
    let created = server.create().await;
    for (method, path, allowed) in [
        ("GET", VERSIONS.to_owned(), "POST"),
        ("POST", format!("{VERSIONS}/latest"), "GET,HEAD"),
        ("DELETE", format!("{VERSIONS}/progress/{}", created.token), "GET,HEAD"),
        ("POST", created.path.clone(), "PUT"),
        ("GET", created.path.clone(), "PUT"),
    ] {
        let answer = server.legacy(method, &path, "").await;
        answer.is_legacy_error(405, "Method not allowed");
        assert_eq!(answer.header("allow"), allowed, "{method}");
    }
}

#[tokio::test]
async fn answers_are_guarded_not_kept_and_tell_no_secret_of_others() {
    let server = Server::empty();
    let created = server.create().await;
    for answer in [
        server.legacy("POST", VERSIONS, BODY).await,
        server.legacy("POST", VERSIONS, "").await,
        server.legacy("GET", &format!("{VERSIONS}/latest"), "").await,
        server.legacy("GET", &format!("{VERSIONS}/progress/{}", created.token), "").await,
        server.put(&created.path, "no archive").await,
        server.put(&created.path, archive(30)).await,
        server.put(&created.path, archive(30)).await,
    ] {
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert!(!answer.text.contains(&created.token), "{}", answer.text);
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_limit_counts_a_user_by_either_header() {
    let server = Server::with(EmbeddedOptions { rate_limit: NonZeroU32::new(2), ..EmbeddedOptions::default() });
    let atlas = [("x-atlas-token", "demo-admin-token")];
    for (headers, status) in [
        (&atlas[..], 200),
        (&[("authorization", "Bearer demo-admin-token")], 200),
        (&atlas[..], 429),
        (&[("x-atlas-token", "demo-user-token")], 404),
    ] {
        assert_eq!(ask(&server, "POST", VERSIONS, headers).await.status, status);
    }
}
