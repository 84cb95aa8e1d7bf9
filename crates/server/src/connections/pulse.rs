//! What a connection waits for, since when, and until when.
//!
//! The socket, the service and the bodies of one connection tell it; the task of the connection asks. All time limits of
//! connections are decided here, in [`State::deadline`]. What it must not know: HTTP.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use super::Limits;

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
    stop: Option<Stop>,
    /// Closed to make room for another.
    closed: bool,
    waker: Option<Waker>,
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
            stop: None,
            closed: false,
            waker: None,
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

    /// A request's head is there.
    pub(super) fn begin(&self) -> Arc<Busy> {
        self.state().enter(Phase::Request);
        Arc::new(Busy(self.clone()))
    }

    /// The request is an upload.
    pub(crate) fn is_upload(&self) {
        self.state().upload = true;
    }

    /// Whether a document's body is waited for.
    pub(crate) fn starves(&self, starves: bool) {
        let mut state = self.state();
        if !starves {
            state.starved = None;
        } else if state.starved.is_none() {
            state.starved = Some(Instant::now());
        }
    }

    /// The request is answered, and the rest of its body is not wanted.
    pub(crate) fn says_farewell(&self) {
        self.state().enter(Phase::Farewell);
    }

    /// Ends the connection as soon as nothing is under way, and what does not move any more after so long.
    pub(super) fn stop(&self, quiet: Duration) {
        self.change(|state| state.stop = Some(Stop { asked: Instant::now(), quiet }));
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
            self.state().wake_with(context.waker());
            if work.as_mut().poll(context).is_ready() {
                return Poll::Ready(End::Whole);
            }
            loop {
                let Some((deadline, end)) = self.state().deadline() else { return Poll::Pending };
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
        if matches!(phase, Phase::Head | Phase::Idle) {
            self.upload = false;
        }
    }

    fn wake_with(&mut self, waker: &Waker) {
        match &mut self.waker {
            Some(known) => known.clone_from(waker),
            None => self.waker = Some(waker.clone()),
        }
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
        let stop = self.stop.map(|Stop { asked, quiet }| match self.phase {
            _ if is_idle => (asked, End::Whole),
            Phase::Farewell => (asked + quiet, End::Whole),
            _ if self.upload => (self.moved.max(asked) + quiet, End::Abandoned),
            _ => (asked + quiet, End::Abandoned),
        });
        [phase, write, stop].into_iter().flatten().min_by_key(|(deadline, _)| *deadline)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.change(|state| state.enter(Phase::Idle));
    }
}
