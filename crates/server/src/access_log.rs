//! The access log: a JSON object on standard output for each answer.
//!
//! It tells which route answered and never the path itself, because some paths have the token of an upload in them; no
//! query, no header, no body. What it must not do: keep an answer back, or fail with whoever reads the log.

use std::{
    io::{self, Write, stdout},
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use axum::{
    body::HttpBody,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{Method, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use humantime::format_rfc3339_millis;
use serde_json::json;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::Clock;

/// What is not of the API: the console's own files and pages.
const CONSOLE: &str = "console";

/// How many lines wait for whoever reads them. Later ones are left out.
const WAITING: usize = 1024;
/// How long the last lines may take at the end.
const LAST: Duration = Duration::from_secs(1);

/// Writes on a thread of its own: a pipe that is full keeps whoever writes to it waiting.
#[derive(Clone, Debug)]
pub(crate) struct AccessLog {
    clock: Clock,
    entries: mpsc::Sender<Entry>,
}

#[derive(Debug)]
enum Entry {
    Line(String),
    /// Tells that everything before is written.
    Mark(oneshot::Sender<()>),
}

impl AccessLog {
    /// Starts the thread, which ends with the last copy of this.
    pub(crate) fn start(clock: Clock) -> io::Result<Self> {
        let (entries, mut waiting) = mpsc::channel(WAITING);
        thread::Builder::new().name("access log".to_owned()).spawn(move || {
            while let Some(entry) = waiting.blocking_recv() {
                match entry {
                    // Whoever read it may be gone: that is no reason to stop answering.
                    Entry::Line(line) => drop(writeln!(stdout().lock(), "{line}")),
                    Entry::Mark(written) => drop(written.send(())),
                }
            }
        })?;
        Ok(Self { clock, entries })
    }

    /// Waits until every line is written, but not for someone who does not read them.
    pub(crate) async fn written(&self) {
        let (mark, reached) = oneshot::channel();
        let all = async {
            if self.entries.send(Entry::Mark(mark)).await.is_ok() {
                reached.await.ok();
            }
        };
        timeout(LAST, all).await.ok();
    }
}

/// Writes a line when the head of the answer is there; its body may still be on the way.
pub(crate) async fn log(State(log): State<AccessLog>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let time = format_rfc3339_millis(log.clock.now()).to_string();
    let method = name(request.method()).to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or(CONSOLE, MatchedPath::as_str).to_owned();
    let client = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_string());
    let response = next.run(request).await;
    let said = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    let line = json!({
        "time": time,
        "client": client,
        "method": method,
        "route": route,
        "status": response.status().as_u16(),
        "bytes": said.or_else(|| response.body().size_hint().exact()),
        "duration_ms": u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
    });
    // Without room it is left out.
    log.entries.try_send(Entry::Line(line.to_string())).ok();
    response
}

/// A method of HTTP. Any other word could be a secret as well.
fn name(method: &Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "CONNECT" | "TRACE") => known,
        _ => "other",
    }
}
