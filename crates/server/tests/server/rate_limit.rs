//! The rate limit. Time stands still in these tests, except where they move it.

use std::{num::NonZeroU32, time::Duration};

use axum::{body::Body, http::Request};
use serde_json::json;
use tfe_console_server::EmbeddedOptions;
use tokio::time::advance;

use crate::support::{Answer, Server, VERSIONS};

fn limited(limit: u32) -> Server {
    Server::with(EmbeddedOptions { rate_limit: NonZeroU32::new(limit), ..EmbeddedOptions::default() })
}

async fn ask(server: &Server, token: &str) -> Answer {
    let request = Request::get(VERSIONS).header("authorization", format!("Bearer {token}"));
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test(start_paused = true)]
async fn requests_beyond_the_limit_are_refused_until_the_second_is_over() {
    let server = limited(3);
    for remaining in ["2", "1", "0"] {
        let answer = ask(&server, "demo-admin-token").await;
        assert_eq!((answer.status.as_u16(), answer.header("x-ratelimit-remaining")), (200, remaining));
        assert_eq!((answer.header("x-ratelimit-limit"), answer.header("retry-after")), ("3", ""));
    }
    advance(Duration::from_millis(250)).await;
    let answer = ask(&server, "demo-admin-token").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (429, "application/vnd.api+json"));
    assert_eq!(
        answer.json,
        json!({"errors": [{
            "detail": "You have exceeded the API's rate limit.", "status": 429, "title": "Too many requests"
        }]})
    );
    assert_eq!((answer.header("x-ratelimit-reset"), answer.header("retry-after")), ("0.750", "1"));
    advance(Duration::from_millis(750)).await;
    assert_eq!(ask(&server, "demo-admin-token").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn each_user_has_a_limit_of_his_own_and_all_without_a_token_one_together() {
    let server = limited(1);
    for (token, status) in [
        ("demo-admin-token", 200),
        ("demo-user-token", 404),
        ("guess-1", 401),
        ("demo-admin-token", 429),
        ("demo-user-token", 429),
        ("guess-2", 429),
    ] {
        assert_eq!(ask(&server, token).await.status, status, "{token}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nothing_is_refused_and_no_limit_is_told() {
    let server = Server::demo();
    for _ in 0..100 {
        let answer = ask(&server, "demo-admin-token").await;
        assert_eq!((answer.status.as_u16(), answer.header("x-ratelimit-limit")), (200, ""));
    }
}

#[tokio::test(start_paused = true)]
async fn files_are_not_limited() {
    let server = limited(1);
    for _ in 0..5 {
        let answer = server.send(Request::get("/").body(Body::empty()).unwrap()).await;
        assert_ne!(answer.status, 429);
    }
}
