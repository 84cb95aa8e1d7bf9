//! The access log: an event for each answer, which the program writes as a JSON object.
//!
//! It tells which route answered and never the path itself, because some paths have the token of an upload in them; no
//! query, no header, no body. What it must not do: keep an answer back.

use std::{
    net::{IpAddr, SocketAddr},
    time::Instant,
};

use axum::{
    body::HttpBody,
    extract::{ConnectInfo, MatchedPath, Request},
    http::{Method, header::CONTENT_LENGTH},
    response::Response,
};
use humantime::format_rfc3339_millis;
use tracing::info;

use crate::{clock::Clock, proxies::Client};

/// The target of the events.
pub const ACCESS_LOG: &str = "access_log";

/// What is not of the API: the console's own files and pages.
const CONSOLE: &str = "console";

/// What is known of an answer before it is there.
pub(crate) struct Line {
    begun: Instant,
    time: String,
    method: String,
    route: String,
    peer: Option<IpAddr>,
}

impl Line {
    pub(crate) fn begin(clock: &Clock, request: &Request) -> Self {
        let extensions = request.extensions();
        Self {
            begun: Instant::now(),
            time: format_rfc3339_millis(clock.now()).to_string(),
            method: name(request.method()).to_owned(),
            route: extensions.get::<MatchedPath>().map_or(CONSOLE, MatchedPath::as_str).to_owned(),
            peer: extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip()),
        }
    }

    /// Tells of an answer when the head of the answer is there; its body may still be on the way. `client` is whom a trusted
    /// proxy names.
    pub(crate) fn end(self, response: &Response, client: Option<Client>) {
        let Self { begun, time, method, route, peer } = self;
        let client = client.map(|Client(address)| address).or(peer).map(|address| address.to_string());
        let declared =
            response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
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
    }
}

/// A method of HTTP. Any other word could be a secret as well.
fn name(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT" | "TRACE") => known,
        _ => "other",
    }
}
