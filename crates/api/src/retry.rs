//! How long a call may take, and when it is sent again.
//!
//! A read ends 9 s after it began, however often it was sent: a user must see the error within 10 s. A write has 30 s,
//! since a server may be slow to do it, and is sent again only after a 429, which says that nothing was done.

use std::time::Duration;

use super::{Method, Response, TransportError};

const READ: Duration = Duration::from_secs(9);
const WRITE: Duration = Duration::from_secs(30);
const SENDS: u32 = 4;
const LEAST_WAIT: u64 = 100;
const FIRST_BACKOFF: u64 = 400;
const LONGEST_BACKOFF: u64 = 2_000;
/// Less is not worth another attempt.
const LEAST_TIMEOUT: Duration = Duration::from_millis(500);

/// The time and the attempts that one call has left.
pub(super) struct RetryBudget {
    method: Method,
    sends: u32,
    end: Option<Duration>,
    tells_pauses: bool,
}

impl RetryBudget {
    /// For a call that begins now.
    pub(super) fn new(method: Method, now: Duration) -> Self {
        let end = (method == Method::Get).then_some(now + READ);
        Self { method, sends: 0, end, tells_pauses: false }
    }

    /// The same for a call that is not sent again after a 429: it waits for its turn among many.
    pub(super) fn telling_pauses(self) -> Self {
        Self { tells_pauses: true, ..self }
    }

    /// How long the next attempt may take.
    pub(super) fn timeout(&self, now: Duration) -> Duration {
        match self.end {
            // A clock that is set back must not lengthen it.
            Some(end) if self.method == Method::Get => end.saturating_sub(now).min(READ),
            _ => WRITE,
        }
    }

    /// How long to wait before the call is sent again; `None` if it is not.
    pub(super) fn wait_after(
        &mut self,
        outcome: &Result<Response, TransportError>,
        now: Duration,
        jitter: u32,
    ) -> Option<Duration> {
        let asked = match outcome {
            Ok(response) if response.status == 429 && self.tells_pauses => return None,
            Ok(response) if response.status == 429 => server_wait(response),
            Ok(response) if response.status >= 500 && self.method == Method::Get => retry_after(response),
            Err(TransportError::Unreachable) if self.method == Method::Get => None,
            _ => return None,
        };
        self.sends += 1;
        if self.sends >= SENDS {
            return None;
        }
        let jitter = u64::from(jitter.min(1_000));
        let wait = match asked {
            Some(asked) => asked.max(Duration::from_millis(LEAST_WAIT)) + Duration::from_millis(jitter / 4),
            None => {
                let backoff = (FIRST_BACKOFF << (self.sends - 1)).min(LONGEST_BACKOFF);
                Duration::from_millis(backoff / 2 + backoff * jitter / 2_000)
            }
        };
        let end = *self.end.get_or_insert(now + READ);
        (now + wait + LEAST_TIMEOUT <= end).then_some(wait)
    }
}

/// How long a server that limits requests asks to wait: `X-RateLimit-Reset`, else `Retry-After`.
pub(super) fn server_wait(response: &Response) -> Option<Duration> {
    response.header("X-RateLimit-Reset").and_then(seconds).or_else(|| retry_after(response))
}

fn retry_after(response: &Response) -> Option<Duration> {
    response.header("Retry-After").and_then(seconds)
}

/// Seconds with or without a fraction. Dates are not read, and neither is more than a day: it is a date in seconds.
fn seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let milliseconds = fraction.bytes().chain(*b"000").take(3).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let wait = Duration::from_secs(whole.parse().ok()?) + Duration::from_millis(milliseconds);
    (wait <= Duration::from_secs(86_400)).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_read_in_seconds() {
        let table = [
            ("0", Some(0)),
            ("2", Some(2_000)),
            (" 0.25 ", Some(250)),
            ("1.9999999", Some(1_999)),
            ("86400", Some(86_400_000)),
            ("86401", None),
            ("1700000000.5", None),
            ("99999999999999999999", None),
            ("-1", None),
            ("+1", None),
            ("1e3", None),
            ("NaN", None),
            (".5", None),
            ("1.", None),
            ("", None),
            ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ];
        for (text, milliseconds) in table {
            assert_eq!(seconds(text), milliseconds.map(Duration::from_millis), "{text}");
        }
    }
}
