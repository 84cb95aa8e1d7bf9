//! What a connection waits for, since when, and until when.
//!
//! The socket, the service and the bodies of one connection tell it; the task of the connection asks. All time limits of
//! connections are decided here, in [`State::deadline`]. What it must not know: HTTP.
//!
//! Longer than 300 lines because whatever changes a deadline has to be beside it, and tests stop the clock.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use super::{Limits, tail::Tail};

/// For how long an answer that tells of the stop may be on its way.
const LAST_WORD: Duration = Duration::from_secs(1);

/// One connection, as seen by everything that waits for it.
#[derive(Clone, Debug)]
pub(crate) struct Pulse(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    limits: Limits,
    phase: Phase,
    /// When the phase began.
    since: Instant,
    /// When bytes came or went last.
    moved: Instant,
    /// Since when nobody reads what is written.
    stuck: Option<Instant>,
    /// Since when a document's body is waited for.
    starved: Option<Instant>,
    /// Whether the request is an upload, which may take as long as it moves.
    upload: bool,
    /// Whether the rest of a body is read and thrown away.
    drains: bool,
    stop: Option<Stop>,
    /// Whether a request was given up because of the stop.
    gave_up: bool,
    /// Closed to make room for another.
    closed: bool,
    /// What came last.
    heard: Tail,
    /// What comes last if nothing came behind the request.
    expected: Tail,
    /// Whether the task of the connection is at work, and looks at this before it rests.
    polling: bool,
    waker: Option<Waker>,
    /// Of whoever waits for the body of the request.
    reader: Option<Waker>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// A request's head is awaited or on the way.
    Head,
    /// A request is read, worked on or answered.
    Request,
    /// The answer is there; the rest of the body is read and thrown away.
    Farewell,
    /// Nothing since the answer before.
    Idle,
}

#[derive(Clone, Copy, Debug)]
struct Stop {
    asked: Instant,
    quiet: Duration,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, or between two requests.
    Whole,
    /// A request under way was not answered in time.
    Abandoned,
}

/// While this lives, a request is under way. Its parts that live longest hold a copy.
#[derive(Debug)]
pub(super) struct Busy(Pulse);

