//! The bodies of requests: a document has to be there in time, and what nobody reads is read all the same, within bounds,
//! so that a client that sends everything before it reads gets the answer and not a reset.
//!
//! An archive may take as long as it moves: whoever receives it decides when it does not. An answer ends the body of its
//! request, even if somebody still holds it: an installation that refuses an archive at once may never read it.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use axum::{
    body::{Body, BodyDataStream, Bytes, HttpBody},
    extract::{MatchedPath, Request},
    http::{StatusCode, header::EXPECT},
    response::Response,
};
use futures_util::StreamExt;
use hyper::body::{Frame, SizeHint};
use tokio::{
    runtime::Handle,
    task::coop::consume_budget,
    time::{Sleep, sleep, sleep_until, timeout},
};

use super::{Limits, bounds::Farewell, held::Held, pulse::Pulse};
use crate::documents;

/// What is below it is an archive, not a document.
const UPLOADS: &str = "/api/v1/uploads/";

/// A request whose body is bounded, and that is not answered yet.
pub(crate) struct Unanswered {
    path: String,
    document: Duration,
    sent: Sent,
}

/// Bounds the body of a request, for every route. One without a body is left as it is.
pub(crate) fn bound(limits: &Limits, request: Request) -> (Request, Option<Unanswered>) {
    if request.body().is_end_stream() {
        return (request, None);
    }
    let path = request.uri().path().to_owned();
    let is_upload = request.extensions().get::<MatchedPath>().is_some_and(|route| route.as_str().starts_with(UPLOADS));
    let pulse = request.extensions().get::<Pulse>().cloned();
    if let Some(pulse) = pulse.as_ref().filter(|_| is_upload) {
        pulse.is_upload();
    }
    let sent = Sent(Arc::new(Mutex::new(Progress {
        body: None,
        deadline: (!is_upload).then(|| Box::pin(sleep(limits.document))),
        stop: None,
        given_up: None,
        is_asked_for: !request.headers().contains_key(EXPECT),
        farewell: limits.farewell,
        pulse,
        answer: Answer::None,
        waker: None,
    })));
    let request = request.map(|body| {
        sent.progress().body = Some(body);
        Body::new(Bounded(sent.clone()))
    });
    (request, Some(Unanswered { path, document: limits.document, sent }))
}

impl Unanswered {
    /// What is answered, and keeps the rest of the body coming.
    pub(crate) fn answered(self, response: Response) -> Response {
        let Self { path, document, sent } = self;
        let given_up = sent.progress().given_up;
        let response = match given_up {
            None => response,
            Some(GivenUp::Late) => {
                let sentence = format!("The body did not arrive within {} s.", document.as_secs());
                documents::error_at(&path, StatusCode::REQUEST_TIMEOUT, &sentence)
            }
            Some(GivenUp::Stopping) => {
                let sentence = "The server is stopping, and the body had not arrived. Try again.";
                documents::error_at(&path, StatusCode::SERVICE_UNAVAILABLE, sentence)
            }
        };
        if sent.progress().is_answered() {
            response
        } else {
            response.map(|body| Body::new(Held::new(body, LetsGo(sent))))
        }
    }
}

/// The body of one request: the handler's while there is no answer, then nobody's.
#[derive(Clone)]
struct Sent(Arc<Mutex<Progress>>);

struct Progress {
    /// Until its end, or until it is thrown away.
    body: Option<Body>,
    /// Of a document.
    deadline: Option<Pin<Box<Sleep>>>,
    /// Runs once the server is stopping.
    stop: Option<Pin<Box<Sleep>>>,
    given_up: Option<GivenUp>,
    /// Whether the sender sends it: one that waits to be asked sends nothing after a refusal.
    is_asked_for: bool,
    farewell: Farewell,
    pulse: Option<Pulse>,
    answer: Answer,
    /// Of whoever still reads.
    waker: Option<Waker>,
}

/// Why a body is not waited for any more.
#[derive(Clone, Copy)]
enum GivenUp {
    /// It is a document, and had its time.
    Late,
    Stopping,
}

