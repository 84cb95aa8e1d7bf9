//! What an upload waits for, and since when.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header::CONTENT_LENGTH},
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{Instant, sleep_until};

/// Notes what happens to a body on its way. All clones are one.
#[derive(Clone)]
pub(super) struct Pulse(Arc<Mutex<State>>);

struct State {
    waits_for: WaitsFor,
    since: Instant,
    /// How many bytes are to come, if the sender told.
    left: Option<u64>,
    /// Whether the body ended without being whole.
    is_broken: bool,
}

/// Who has to do the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitsFor {
    /// The client has to send more.
    Sender,
    /// The installation has to take what was sent.
    Receiver,
    /// The installation has everything and has to answer.
    Answer,
}

/// How long each may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// For the next bytes, in either direction.
    pub(super) silence: Duration,
    /// For the answer to everything.
    pub(super) answer: Duration,
}

impl Patience {
    pub(super) fn of(self, waits_for: WaitsFor) -> Duration {
        match waits_for {
            WaitsFor::Sender | WaitsFor::Receiver => self.silence,
            WaitsFor::Answer => self.answer,
        }
    }
}

impl Pulse {
    /// For a body whose head is this.
    pub(super) fn new(headers: &HeaderMap) -> Self {
        let left = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let waits_for = if left == Some(0) { WaitsFor::Answer } else { WaitsFor::Receiver };
        Self(Arc::new(Mutex::new(State { waits_for, since: Instant::now(), left, is_broken: false })))
    }

    /// The body, watched.
    pub(super) fn watch(&self, body: Body) -> impl Stream<Item = Result<Bytes, axum::Error>> + use<> {
        let pulse = self.clone();
        let mut chunks = body.into_data_stream();
        stream::poll_fn(move |context| {
            let polled = chunks.poll_next_unpin(context);
            pulse.note(&polled);
            Poll::Ready(ready!(polled))
        })
    }

    fn note(&self, polled: &Poll<Option<Result<Bytes, axum::Error>>>) {
        let mut state = self.state();
        match polled {
            // It is still waited for; or everything is there, and only the end was not seen yet.
            Poll::Pending if state.waits_for != WaitsFor::Receiver => return,
            Poll::Pending => state.waits_for = WaitsFor::Sender,
            Poll::Ready(Some(Err(_))) => state.is_broken = true,
            Poll::Ready(Some(Ok(chunk))) => {
                state.left = state.left.map(|left| left.saturating_sub(chunk.len() as u64));
                state.waits_for = if state.left == Some(0) { WaitsFor::Answer } else { WaitsFor::Receiver };
            }
            Poll::Ready(None) => state.waits_for = WaitsFor::Answer,
        }
        state.since = Instant::now();
    }

    /// Ends when what is waited for has taken too long, and says what it is.
    pub(super) async fn stops(&self, patience: Patience) -> WaitsFor {
        loop {
            let (waits_for, end) = {
                let state = self.state();
                (state.waits_for, state.since + patience.of(state.waits_for))
            };
            if Instant::now() >= end {
                return waits_for;
            }
            sleep_until(end).await;
        }
    }

    /// Whether the sender is gone.
    pub(super) fn is_broken(&self) -> bool {
        self.state().is_broken
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
