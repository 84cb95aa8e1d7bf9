//! The rate limit: so many requests in each second for each user, and for all requests without a valid token
//! together. An answer says how much is left (facts.md 1.9); `X-RateLimit-Reset` is in seconds, with a fraction.

use std::{
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::Instant;

use super::{Embedded, auth, error::ApiError};
use crate::tokens::Owner;

const WINDOW: Duration = Duration::from_secs(1);

/// Counts requests in windows of one second.
pub(crate) struct RateLimiter {
    limit: NonZeroU32,
    windows: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    administrator: Option<Window>,
    user: Option<Window>,
    nobody: Option<Window>,
}

#[derive(Clone, Copy)]
struct Window {
    began: Instant,
    requests: u32,
}

struct Verdict {
    allowed: bool,
    remaining: u32,
    reset: Duration,
}

impl RateLimiter {
    pub(crate) fn new(limit: NonZeroU32) -> Self {
        Self { limit, windows: Mutex::default() }
    }

    fn count(&self, owner: Option<Owner>) -> Verdict {
        let now = Instant::now();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = match owner {
            Some(Owner::Administrator) => &mut windows.administrator,
            Some(Owner::User) => &mut windows.user,
            None => &mut windows.nobody,
        };
        let current = window.filter(|window| now.duration_since(window.began) < WINDOW);
        let Window { began, requests } = current.unwrap_or(Window { began: now, requests: 0 });
        let allowed = requests < self.limit.get();
        let requests = if allowed { requests + 1 } else { requests };
        *window = Some(Window { began, requests });
        Verdict {
            allowed,
            remaining: self.limit.get().saturating_sub(requests),
            reset: WINDOW.saturating_sub(now.duration_since(began)),
        }
    }
}

/// Refuses what is beyond the limit, before anything else is looked at.
pub(crate) async fn enforce(State(state): State<Embedded>, request: Request, next: Next) -> Response {
    let Some(limiter) = &state.limiter else {
        return next.run(request).await;
    };
    let verdict = limiter.count(auth::owner_in_either(&state.tokens, request.headers()));
    let mut response =
        if verdict.allowed { next.run(request).await } else { ApiError::TooManyRequests.into_response() };
    // Rounded up, for clients that know only this header, which has no fractions.
    let wait = (!verdict.allowed).then(|| ("retry-after", WINDOW.as_secs().to_string()));
    let headers = [
        ("x-ratelimit-limit", limiter.limit.to_string()),
        ("x-ratelimit-remaining", verdict.remaining.to_string()),
        ("x-ratelimit-reset", format!("{:.3}", verdict.reset.as_secs_f64())),
    ];
    for (name, value) in headers.into_iter().chain(wait) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