#[derive(PartialEq, Eq)]
enum Answer {
    None,
    /// It is on the way. Whoever still reads the body may be the one who brings it, so that nothing is broken off yet.
    Begun,
    Whole,
}

impl Sent {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// The answer is there. Returns whether the body had ended by then.
    fn is_answered(&mut self) -> bool {
        self.answer = Answer::Begun;
        let had_ended = self.body.as_ref().is_none_or(HttpBody::is_end_stream);
        self.let_go();
        if let Some(pulse) = &self.pulse {
            pulse.is_answered();
        }
        had_ended
    }

    /// Reads what is left, so that its sender gets to reading. The request may be under way all the same: a handler that
    /// reads no body lets go of it at once and may answer much later.
    fn let_go(&mut self) {
        let rest = self.body.take().filter(|body| self.is_asked_for && !body.is_end_stream());
        // Without a runtime there is no connection either.
        if let (Some(rest), Ok(runtime)) = (rest, Handle::try_current()) {
            let (farewell, pulse) = (self.farewell, self.pulse.clone());
            let mut chunks = rest.into_data_stream();
            if let Some(pulse) = &pulse {
                pulse.drains(true);
            }
            runtime.spawn(async move {
                throw_away(&mut chunks, farewell).await;
                // While the request is still under way.
                if let Some(pulse) = pulse {
                    pulse.drains(false);
                }
            });
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.answer {
            Answer::None => {}
            Answer::Begun => {
                self.waker = Some(context.waker().clone());
                return Poll::Pending;
            }
            Answer::Whole => return Poll::Ready(Some(Err(broken_off(io::ErrorKind::ConnectionAborted)))),
        }
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        self.is_asked_for = true;
        let polled = Pin::new(body).poll_frame(context);
        if polled.is_pending() {
            self.waker = Some(context.waker().clone());
            let given_up = ready!(self.poll_given_up(context));
            self.given_up = Some(given_up);
            // It had its time: now only long enough to read why.
            self.farewell.time = self.farewell.silence;
            return Poll::Ready(Some(Err(broken_off(io::ErrorKind::TimedOut))));
        }
        if let Some(pulse) = &self.pulse {
            pulse.has_body();
        }
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
    }

    /// Ready when the body is not waited for any more.
    fn poll_given_up(&mut self, context: &mut Context<'_>) -> Poll<GivenUp> {
        if let Some(pulse) = &self.pulse
            && let Some(until) = pulse.awaits_body(context.waker())
        {
            let stop = self.stop.get_or_insert_with(|| Box::pin(sleep_until(until)));
            if stop.deadline() != until {
                stop.as_mut().reset(until);
            }
            if stop.as_mut().poll(context).is_ready() {
                pulse.gives_up();
                return Poll::Ready(GivenUp::Stopping);
            }
        }
        let Some(deadline) = &mut self.deadline else { return Poll::Pending };
        ready!(deadline.as_mut().poll(context));
        self.deadline = None;
        Poll::Ready(GivenUp::Late)
    }
}

fn broken_off(kind: io::ErrorKind) -> axum::Error {
    axum::Error::new(io::Error::from(kind))
}

/// What a handler reads.
struct Bounded(Sent);

impl HttpBody for Bounded {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.0.progress().poll(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.progress().body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.progress().body.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        self.0.progress().let_go();
    }
}

/// Kept by an answer that came before the end of its request. With the answer's end whoever still reads is let go.
struct LetsGo(Sent);

impl Drop for LetsGo {
    fn drop(&mut self) {
        let mut progress = self.0.progress();
        progress.answer = Answer::Whole;
        if let Some(waker) = progress.waker.take() {
            drop(progress);
            waker.wake();
        }
    }
}

/// Whoever sends more than that, or more slowly, may lose the answer.
async fn throw_away(chunks: &mut BodyDataStream, farewell: Farewell) {
    let mut left = farewell.bytes;
    let rest = async {
        while let Ok(Some(Ok(chunk))) = timeout(farewell.silence, chunks.next()).await {
            let Some(fewer) = left.checked_sub(chunk.len() as u64) else { return };
            left = fewer;
            // However fast they come.
            consume_budget().await;
        }
    };
    timeout(farewell.time, rest).await.ok();
}
