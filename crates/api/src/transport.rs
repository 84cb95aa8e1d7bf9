//! What carries a request to the installation, and the clock it goes by: the browser, or the fake of the tests.

use std::{fmt, future::Future, pin::Pin, time::Duration};

/// A future that stays on its thread: a browser's promises do.
pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Changes what it names.
    Patch,
    /// Deletes.
    Delete,
}

impl Method {
    /// As it is spelled in HTTP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request. Its headers hold the token: they are never formatted.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// Path and query on the console's own origin, percent-encoded.
    pub url: String,
    /// Name and value. Names as in HTTP, values in visible ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: Option<String>,
    /// How long headers and body together may take.
    pub timeout: Duration,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.method.name())?;
        formatter.write_str(" ")?;
        formatter.write_str(&self.url)
    }
}

/// One answer, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Those of [`Response::HEADERS`] that the server sent.
    pub headers: Vec<(&'static str, String)>,
    /// Decoded; bytes that are not UTF-8 are replaced.
    pub body: String,
}

impl Response {
    /// The headers that a transport reads.
    pub const HEADERS: [&'static str; 7] = [
        "Content-Type",
        "Retry-After",
        "TFP-AppName",
        "X-RateLimit-Limit",
        "X-RateLimit-Reset",
        "X-TFE-Version",
        "X-Tfe-Console-Upstream",
    ];

    /// The value of a header, found by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// No connection, or it was dropped. The browser does not tell which.
    Unreachable,
    /// [`Request::timeout`] has passed.
    TimedOut,
    /// Something else than the timeout ended the request.
    Cancelled,
    /// The body is longer than the transport accepts. Reading it was stopped.
    TooLarge {
        /// The status that came before the body.
        status: u16,
    },
    /// The server sent the request on to another address, which is not followed: the token is for this one.
    Redirected,
}

/// Carries requests. A future that is dropped aborts its request.
pub trait Transport: Send + Sync {
    /// Sends one request once, and reads the whole answer, whatever its status.
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>>;

    /// Waits.
    fn wait(&self, duration: Duration) -> LocalBoxFuture<'_, ()>;

    /// The time since some fixed moment.
    fn now(&self) -> Duration;

    /// A new random number between 0 and 1000, so that waits of many tabs differ.
    fn jitter(&self) -> u32;
}
