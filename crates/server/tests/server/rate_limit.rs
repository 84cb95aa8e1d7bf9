//! The rate limit. Time stands still in these tests, except where they move it.

use std::{net::SocketAddr, num::NonZeroU32, time::Duration};

use axum::{body::Body, extract::ConnectInfo, http::Request};
use serde_json::json;
use tfe_console_server::{EmbeddedOptions, Mode, Network, Options, Tokens};
use tokio::time::advance;

use crate::support::{Answer, KEPT_TOKEN, Server, VERSIONS};

fn limited(limit: u32) -> Server {
    Server::with(EmbeddedOptions { rate_limit: NonZeroU32::new(limit), ..EmbeddedOptions::default() })
}

/// One that a proxy may let anyone ask, because its tokens are not everyone's.
fn for_anyone(limit: u32, trusted_proxies: &[&str]) -> Server {
    let tokens = Tokens::new(KEPT_TOKEN, None).unwrap();
    let embedded = EmbeddedOptions { rate_limit: NonZeroU32::new(limit), tokens, ..EmbeddedOptions::default() };
    let trusted_proxies = trusted_proxies.iter().map(|network| network.parse::<Network>().unwrap()).collect();
    Server::with(Options { trusted_proxies, mode: Mode::Embedded(embedded), ..Options::default() })
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
async fn each_user_has_a_limit_of_his_own_and_all_of_an_address_without_a_token_one_together() {
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
async fn a_header_that_lets_nobody_in_does_not_change_whose_limit_counts() {
    let server = limited(1);
    for (legacy, status) in [("", 200), ("nobody", 429), ("demo-user-token", 429)] {
        let request = Request::get(VERSIONS).header("authorization", "Bearer demo-admin-token");
        let request = request.header("x-atlas-token", legacy).body(Body::empty()).unwrap();
        assert_eq!(server.send(request).await.status, status, "{legacy}");
    }
    assert_eq!(ask(&server, "demo-user-token").await.status, 404, "another has his own");
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

/// The status of a call without a valid token, over a connection from `peer`.
async fn knock(server: &Server, peer: &str, forwarded_for: &str) -> u16 {
    let peer = ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711));
    let request = Request::get(VERSIONS).header("host", "tfe.example.com");
    let request = request.header("x-forwarded-for", forwarded_for).extension(peer);
    server.send(request.body(Body::empty()).unwrap()).await.status.as_u16()
}

#[tokio::test(start_paused = true)]
async fn who_asks_without_a_token_uses_up_nobodys_limit_but_his_own() {
    let server = for_anyone(1, &[]);
    for (peer, status) in
        [("192.0.2.1", 401), ("192.0.2.1", 429), ("192.0.2.2", 401), ("2001:db8::1", 401), ("2001:db8::2", 429)]
    {
        assert_eq!(knock(&server, peer, "198.51.100.1").await, status, "{peer}");
    }
    assert_eq!(ask(&server, KEPT_TOKEN).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn behind_a_trusted_proxy_the_address_is_the_forwarded_one() {
    let server = for_anyone(1, &["127.0.0.1"]);
    for (peer, forwarded_for, status) in [
        ("127.0.0.1", "203.0.113.1", 401),
        ("127.0.0.1", "203.0.113.2", 401),
        ("127.0.0.1", "203.0.113.2", 429),
        ("127.0.0.1", "203.0.113.99, 203.0.113.2", 429),
        ("192.0.2.1", "203.0.113.3", 401),
        ("192.0.2.1", "203.0.113.4", 429),
    ] {
        assert_eq!(knock(&server, peer, forwarded_for).await, status, "{peer} {forwarded_for}");
    }
}

#[tokio::test(start_paused = true)]
async fn archives_are_not_counted_with_calls_that_have_no_token() {
    let server = limited(2);
    let put = async || server.send(Request::put("/api/v1/uploads/x").body(Body::from("x")).unwrap()).await;
    for status in [404, 404, 429] {
        assert_eq!(put().await.status, status);
    }
    for status in [401, 401, 429] {
        assert_eq!(ask(&server, "nobody").await.status, status);
    }
    advance(Duration::from_secs(1)).await;
    assert_eq!(ask(&server, "nobody").await.status, 401);
    assert_eq!(put().await.status, 404);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_was_used_up_comes_back_evenly_and_says_when_it_is_whole() {
    let server = limited(4);
    for reset in ["0.250", "0.500", "0.750", "1.000"] {
        assert_eq!(ask(&server, "demo-admin-token").await.header("x-ratelimit-reset"), reset);
    }
    assert_eq!(ask(&server, "demo-admin-token").await.status, 429);
    advance(Duration::from_millis(250)).await;
    let answer = ask(&server, "demo-admin-token").await;
    assert_eq!((answer.status.as_u16(), answer.header("x-ratelimit-remaining")), (200, "0"));
    assert_eq!(ask(&server, "demo-admin-token").await.status, 429);
}
