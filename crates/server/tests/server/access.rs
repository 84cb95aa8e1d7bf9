//! Who is let in: tokens, administrators, and what the others are told.

use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::json;
use tfe_console_server::{EmbeddedOptions, TokenError, Tokens};

use crate::support::{Answer, Server, UNUSED, VERSIONS, document, new_version};

const CALLS: [(Method, &str); 5] = [
    (Method::GET, VERSIONS),
    (Method::POST, VERSIONS),
    (Method::GET, UNUSED),
    (Method::PATCH, UNUSED),
    (Method::DELETE, UNUSED),
];

async fn call(server: &Server, method: Method, path: &str, authorization: Option<&str>) -> Answer {
    let request = Request::builder().method(method).uri(path);
    let request = authorization.into_iter().fold(request, |request, value| request.header("authorization", value));
    server.send(request.body(Body::from(document(new_version("1.0.0")))).unwrap()).await
}

#[tokio::test]
async fn without_a_valid_token_every_operation_is_unauthorized() {
    let server = Server::demo();
    let wrong = [
        None,
        Some(""),
        Some("Bearer"),
        Some("Bearer "),
        Some("Bearer nobody"),
        Some("Bearer demo-admin-toke"),
        Some("Bearer demo-admin-token2"),
        Some("Bearer DEMO-ADMIN-TOKEN"),
        Some("Basic demo-admin-token"),
        Some("demo-admin-token"),
    ];
    for (method, path) in CALLS {
        for authorization in wrong {
            let answer = call(&server, method.clone(), path, authorization).await;
            answer.is_refused_with(401);
            assert_eq!(answer.json, json!({"errors": [{"status": "401", "title": "unauthorized"}]}));
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
    call(&server, Method::GET, "/api/v2/account/details", None).await.is_refused_with(401);
}

#[tokio::test]
async fn a_token_that_is_not_an_administrators_finds_nothing() {
    let server = Server::demo();
    for (method, path) in CALLS {
        let answer = call(&server, method, path, Some("Bearer demo-user-token")).await;
        answer.is_refused_with(404);
        assert_eq!(answer.json, json!({"errors": [{"status": "404", "title": "not found"}]}));
    }
    assert_eq!(server.get(UNUSED).await.status, 200, "the refused delete deleted");
}

#[tokio::test]
async fn the_scheme_may_be_written_in_any_case() {
    let server = Server::demo();
    for authorization in ["bearer demo-admin-token", "BEARER  demo-admin-token "] {
        assert_eq!(call(&server, Method::GET, VERSIONS, Some(authorization)).await.status, 200);
    }
}

#[tokio::test]
async fn the_account_tells_an_administrator_from_a_user_by_both_names() {
    let server = Server::demo();
    for (token, username, administrator) in [("demo-admin-token", "admin", true), ("demo-user-token", "user", false)] {
        let path = "/api/v2/account/details";
        let answer = call(&server, Method::GET, path, Some(&format!("Bearer {token}"))).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/vnd.api+json"));
        assert_eq!(answer.json["data"]["type"], "users");
        let attributes = answer.attributes();
        assert_eq!(attributes["username"], username);
        assert_eq!(attributes["email"], format!("{username}@tfe.example.com"));
        assert_eq!(attributes["is-site-admin"], administrator);
        assert_eq!(attributes["is-admin"], administrator);
    }
}

#[tokio::test]
async fn given_tokens_replace_the_demo_tokens() {
    let tokens = Tokens::new("s3cret", None).unwrap();
    let server = Server::with(EmbeddedOptions { tokens, ..EmbeddedOptions::default() });
    for (token, status) in [("s3cret", 200), ("demo-admin-token", 401), ("demo-user-token", 401)] {
        assert_eq!(call(&server, Method::GET, VERSIONS, Some(&format!("Bearer {token}"))).await.status, status);
    }
}

#[test]
fn tokens_that_no_header_could_carry_or_that_are_the_same_are_refused() {
    for token in ["", " ", "a b", "a\n", "t\u{f6}ken"] {
        assert_eq!(Tokens::new(token, None).err(), Some(TokenError::Unusable));
        assert_eq!(Tokens::new("admin", Some(token)).err(), Some(TokenError::Unusable));
    }
    assert_eq!(Tokens::new("same", Some("same")).err(), Some(TokenError::Same));
}

#[test]
fn a_demo_token_is_known_in_either_role_and_no_token_is_printed() {
    assert!(Tokens::new("demo-user-token", None).unwrap().any_is_demo());
    assert!(Tokens::new("s3cret", Some("demo-admin-token")).unwrap().any_is_demo());
    let given = Tokens::new("s3cret", Some("0ther")).unwrap();
    assert!(!given.any_is_demo());
    let options = EmbeddedOptions { tokens: given, ..EmbeddedOptions::default() };
    assert!(!format!("{options:?}").contains("s3cret"));
}

#[tokio::test]
async fn the_versions_of_other_tools_are_not_there_as_in_an_installation_without_them() {
    let server = Server::demo();
    for tool in ["opa-versions", "sentinel-versions"] {
        for path in [format!("/api/v2/admin/{tool}"), format!("/api/v2/admin/{tool}/tool-1")] {
            server.get(&path).await.is_refused_with(404);
        }
    }
}
