//! `GET /admin/terraform-versions/:id`, and paths that lead nowhere.

use axum::{body::Body, http::Method};
use serde_json::Value;

use crate::support::{Server, UNUSED, VERSIONS};

#[tokio::test]
async fn the_sample_of_the_specification_is_shown() {
    let sample = include_str!("../../../../tests/fixtures/terraform-versions.show.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    let answer = Server::demo().get(UNUSED).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/vnd.api+json"));
    assert_eq!(answer.json["data"]["id"], sample["data"]["id"]);
    assert_eq!(answer.json["data"]["type"], sample["data"]["type"]);
    for (name, value) in sample["data"]["attributes"].as_object().unwrap() {
        assert_eq!(&answer.attributes()[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_version_that_does_not_exist_is_not_found_by_any_operation() {
    let server = Server::demo();
    for id in ["tool-0000000000000000", "x", "0.11.8", "%ff", "tool-L4oe7rNwn7J4E5Yr%20", "TOOL-L4OE7RNWN7J4E5YR"] {
        for method in [Method::GET, Method::PATCH, Method::DELETE] {
            let body = r#"{"data":{"type":"terraform-versions","attributes":{"version":"no"}}}"#;
            server.ask(method, &format!("{VERSIONS}/{id}"), body).await.is_refused_with(404);
        }
    }
}

#[tokio::test]
async fn unknown_paths_of_the_api_are_not_found_as_json() {
    let server = Server::demo();
    for path in ["/api", "/api/", "/api/v2", "/api/v2/", "/api/v2/nope", "/api/v3/x", "/api//v2", "/api/v2/ping/x"] {
        for method in [Method::GET, Method::POST] {
            server.ask(method, path, Body::empty()).await.is_refused_with(404);
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_with_the_right_ones() {
    let server = Server::demo();
    for (method, path, allowed) in [
        (Method::PUT, VERSIONS, "GET,HEAD,POST"),
        (Method::DELETE, VERSIONS, "GET,HEAD,POST"),
        (Method::POST, UNUSED, "GET,HEAD,PATCH,DELETE"),
        (Method::OPTIONS, UNUSED, "GET,HEAD,PATCH,DELETE"),
        (Method::POST, "/api/v2/account/details", "GET,HEAD"),
        (Method::POST, "/api/v2/ping", "GET,HEAD"),
    ] {
        let answer = server.ask(method, path, Body::empty()).await;
        answer.is_refused_with(405);
        assert_eq!(answer.header("allow"), allowed);
    }
}

#[tokio::test]
async fn a_ping_needs_no_token_and_names_the_api() {
    let server = Server::demo();
    let answer = server.send(axum::http::Request::get("/api/v2/ping").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(answer.header("tfp-api-version"), "2.6");
    assert_eq!(answer.header("tfp-appname"), "tfe-console embedded server");
}

#[tokio::test]
async fn clients_that_begin_with_discovery_find_the_api() {
    let server = Server::demo();
    let request = axum::http::Request::get("/.well-known/terraform.json").body(Body::empty()).unwrap();
    let answer = server.send(request).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.json["tfe.v2"], "/api/v2/");
}
