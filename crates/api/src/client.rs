//! Sends a call with the token, again where that is safe, and with another token where the first is refused.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde::Serialize;

use super::{
    ApiError, LocalBoxFuture, Method, Request, Response, Result, Transport, TransportError, answer::Answer, pace::Pace,
    retry::RetryBudget,
};

const JSON_API: &str = "application/vnd.api+json";
const JSON: &str = "application/json";

/// Where the token comes from.
pub trait Credentials: Send + Sync {
    /// The token to send, without asking anyone.
    fn token(&self) -> Option<String>;

    /// The server refused `refused` (401), or there was no token. Resolves with the token to send the same request
    /// with, or with `None` when the user gave up.
    fn renew(&self, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>>;
}

/// How an API wants the token and its bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `/api/v2`: a bearer token, JSON:API.
    JsonApi,
    /// `/api/v1`: the token in `X-Atlas-Token`, plain JSON.
    Legacy,
}

/// The installation, as everything above the API layer sees it. Cloned freely.
#[derive(Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    credentials: Arc<dyn Credentials>,
    base: Arc<str>,
    dialect: Dialect,
    pace: Arc<Pace>,
    /// Where a refusal for the token or for the rate is the caller's: the token that was refused last.
    refused: Option<Arc<Mutex<Option<String>>>>,
}

impl Client {
    /// `base` is what comes before `/admin/terraform-versions`: `/api/v2`; in the legacy dialect what comes before
    /// `/terraform/configurations`: `/api/v1`.
    pub fn new(transport: Arc<dyn Transport>, credentials: Arc<dyn Credentials>, base: &str, dialect: Dialect) -> Self {
        let base = Arc::from(base.trim_end_matches('/'));
        Self { transport, credentials, base, dialect, pace: Arc::default(), refused: None }
    }

    /// The same installation with one fixed token: refused, the call fails as unauthorized and nobody is asked.
    pub fn with_token(&self, token: &str) -> Self {
        let credentials = Arc::new(FixedToken(token.to_owned()));
        Self { credentials, ..self.clone() }
    }

    /// The same installation for a caller that says itself when something is sent again. Nothing is after 401 and 429, and
    /// nobody is asked for a token before [`renew`](Self::renew). Reads are still repeated where no answer came.
    pub fn telling_refusals(&self) -> Self {
        Self { refused: Some(Arc::default()), ..self.clone() }
    }

    /// Asks for a token in the place of the one that was refused last, unless there is another one already. Whether there is
    /// one to go on with.
    pub async fn renew(&self) -> bool {
        let refused = self.refused.as_ref().and_then(|refused| with_lock(refused, Option::take));
        self.credentials.renew(refused).await.is_some()
    }

    /// Waits, by the transport's clock.
    pub async fn wait(&self, duration: Duration) {
        self.transport.wait(duration).await;
    }

    /// Waits for the turn of a call that is one of many, so that all of them together stay under the installation's rate
    /// limit, and pause where it asks for that. A user's single call takes no turn: what the limit keeps free is for it.
    pub async fn turn(&self) {
        loop {
            let wait = self.pace.turn(self.now());
            if wait.is_zero() {
                return;
            }
            self.wait(wait).await;
            if self.pause().is_zero() {
                return;
            }
        }
    }

    /// The same for a caller that does not sit pauses out in the dark: where the installation asks for one, it is told how
    /// much of it is left, and the turn is lost.
    pub async fn turn_or_pause(&self) -> Option<Duration> {
        let pause = || Some(self.pause()).filter(|pause| !pause.is_zero());
        if let Some(pause) = pause() {
            return Some(pause);
        }
        let wait = self.pace.turn(self.now());
        if !wait.is_zero() {
            self.wait(wait).await;
        }
        pause()
    }

    /// How much is left of the pause that the installation asked for after too many calls.
    pub fn pause(&self) -> Duration {
        self.pace.pause(self.now())
    }

    /// The time since some fixed moment, by the transport's clock.
    pub(super) fn now(&self) -> Duration {
        self.transport.now()
    }

    /// What comes before every path.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Reads `path`, which begins with `/` and is percent-encoded.
    pub(super) async fn read(&self, path: &str) -> Result<Answer> {
        self.call(Method::Get, path, None).await
    }

    /// Reads `path` as one of many: in its turn, and again for as long as the server asks for pauses.
    pub(super) async fn read_in_turn(&self, path: &str) -> Result<Answer> {
        loop {
            self.turn().await;
            match self.call_as(Method::Get, path, None, RetryBudget::telling_pauses).await {
                Err(ApiError::RateLimited { .. }) => {}
                outcome => return outcome,
            }
        }
    }