impl Pulse {
    pub(super) fn new(limits: Limits) -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new(State {
            limits,
            phase: Phase::Head,
            since: now,
            moved: now,
            stuck: None,
            starved: None,
            upload: false,
            drains: false,
            stop: None,
            gave_up: false,
            closed: false,
            heard: Tail::default(),
            expected: Tail::default(),
            polling: false,
            waker: None,
            reader: None,
        })))
    }

    /// Bytes came.
    pub(super) fn has_read(&self) {
        let mut state = self.state();
        state.moved = Instant::now();
        if state.phase == Phase::Idle {
            state.enter(Phase::Head);
        }
    }

    /// Bytes went, or could not go.
    pub(super) fn has_written(&self, is_stuck: bool) {
        let mut state = self.state();
        let now = Instant::now();
        if is_stuck {
            state.stuck.get_or_insert(now);
            return;
        }
        state.stuck = None;
        state.moved = now;
        if state.phase == Phase::Idle {
            state.since = now;
        }
    }

    /// These bytes came, as HTTP sees them.
    pub(super) fn has_heard(&self, bytes: &[u8]) {
        self.state().heard.push(bytes);
    }

    /// A request's head is there.
    pub(super) fn begin(&self) -> Arc<Busy> {
        let mut state = self.state();
        state.enter(Phase::Request);
        state.expected = Tail::of_a_head();
        drop(state);
        Arc::new(Busy(self.clone()))
    }

    /// The request is an upload.
    pub(crate) fn is_upload(&self) {
        self.state().upload = true;
    }

    /// The body is waited for. Returns until when, if the server is stopping; a stop wakes whoever waits.
    pub(crate) fn awaits_body(&self, waker: &Waker) -> Option<Instant> {
        let mut state = self.state();
        if !state.upload && state.starved.is_none() {
            state.starved = Some(Instant::now());
        }
        keep(&mut state.reader, waker);
        state.gives_up_at()
    }

    /// Some of the body is there, or its end.
    pub(crate) fn has_body(&self) {
        let mut state = self.state();
        state.starved = None;
        state.reader = None;
    }

    /// What was there of the request is not enough, and the rest is not waited for.
    pub(crate) fn gives_up(&self) {
        self.state().gave_up = true;
    }

    pub(super) fn gave_up(&self) -> bool {
        self.state().gave_up
    }

    /// Whether the rest of the body, which is not wanted, is read.
    pub(crate) fn drains(&self, drains: bool) {
        let mut state = self.state();
        state.drains = drains;
        // The answer may still be on its way.
        if state.phase == Phase::Farewell && !drains {
            state.enter(Phase::Request);
        }
    }

    /// The answer is there.
    pub(crate) fn is_answered(&self) {
        let mut state = self.state();
        if state.drains {
            state.enter(Phase::Farewell);
        }
    }

    /// Ends the connection as soon as nothing is under way, and what does not move any more after so long.
    pub(super) fn stop(&self, quiet: Duration) {
        self.change(|state| state.stop = Some(Stop { asked: Instant::now(), quiet }));
        let reader = self.state().reader.clone();
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.state().stop.is_some()
    }

    /// Ends the connection now.
    pub(super) fn close(&self) {
        self.change(|state| state.closed = true);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Since when the connection waits for its client; `None` while it works, and once it is closed.
    pub(super) fn waits_since(&self) -> Option<Instant> {
        let state = self.state();
        match state.phase {
            _ if state.closed => None,
            Phase::Head | Phase::Idle | Phase::Farewell => Some(state.since),
            Phase::Request => state.stuck.or(state.starved),
        }
    }

    /// Does the work of the connection, until it is done or one of the limits is reached.
    pub(super) async fn watch(&self, work: impl Future<Output = ()>) -> End {
        let mut work = pin!(work);
        let mut timer = pin!(sleep_until(Instant::now()));
        poll_fn(|context| {
            self.state().begin_poll(context.waker());
            if work.as_mut().poll(context).is_ready() {
                return Poll::Ready(End::Whole);
            }
            loop {
                let Some((deadline, end)) = self.state().end_poll() else { return Poll::Pending };
                if deadline <= Instant::now() {
                    return Poll::Ready(end);
                }
                // Most deadlines move away before they are reached: the timer is set anew only when it must be.
                if timer.deadline() > deadline || timer.is_elapsed() {
                    timer.as_mut().reset(deadline);
                }
                if timer.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.since = Instant::now();
        self.starved = None;
        self.reader = None;
        if matches!(phase, Phase::Head | Phase::Idle) {
            self.upload = false;
        }
    }

    fn begin_poll(&mut self, waker: &Waker) {
        self.polling = true;
        keep(&mut self.waker, waker);
    }

    /// As [`Self::deadline`]. Whatever changes from now on has to wake the task.
    fn end_poll(&mut self) -> Option<(Instant, End)> {
        self.polling = false;
        self.deadline()
    }

    /// When the body of the request is given up because of the stop.
    fn gives_up_at(&self) -> Option<Instant> {
        let Stop { asked, quiet } = self.stop?;
        Some(if self.upload { self.moved.max(asked) + quiet } else { asked + quiet })
    }

    /// When the connection ends if nothing happens, and how.
    fn deadline(&self) -> Option<(Instant, End)> {
        if self.closed {
            return Some((self.since, End::Whole));
        }
        let is_idle = self.stuck.is_none() && matches!(self.phase, Phase::Head | Phase::Idle);
        let phase = match self.phase {
            Phase::Head => Some((self.since + self.limits.head, End::Whole)),
            Phase::Idle => Some((self.since + self.limits.idle, End::Whole)),
            Phase::Request | Phase::Farewell => None,
        };
        let write = self.stuck.map(|since| (since + self.limits.write, End::Abandoned));
        // Whoever reads the body tells the client, which takes a moment.
        let last_word = if self.reader.is_some() { LAST_WORD } else { Duration::ZERO };
        let stop = self.stop.zip(self.gives_up_at()).map(|(Stop { asked, quiet }, gives_up_at)| match self.phase {
            _ if is_idle => (asked, End::Whole),
            Phase::Farewell => ((asked + quiet).max(self.since + LAST_WORD), End::Whole),
            _ => (gives_up_at + last_word, End::Abandoned),
        });
        [phase, write, stop].into_iter().flatten().min_by_key(|(deadline, _)| *deadline)
    }
}

/// Without a copy where it is the same.
fn keep(kept: &mut Option<Waker>, waker: &Waker) {
    match kept {
        Some(known) => known.clone_from(waker),
        None => *kept = Some(waker.clone()),
    }
}

impl Busy {
    /// These bytes of a body came that has nothing else in it.
    pub(super) fn has_come(&self, bytes: &[u8]) {
        self.0.state().expected.push(bytes);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.0.state();
        // What came behind the request is the beginning of the next one.
        let is_next_begun = !state.heard.ends_with(&state.expected);
        state.enter(if is_next_begun { Phase::Head } else { Phase::Idle });
        // As it mostly is: then it is just about to look.
        let waker = if state.polling { None } else { state.waker.take() };
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_request_that_ends_while_its_connection_works_does_not_wake_it_again() {
        let pulse = Pulse::new(Limits::default());
        let mut polls = 0;
        let work = poll_fn(|_| {
            polls += 1;
            drop(pulse.begin());
            Poll::Pending
        });
        assert!(timeout(Duration::from_secs(1), pulse.watch(work)).await.is_err());
        assert_eq!(polls, 2, "once at the beginning, once with the time that is over");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_ends_elsewhere_leaves_the_connection_as_long_as_one_that_is_idle() {
        let pulse = Pulse::new(Limits::default());
        pulse.has_heard(b"GET / HTTP/1.1\r\n\r\n");
        let busy = pulse.begin();
        let begun = Instant::now();
        let ends = async {
            sleep_until(begun + Duration::from_secs(3600)).await;
            drop(busy);
        };
        let work = poll_fn(|_| Poll::Pending);
        let (end, ()) = tokio::join!(pulse.watch(work), ends);
        assert_eq!((end, begun.elapsed().as_secs()), (End::Whole, 3600 + 75));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_waits_for_its_client_only_as_long_as_the_rest_of_the_body_is_read() {
        let pulse = Pulse::new(Limits::default());
        let _busy = pulse.begin();
        pulse.is_answered();
        assert_eq!(pulse.waits_since(), None, "all of the body was wanted");
        pulse.drains(true);
        pulse.is_answered();
        assert_eq!(pulse.waits_since(), Some(Instant::now()));
        pulse.drains(false);
        assert_eq!(pulse.waits_since(), None, "the answer is still on its way");
    }
}
