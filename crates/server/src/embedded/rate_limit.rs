//! The rate limit: so many requests a second for each user, and for each address from which somebody asks without a valid
//! token (facts.md 1.9). Archives need no token, so they are counted apart from those.
//!
//! A client may use up a second's requests at once and gets them back evenly. An answer says how many are left, and in
//! `X-RateLimit-Reset` when all will be there again, in seconds with a fraction.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{Quota, clock::Clock, middleware::StateInformationMiddleware, state::keyed::HashMapStateStore};
use tokio::time::Instant;

use super::{Embedded, auth, configuration_versions::UPLOADS, error::ApiError};
use crate::{proxies::Client, tokens::Owner};

const SECOND: Duration = Duration::from_secs(1);

/// Of how many it is remembered what they asked. Whoever is still unknown then shares one limit with others alike, so
/// that millions of addresses take no more memory.
const MOST_KNOWN: usize = 10_000;

/// Who asks, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asker {
    Administrator,
    User,
    /// Without a valid token. `None` for requests that came over no connection.
    Address(Option<IpAddr>),
    /// An archive, whose path is the right to send it.
    Upload(Option<IpAddr>),
    /// One of those that are too many to be told apart.
    Others,
}

/// The clock of the runtime, which tests can stop.
struct SinceStart(Instant);

/// Counts requests.
pub(crate) struct RateLimiter {
    limit: NonZeroU32,
    askers: governor::RateLimiter<Asker, HashMapStateStore<Asker>, SinceStart, StateInformationMiddleware>,
    /// When those were last forgotten who have all their requests again: in milliseconds since the start.
    swept: AtomicU64,
}

struct Verdict {
    allowed: bool,
    remaining: u32,
    reset: Duration,
}

impl Clock for SinceStart {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Asker {
    fn of(state: &Embedded, request: &Request) -> Self {
        let address = request.extensions().get().map(|client: &Client| client.network());
        // The token in an upload's path is no user's, and one in its headers is not looked at.
        if request.method() == Method::PUT
            && request.uri().path().strip_prefix(UPLOADS).is_some_and(|rest| rest.starts_with('/'))
        {
            return Self::Upload(address);
        }
        // The one who is let in is the one who is counted.
        let is_legacy = request.uri().path().starts_with("/api/v1/");
        let owner = if is_legacy { auth::owner_in_either } else { auth::owner };
        match owner(&state.tokens, request.headers()) {
            Some(Owner::Administrator) => Self::Administrator,
            Some(Owner::User) => Self::User,
            None => Self::Address(address),
        }
    }
}

impl RateLimiter {
    pub(crate) fn new(limit: NonZeroU32) -> Self {
        let clock = SinceStart(Instant::now());
        let askers = governor::RateLimiter::hashmap_with_clock(Quota::per_second(limit), clock);
        Self { limit, askers: askers.with_middleware(), swept: AtomicU64::new(0) }
    }

    fn count(&self, asker: Asker) -> Verdict {
        let is_full = self.askers.len() >= MOST_KNOWN && !self.sweep();
        let asker = match asker {
            Asker::Address(_) | Asker::Upload(_) if is_full => Asker::Others,
            other => other,
        };
        let each = SECOND / self.limit.get();
        match self.askers.check_key(&asker) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let reset = each * self.limit.get().saturating_sub(remaining);
                Verdict { allowed: true, remaining, reset }
            }
            Err(refused) => {
                let next = refused.wait_time_from(self.askers.clock().now());
                Verdict { allowed: false, remaining: 0, reset: next + (SECOND - each) }
            }
        }
    }

    /// Forgets those who have all their requests again, at most ten times a second. Returns whether there is room now.
    fn sweep(&self) -> bool {
        let now = u64::try_from(self.askers.clock().now().as_millis()).unwrap_or(u64::MAX);
        let swept = self.swept.load(Ordering::Relaxed);
        let is_due = now >= swept.saturating_add(100);
        // Where two find it due, one does it.
        if is_due && self.swept.compare_exchange(swept, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.askers.retain_recent();
        }
        self.askers.len() < MOST_KNOWN
    }
}

/// Refuses what is beyond the limit, before anything else is looked at.
pub(crate) async fn enforce(State(state): State<Embedded>, request: Request, next: Next) -> Response {
    let Some(limiter) = &state.limiter else {
        return next.run(request).await;
    };
    let verdict = limiter.count(Asker::of(&state, &request));
    let mut response =
        if verdict.allowed { next.run(request).await } else { ApiError::TooManyRequests.into_response() };
    // Rounded up, for clients that know only this header, which has no fractions.
    let wait = (!verdict.allowed).then(|| ("retry-after", SECOND.as_secs().to_string()));
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::net::Ipv4Addr;

    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_million_addresses_are_limited_together_and_take_no_memory() {
        let limiter = RateLimiter::new(NonZeroU32::new(2).unwrap());
        let from = |address: u32| Asker::Address(Some(Ipv4Addr::from_bits(address).into()));
        let allowed = (0..1_000_000).filter(|address| limiter.count(from(*address)).allowed).count();
        assert_eq!(allowed, MOST_KNOWN + 2);
        assert_eq!(limiter.askers.len(), MOST_KNOWN + 1);
        assert!(limiter.count(Asker::Administrator).allowed, "who is known does not suffer from it");
        advance(SECOND).await;
        assert!(limiter.count(from(2_000_000)).allowed);
        assert!(limiter.askers.len() < 5, "what is over is forgotten");
    }
}
