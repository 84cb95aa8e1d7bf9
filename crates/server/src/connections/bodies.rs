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
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{MatchedPath, Request, State},
    http::{StatusCode, header::EXPECT},
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use hyper::body::{Frame, SizeHint};
use tokio::{
    runtime::Handle,
    task::{JoinHandle, coop::consume_budget},
    time::{Sleep, sleep, timeout},
};

use super::{Limits, bounds::Farewell, held::Held, pulse::Pulse};
use crate::documents;

/// What is below it is an archive, not a document.
const UPLOADS: &str = "/api/v1/uploads/";

/// Bounds the body of a request, for every route.
pub(crate) async fn bound(State(limits): State<Arc<Limits>>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let path = request.uri().path().to_owned();
    let is_upload = request.extensions().get::<MatchedPath>().is_some_and(|route| route.as_str().starts_with(UPLOADS));
    let pulse = request.extensions().get::<Pulse>().cloned();
    if let Some(pulse) = pulse.as_ref().filter(|_| is_upload) {
        pulse.is_upload();
    }
    let sent = Sent(Arc::new(Mutex::new(Progress {
        body: None,
        rest: None,
        deadline: (!is_upload).then(|| Box::pin(sleep(limits.document))),
        is_late: false,
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
    let response = next.run(request).await;
    let response = if sent.progress().is_late {
        let sentence = format!("The body did not arrive within {} s.", limits.document.as_secs());
        documents::error_at(&path, StatusCode::REQUEST_TIMEOUT, &sentence)
    } else {
        response
    };
    if sent.progress().is_answered() { response } else { response.map(|body| Body::new(Held::new(body, LetsGo(sent)))) }
}

/// The body of one request: the handler's while there is no answer, then nobody's.
#[derive(Clone)]
struct Sent(Arc<Mutex<Progress>>);

struct Progress {
    /// Until its end, or until it is thrown away.
    body: Option<Body>,
    /// The reading of what was thrown away.
    rest: Option<JoinHandle<()>>,
    /// Of a document.
    deadline: Option<Pin<Box<Sleep>>>,
    is_late: bool,
    /// Whether the sender sends it: one that waits to be asked sends nothing after a refusal.
    is_asked_for: bool,
    farewell: Farewell,
    pulse: Option<Pulse>,
    answer: Answer,
    /// Of whoever still reads.
    waker: Option<Waker>,
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
        let is_reading = self.rest.as_ref().is_some_and(|rest| !rest.is_finished());
        if let Some(pulse) = self.pulse.as_ref().filter(|_| is_reading) {
            pulse.says_farewell();
        }
        had_ended
    }

    /// Reads what is left, so that its sender gets to reading. The request may be under way all the same: a handler that
    /// reads no body lets go of it at once and may answer much later.
    fn let_go(&mut self) {
        let rest = self.body.take().filter(|body| self.is_asked_for && !body.is_end_stream());
        // Without a runtime there is no connection either.
        if let (Some(rest), Ok(runtime)) = (rest, Handle::try_current()) {
            self.rest = Some(runtime.spawn(throw_away(rest, self.farewell)));
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
        if let Some(pulse) = self.pulse.as_ref().filter(|_| self.deadline.is_some()) {
            pulse.starves(polled.is_pending());
        }
        if polled.is_pending() {
            self.waker = Some(context.waker().clone());
            let Some(deadline) = &mut self.deadline else { return Poll::Pending };
            ready!(deadline.as_mut().poll(context));
            self.deadline = None;
            self.is_late = true;
            // It had its time: now only long enough to read why.
            self.farewell.time = self.farewell.silence;
            return Poll::Ready(Some(Err(broken_off(io::ErrorKind::TimedOut))));
        }
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = None;
        }
        polled
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
async fn throw_away(body: Body, farewell: Farewell) {
    let mut chunks = body.into_data_stream();
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