    /// Writes to `path`, which begins with `/` and is percent-encoded.
    pub(super) async fn write<T: Serialize>(&self, method: Method, path: &str, document: &T) -> Result<Answer> {
        // Only maps with keys that are no text cannot be written, and no document has one.
        let body = serde_json::to_string(document).map_err(|_| ApiError::Cancelled)?;
        self.call(method, path, Some(body)).await
    }

    /// Deletes what `path` names, which begins with `/` and is percent-encoded. Returns the status of the success.
    pub(super) async fn delete(&self, path: &str) -> Result<u16> {
        let answer = self.call(Method::Delete, path, None).await?;
        answer.nothing()?;
        Ok(answer.status())
    }

    async fn call(&self, method: Method, path: &str, body: Option<String>) -> Result<Answer> {
        self.call_as(method, path, body, |budget| budget).await
    }

    async fn call_as(
        &self,
        method: Method,
        path: &str,
        body: Option<String>,
        budget: fn(RetryBudget) -> RetryBudget,
    ) -> Result<Answer> {
        let url = [&self.base, path].concat();
        let mut token = self.credentials.token();
        loop {
            if let Some(sendable) = token.as_deref().filter(|it| is_sendable(it)) {
                let budget = budget(RetryBudget::new(method, self.now()));
                let budget = if self.refused.is_some() { budget.telling_pauses() } else { budget };
                let response = self.send_patiently(method, &url, body.as_deref(), sendable, budget).await;
                let answer = Answer::new(response?, sendable);
                if !answer.is_unauthorized() {
                    return answer.success();
                }
            }
            if let Some(refused) = &self.refused {
                with_lock(refused, |refused| *refused = token);
                return Err(ApiError::Unauthorized);
            }
            let renewed = self.credentials.renew(token).await;
            token = Some(renewed.ok_or(ApiError::Unauthorized)?);
        }
    }

    /// Sends until there is an answer to go by, or until the budget is used up.
    async fn send_patiently(
        &self,
        method: Method,
        url: &str,
        body: Option<&str>,
        token: &str,
        mut budget: RetryBudget,
    ) -> Result<Response> {
        let mut failure = None;
        loop {
            let request = self.request(method, url, body, token, budget.timeout(self.transport.now()));
            let outcome = self.transport.send(request).await;
            if let Ok(response) = &outcome {
                self.pace.heard(response, self.transport.now(), self.transport.jitter());
            }
            if let (Some(earlier), Err(TransportError::TimedOut), Method::Get) = (failure.take(), &outcome, method) {
                // The time of this attempt was cut short: the failure before it says more.
                return earlier;
            }
            let Some(wait) = budget.wait_after(&outcome, self.transport.now(), self.transport.jitter()) else {
                return settle(outcome);
            };
            failure = Some(settle(outcome));
            self.transport.wait(wait).await;
        }
    }

    /// As the specifications' samples have it: the type of the body is named even where there is no body.
    fn request(&self, method: Method, url: &str, body: Option<&str>, token: &str, timeout: Duration) -> Request {
        let (token, kind) = match self.dialect {
            Dialect::JsonApi => (("Authorization", ["Bearer ", token].concat()), JSON_API),
            Dialect::Legacy => (("X-Atlas-Token", token.to_owned()), JSON),
        };
        let headers = vec![token, ("Content-Type", kind.to_owned()), ("Accept", kind.to_owned())];
        Request { method, url: url.to_owned(), headers, body: body.map(str::to_owned), timeout }
    }
}

fn with_lock<T, R>(mutex: &Mutex<T>, work: impl FnOnce(&mut T) -> R) -> R {
    work(&mut mutex.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A token that is what it is.
struct FixedToken(String);

impl Credentials for FixedToken {
    fn token(&self) -> Option<String> {
        Some(self.0.clone())
    }

    fn renew(&self, _refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        Box::pin(std::future::ready(None))
    }
}

/// Whether a header can hold the token. What cannot be sent cannot be valid, and a browser would throw.
fn is_sendable(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|it| it.is_ascii_graphic())
}

/// The error of a request without a response.
pub(super) fn settle(outcome: std::result::Result<Response, TransportError>) -> Result<Response> {
    outcome.map_err(|error| match error {
        TransportError::Unreachable => ApiError::Unreachable,
        TransportError::TimedOut => ApiError::TimedOut,
        TransportError::Cancelled => ApiError::Cancelled,
        TransportError::Redirected => ApiError::Refused { status: 0, messages: Vec::new() },
        TransportError::TooLarge { status } => ApiError::Unreadable {
            status,
            excerpt: String::new(),
            place: None,
            reason: "it is far larger than any answer should be".to_owned(),
        },
    })
}
