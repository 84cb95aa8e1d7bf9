//! What stands in front of the real server: it writes down what the console asked, and misbehaves when told to.
//!
//! So one and the same server can be slow, fail, answer what no installation would, or stop accepting a token, at the
//! moment that a story needs it.

use std::{
    future::pending,
    panic::resume_unwind,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{AUTHORIZATION, CONTENT_TYPE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::{
    ADMIN_TOKEN, RENEWED_TOKEN,
    bodies::{broken_off, cut, held},
};

/// A larger body, or one of a length that is not told, is passed on as it comes and not kept.
const LARGEST_KEPT: usize = 1024 * 1024;

/// A request to the API as the console sent it.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: String,
    /// Its query, as sent; empty for none.
    pub query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its JSON body; null for none.
    pub body: Value,
    /// Its body as it came; empty for a large one.
    pub bytes: Bytes,
}

/// How a request is answered in place of the real server.
#[derive(Clone, Debug)]
pub enum Answer {
    /// With a status, headers and a body.
    Text(u16, Vec<(&'static str, &'static str)>, String),
    /// Not at all: the connection stays open and silent.
    Never,
    /// By the real server, once the gate is opened.
    After(Gate),
    /// By the real server, which gets no more than about so many bytes of the body until the gate is opened.
    HeldAt(usize, Gate),
    /// Not at all: the connection is cut after about so many bytes of the body.
    CutAt(usize),
    /// By the real server, but the connection is cut in the middle of the answer.
    BrokenOff,
    /// By the real server, but as another type.
    Called(&'static str),
    /// With this status and no word, in place of what the real server answers when it has done it.
    InPlace(u16),
    /// Not at all, but an answer begins before the connection is cut. Where none did, browsers send it again by themselves.
    BrokenAtOnce,
    /// With a 401, like all that follow: see [`Front::renew_token`].
    TokenRenewed,
}

/// Holds requests back until it is opened.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

/// The layer in front of the server. Cloned freely; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Front(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    calls: Vec<Call>,
    rules: Vec<Rule>,
    is_token_renewed: bool,
}

#[derive(Debug)]
struct Rule {
    method: Method,
    path: String,
    answer: Answer,
    /// How often it still applies.
    left: usize,
}

impl Answer {
    /// A JSON body with a status.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::Text(status, vec![("content-type", "application/vnd.api+json")], body.to_string())
    }

    /// A web page with a status, as proxies and sign-in pages send them.
    pub fn html(status: u16, body: &str) -> Self {
        Self::Text(status, vec![("content-type", "text/html")], body.to_owned())
    }

    /// A status with an empty body.
    pub fn status(status: u16) -> Self {
        Self::Text(status, Vec::new(), String::new())
    }
}

impl Gate {
    /// A gate that is closed.
    pub fn closed() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Lets through what waits and what is still to come.
    pub fn open(&self) {
        self.0.close();
    }

    pub(crate) async fn pass(&self) {
        // An error means that it is open.
        drop(self.0.acquire().await);
    }
}

impl Front {
    /// Answers the next `times` requests with this method and this path, whatever their query. A path that ends in a
    /// slash is all below it.
    pub fn answer(&self, method: Method, path: &str, times: usize, answer: Answer) {
        self.script().rules.push(Rule { method, path: path.to_owned(), answer, left: times });
    }

    /// Behaves again: no answer is scripted any more.
    pub fn behave(&self) {
        self.script().rules.clear();
    }

    /// From now on refuses the administrator's token, and takes [`RENEWED_TOKEN`] in its place.
    pub fn renew_token(&self) {
        self.script().is_token_renewed = true;
    }

    /// What the console asked the API so far with this method.
    pub fn calls(&self, method: &Method) -> Vec<Call> {
        self.all_calls().into_iter().filter(|call| call.method == *method).collect()
    }

    /// Everything that the console asked the API so far, in its order.
    pub fn all_calls(&self) -> Vec<Call> {
        self.script().calls.clone()
    }

