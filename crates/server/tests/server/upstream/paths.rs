//! Which paths leave this server.

use axum::{body::Body, http::Method};

use super::support::Installation;
use crate::support::VERSIONS;

/// What someone could read as another name, or as more than one.
const ODD: [&str; 20] = [
    "a%2fb",
    "a%2Fb",
    "%2f",
    "..%2f..%2fusers",
    "%2e%2e",
    "%2E%2e",
    ".%2e",
    "..",
    ".",
    "%5c",
    "a%5Cb",
    "..%5cusers",
    "a%252fb",
    "%252e%252e",
    "a%00",
    "a%0d%0aX:%20y",
    "..;",
    "a%3fb",
    "%c0%af",
    "%EF%BC%8F",
];

#[tokio::test]
async fn no_name_that_could_mean_another_path_is_forwarded() {
    let installation = Installation::answering(200, &[], "{}").await;
    let server = installation.forwarded();
    for odd in ODD {
        let configurations = "/api/v1/terraform/configurations";
        for (method, path) in [
            (Method::GET, format!("{VERSIONS}/{odd}")),
            (Method::PATCH, format!("{VERSIONS}/{odd}")),
            (Method::DELETE, format!("{VERSIONS}/{odd}")),
            (Method::POST, format!("{configurations}/{odd}/atlas/versions")),
            (Method::POST, format!("{configurations}/hashicorp/{odd}/versions")),
            (Method::GET, format!("{configurations}/{odd}/atlas/versions/latest")),
            (Method::GET, format!("{configurations}/hashicorp/{odd}/versions/latest")),
            (Method::GET, format!("{configurations}/hashicorp/atlas/versions/progress/{odd}")),
            (Method::GET, format!("{configurations}/{odd}/atlas/versions/progress/t-1")),
            (Method::PUT, format!("/api/v1/uploads/{odd}")),
            (Method::PUT, format!("/api/v1/uploads/127.0.0.1/{odd}")),
        ] {
            let answer = server.ask(method, &path, Body::empty()).await;
            assert_eq!(answer.status, 404, "{path}");
        }
    }
    assert!(installation.asked().is_empty(), "{:?}", installation.asked().pop());
}

#[tokio::test]
async fn a_name_reaches_the_installation_as_it_was_written() {
    let installation = Installation::answering(200, &[], "{}").await;
    for path in [
        format!("{VERSIONS}/tool-L4oe7rNwn7J4E5Yr"),
        format!("{VERSIONS}/t%6Fol-1"),
        format!("{VERSIONS}?search%5Bversion%5D=%2e%2e%2f"),
        "/api/v1/terraform/configurations/a.b_c-d/caf%C3%A9/versions/latest".to_owned(),
    ] {
        assert_eq!(installation.forwarded().get(&path).await.status, 200);
        assert_eq!(installation.asked().pop().unwrap().path_and_query, path);
    }
}
