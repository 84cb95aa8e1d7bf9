//! How fast the calls that are many may follow each other: under the limit that the installation tells, and slower where
//! it asks for a pause.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::{Response, retry::server_wait};

/// The pauses after which a server that says nothing of how long is asked again: 500 ms, 1 s, 2 s and so on.
const FIRST_PAUSE: u64 = 500;
const LONGEST_DOUBLED_PAUSE: u64 = 16_000;
/// Longer is no pause: whoever looks on must see that it goes on.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);

/// What a server that told no limit and asks for a pause is first taken to allow: 25 calls a second; and the least.
const FIRST_INTERVAL: Duration = Duration::from_millis(40);
const LONGEST_INTERVAL: Duration = Duration::from_secs(2);

/// When the next of many calls may be sent. Shared by all clones of a client: a limit is one user's.
#[derive(Default)]
pub(super) struct Pace(Mutex<State>);

#[derive(Default)]
struct State {
    /// The least time between two calls by what the installation told; zero where it told no limit.
    told: Duration,
    /// The time between two calls now.
    interval: Duration,
    /// When the next call may be sent.
    next: Duration,
    /// When the last pause ends, and how long it was.
    pause_end: Duration,
    pause: Duration,
    /// Pauses asked for in a row.
    pauses: u32,
}

impl Pace {
    /// Takes the next turn. Returns how long it is until then.
    pub(super) fn turn(&self, now: Duration) -> Duration {
        self.with(|state| {
            state.mistrust(now);
            let at = now.max(state.next).max(state.pause_end);
            state.next = at + state.interval;
            at - now
        })
    }

    /// How long the pause still is that the server asked for; zero where there is none. A turn taken before is none any more.
    pub(super) fn pause(&self, now: Duration) -> Duration {
        self.with(|state| {
            state.mistrust(now);
            state.pause_end.saturating_sub(now)
        })
    }

    /// Learns from an answer.
    pub(super) fn heard(&self, response: &Response, now: Duration, jitter: u32) {
        self.with(|state| {
            if let Some(limit) = response.header("X-RateLimit-Limit").and_then(leading_number) {
                // A tenth is kept free for the user's own calls. 0 means that there is no limit.
                state.told = Duration::from_secs(10).checked_div(limit.saturating_mul(9)).unwrap_or_default();
            }
            if response.status == 429 {
                state.pause(server_wait(response), now, jitter);
            } else {
                state.pauses = 0;
                state.interval = state.interval * 9 / 10;
            }
            state.interval = state.interval.max(state.told);
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl State {
    fn pause(&mut self, asked: Option<Duration>, now: Duration, jitter: u32) {
        if now < self.pause_end {
            // The calls that were under way already are refused as well, and this is nothing new.
            if asked.is_none() {
                return;
            }
        } else {
            self.interval = (self.interval * 2).clamp(FIRST_INTERVAL, LONGEST_INTERVAL);
            self.pauses = self.pauses.saturating_add(1);
        }
        let doublings = self.pauses.saturating_sub(1).min(5);
        let doubled = Duration::from_millis((FIRST_PAUSE << doublings).min(LONGEST_DOUBLED_PAUSE));
        let pause = asked.unwrap_or(doubled).clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
            + Duration::from_millis(u64::from(jitter.min(1_000)) / 4);
        if now + pause > self.pause_end {
            (self.pause_end, self.pause) = (now + pause, pause);
        }
    }

    /// Forgets what lies further ahead than it ever was: the clock was set back.
    fn mistrust(&mut self, now: Duration) {
        if self.pause_end > now + self.pause {
            self.pause_end = now;
        }
        if self.next > self.pause_end.max(now) + LONGEST_PAUSE {
            self.next = now;
        }
    }
}

/// The number that a text begins with: some write the window behind it.
fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.get(..digits)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &str)]) -> Response {
        let headers = headers.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        Response { status, headers, body: String::new() }
    }

    fn limited(limit: &str) -> Response {
        answer(200, &[("X-RateLimit-Limit", limit)])
    }

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn turns_keep_a_tenth_of_the_limit_free() {
        for (limit, interval) in [("30", 37), ("100", 11), ("1", 1_111), (" 30, 30;w=1", 37), ("30.0", 37)] {
            let pace = Pace::default();
            pace.heard(&limited(limit), ms(0), 0);
            assert_eq!((pace.turn(ms(0)), pace.turn(ms(0)).as_millis()), (ms(0), interval), "{limit}");
        }
    }

    #[test]
    fn without_a_limit_nothing_waits() {
        for limit in ["0", "", "none", "-1", "99999999999999999999"] {
            let pace = Pace::default();
            pace.heard(&limited(limit), ms(0), 0);
            pace.turn(ms(0));
            assert_eq!(pace.turn(ms(0)), ms(0), "{limit}");
        }
    }

    #[test]
    fn a_limit_that_is_lifted_is_forgotten() {
        let pace = Pace::default();
        pace.heard(&limited("1"), ms(0), 0);
        for _ in 0..200 {
            pace.heard(&limited("0"), ms(0), 0);
        }
        pace.turn(ms(0));
        assert_eq!(pace.turn(ms(0)), ms(0));
    }

    #[test]
    fn the_pause_that_is_asked_for_is_kept_and_then_it_goes_slower_for_a_while() {
        let pace = Pace::default();
        pace.heard(&answer(429, &[("X-RateLimit-Reset", "1.5")]), ms(0), 0);
        assert_eq!((pace.pause(ms(1_499)), pace.pause(ms(1_500))), (ms(1), ms(0)));
        assert_eq!((pace.turn(ms(0)), pace.turn(ms(0))), (ms(1_500), ms(1_540)));
        for _ in 0..200 {
            pace.heard(&answer(200, &[]), ms(2_000), 0);
        }
        pace.turn(ms(2_000));
        assert_eq!(pace.turn(ms(2_000)), ms(0));
    }

    #[test]
    fn pauses_without_a_word_of_how_long_double_and_end() {
        let pace = Pace::default();
        let mut now = ms(0);
        let mut pauses = Vec::new();
        for _ in 0..8 {
            pace.heard(&answer(429, &[]), now, 0);
            // What was under way already does not lengthen it.
            pace.heard(&answer(429, &[]), now, 0);
            let wait = pace.turn(now);
            pauses.push(wait.as_millis());
            now += wait;
        }
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000]);
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nothing_up() {
        let pace = Pace::default();
        pace.heard(&answer(429, &[("Retry-After", "5")]), ms(9_000_000), 0);
        pace.turn(ms(9_000_000));
        assert_eq!(pace.pause(ms(0)), ms(0));
        assert!(pace.turn(ms(0)) <= ms(5_000));
    }

    #[test]
    fn no_pause_is_longer_than_five_minutes() {
        let pace = Pace::default();
        pace.heard(&answer(429, &[("Retry-After", "80000")]), ms(0), 1_000);
        assert_eq!(pace.turn(ms(0)), ms(300_250));
    }
}