    /// Everything that was asked so far, a line each.
    pub fn summary(&self) -> String {
        let line = |call: &Call| format!("{} {}?{} {}\n", call.method, call.path, call.query, call.body);
        self.script().calls.iter().map(line).collect()
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The scripted answer to a call, if there is one, which is used up by that.
    fn note(&self, call: Call) -> Option<Answer> {
        let mut script = self.script();
        let is_at = |path: &str| if path.ends_with('/') { call.path.starts_with(path) } else { call.path == path };
        let rule = script.rules.iter_mut().find(|it| it.left > 0 && it.method == call.method && is_at(&it.path));
        let answer = rule.map(|rule| {
            rule.left -= 1;
            rule.answer.clone()
        });
        // Asked once for every page that is opened, to say which installation it is.
        if call.path.starts_with("/api/") && call.path != "/api/v2/ping" {
            script.calls.push(call);
        }
        answer
    }

    /// Whether the token of a request is one that expired; a renewed one is made into the server's own.
    fn is_expired(&self, request: &mut Request) -> bool {
        if !self.script().is_token_renewed {
            return false;
        }
        let token = request.headers().get(AUTHORIZATION).cloned();
        let is = |known: &str| token.as_ref().is_some_and(|it| it.as_bytes() == format!("Bearer {known}").as_bytes());
        if is(RENEWED_TOKEN) {
            let own = HeaderValue::from_str(&format!("Bearer {ADMIN_TOKEN}")).expect("the token is ASCII");
            request.headers_mut().insert(AUTHORIZATION, own);
            return false;
        }
        is(ADMIN_TOKEN)
    }
}

/// The layer itself.
pub(crate) async fn stand_in_front(State(front): State<Front>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (bytes, body) = keep(&parts, body).await;
    let answer = front.note(Call {
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.clone(),
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
        bytes,
    });
    let mut request = Request::from_parts(parts, body);
    match answer {
        Some(Answer::Text(status, headers, body)) => {
            let status = StatusCode::from_u16(status).expect("a story names a real status");
            let mut response = (status, body).into_response();
            response.headers_mut().remove("content-type");
            response.headers_mut().extend(
                headers
                    .into_iter()
                    .map(|(name, value)| (axum::http::HeaderName::from_static(name), HeaderValue::from_static(value))),
            );
            response
        }
        Some(Answer::Never) => pending().await,
        Some(Answer::After(gate)) => {
            gate.pass().await;
            next.run(request).await
        }
        Some(Answer::HeldAt(limit, gate)) => next.run(request.map(|body| held(body, limit, gate))).await,
        Some(Answer::CutAt(limit)) => {
            // The server sees a body that breaks off, and the browser no answer: this ends the connection's task.
            drop(next.run(request.map(|body| cut(body, limit))).await);
            resume_unwind(Box::new("the connection is cut"))
        }
        Some(Answer::BrokenOff) => broken_off(next.run(request).await).await,
        Some(Answer::Called(kind)) => {
            let mut response = next.run(request).await;
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
            response
        }
        Some(Answer::InPlace(status)) => {
            drop(next.run(request).await);
            StatusCode::from_u16(status).expect("a story names a real status").into_response()
        }
        Some(Answer::BrokenAtOnce) => broken_off("{}".into_response()).await,
        Some(Answer::TokenRenewed) => {
            front.renew_token();
            expired()
        }
        None if front.is_expired(&mut request) => expired(),
        None => next.run(request).await,
    }
}

fn expired() -> Response {
    (StatusCode::UNAUTHORIZED, r#"{"errors":[{"status":"401","title":"unauthorized"}]}"#).into_response()
}

/// A small body whole, and the body to pass on.
async fn keep(parts: &Parts, body: Body) -> (Bytes, Body) {
    let length = parts.headers.get("content-length").and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > LARGEST_KEPT) {
        return (Bytes::new(), body);
    }
    let bytes = to_bytes(body, LARGEST_KEPT).await.unwrap_or_default();
    (bytes.clone(), Body::from(bytes))
}
