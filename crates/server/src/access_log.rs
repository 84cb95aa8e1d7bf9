//! The access log: an event for each answer, which the program writes as a JSON object.
//!
//! It tells which route answered and never the path itself, because some paths have the token of an upload in them; no
//! query, no header, no body. What it must not do: keep an answer back.

use std::{net::SocketAddr, time::Instant};

use axum::{
    body::HttpBody,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{Method, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use humantime::format_rfc3339_millis;
use tracing::info;

use crate::{clock::Clock, proxies::Client};

/// The target of the events.
pub const ACCESS_LOG: &str = "access_log";

/// What is not of the API: the console's own files and pages.
const CONSOLE: &str = "console";

/// Tells of an answer when the head of the answer is there; its body may still be on the way.
pub(crate) async fn log(State(clock): State<Clock>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let time = format_rfc3339_millis(clock.now()).to_string();
    let method = name(request.method()).to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or(CONSOLE, MatchedPath::as_str).to_owned();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let response = next.run(request).await;
    // Behind a trusted proxy the one that it names.
    let client =
        response.extensions().get().map(|Client(address)| *address).or(peer).map(|address| address.to_string());
    let declared = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    info!(
        target: ACCESS_LOG,
        time,
        client,
        method,
        route,
        status = response.status().as_u16(),
        bytes = declared.or_else(|| response.body().size_hint().exact()),
        duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    response
}

/// A method of HTTP. Any other word could be a secret as well.
fn name(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT" | "TRACE") => known,
        _ => "other",
    }
}
