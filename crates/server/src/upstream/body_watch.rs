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
use tokio::time::{Instant, sleep};

/// Notes what happens to a body on its way. All clones are one.
#[derive(Clone)]
pub(super) struct BodyWatch(Arc<Mutex<State>>);

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

impl BodyWatch {
    /// For a body whose head is this.
    pub(super) fn new(headers: &HeaderMap) -> Self {
        let left = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let waits_for = if left == Some(0) { WaitsFor::Answer } else { WaitsFor::Receiver };
        Self(Arc::new(Mutex::new(State { waits_for, since: Instant::now(), left, is_broken: false })))
    }

    /// The body, watched.
    pub(super) fn over(&self, body: Body) -> impl Stream<Item = Result<Bytes, axum::Error>> + use<> {
        let watch = self.clone();
        let mut chunks = body.into_data_stream();
        stream::poll_fn(move |context| {
            let polled = chunks.poll_next_unpin(context);
            watch.note(&polled);
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
            let (waits_for, idle) = {
                let state = self.state();
                (state.waits_for, state.since.elapsed())
            };
            let Some(left) = patience.of(waits_for).checked_sub(idle).filter(|left| !left.is_zero()) else {
                return waits_for;
            };
            sleep(left).await;
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::io;

    use axum::http::HeaderValue;
    use futures_util::FutureExt;
    use tokio::{sync::mpsc, time::advance};

    use super::*;

    const PATIENCE: Patience = Patience { silence: Duration::from_secs(60), answer: Duration::from_secs(600) };

    struct Upload {
        watch: BodyWatch,
        body: std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, axum::Error>>>>,
        sender: mpsc::UnboundedSender<io::Result<&'static str>>,
    }

    fn upload(length: Option<&'static str>) -> Upload {
        let (sender, mut chunks) = mpsc::unbounded_channel();
        let headers = length.map(|length| (CONTENT_LENGTH, HeaderValue::from_static(length))).into_iter().collect();
        let watch = BodyWatch::new(&headers);
        let body = Box::pin(watch.over(Body::from_stream(stream::poll_fn(move |context| chunks.poll_recv(context)))));
        Upload { watch, body, sender }
    }

    impl Upload {
        /// Asks for more, as often as there is any.
        fn pull(&mut self) {
            while self.body.next().now_or_never().flatten().is_some() {}
        }

        /// What is found to have taken too long when so many seconds are over, and nothing a second before.
        async fn stops_in(&self, seconds: u64) -> WaitsFor {
            let mut stops = Box::pin(self.watch.stops(PATIENCE));
            assert_eq!(stops.as_mut().now_or_never(), None);
            advance(Duration::from_secs(seconds - 1)).await;
            assert_eq!(stops.as_mut().now_or_never(), None, "it stopped too early");
            advance(Duration::from_secs(1)).await;
            stops.as_mut().now_or_never().unwrap()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_installation_that_takes_nothing_is_silent_after_a_minute() {
        assert_eq!(upload(None).stops_in(60).await, WaitsFor::Receiver);
        let mut begun = upload(Some("10"));
        begun.sender.send(Ok("abc")).unwrap();
        assert!(begun.body.next().await.is_some());
        assert_eq!(begun.stops_in(60).await, WaitsFor::Receiver);
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_nothing_is_silent_after_a_minute() {
        let mut upload = upload(Some("10"));
        for _ in 0..100 {
            upload.sender.send(Ok("")).unwrap();
            upload.pull();
            advance(Duration::from_secs(59)).await;
            upload.pull();
        }
        upload.sender.send(Ok("abc")).unwrap();
        upload.pull();
        assert_eq!(upload.stops_in(60).await, WaitsFor::Sender);
    }

    #[tokio::test(start_paused = true)]
    async fn with_everything_there_the_answer_has_ten_minutes() {
        let mut told = upload(Some("6"));
        told.sender.send(Ok("abc")).unwrap();
        told.sender.send(Ok("def")).unwrap();
        told.pull();
        assert_eq!(told.stops_in(600).await, WaitsFor::Answer);
        let mut chunked = upload(None);
        chunked.sender.send(Ok("abc")).unwrap();
        let Upload { sender, .. } = &mut chunked;
        *sender = mpsc::unbounded_channel().0;
        chunked.pull();
        assert_eq!(chunked.stops_in(600).await, WaitsFor::Answer);
        assert_eq!(upload(Some("0")).stops_in(600).await, WaitsFor::Answer);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_breaks_off_is_the_clients_fault() {
        let mut upload = upload(Some("6"));
        upload.sender.send(Err(io::ErrorKind::ConnectionReset.into())).unwrap();
        assert!(!upload.watch.is_broken());
        assert!(upload.body.next().await.unwrap().is_err());
        assert!(upload.watch.is_broken());
    }
}
