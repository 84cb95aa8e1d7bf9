//! The bodies of requests: a document has to be there in time, and what nobody reads is read all the same, within bounds,
//! so that a client that sends everything before it reads gets the answer and not a reset.
//!
//! An archive may take as long as it moves: whoever receives it decides when it does not.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
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
    time::{Sleep, sleep, timeout},
};

use super::{Limits, bounds::Farewell, pulse::Pulse};
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
    let is_late = Arc::<AtomicBool>::default();
    let is_asked_for = !request.headers().contains_key(EXPECT);
    let request = request.map(|sent| {
        Body::new(Bounded {
            body: Some(sent),
            deadline: (!is_upload).then(|| Box::pin(sleep(limits.document))),
            is_late: Arc::clone(&is_late),
            is_asked_for,
            farewell: limits.farewell,
            pulse,
        })
    });
    let response = next.run(request).await;
    if is_late.load(Ordering::Relaxed) {
        let sentence = format!("The body did not arrive within {} s.", limits.document.as_secs());
        return documents::error_at(&path, StatusCode::REQUEST_TIMEOUT, &sentence);
    }
    response
}

struct Bounded {
    /// Until its end.
    body: Option<Body>,
    /// Of a document.
    deadline: Option<Pin<Box<Sleep>>>,
    is_late: Arc<AtomicBool>,
    /// Whether the sender sends it: one that waits to be asked sends nothing after a refusal.
    is_asked_for: bool,
    farewell: Farewell,
    pulse: Option<Pulse>,
}

impl HttpBody for Bounded {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let Some(body) = &mut this.body else { return Poll::Ready(None) };
        this.is_asked_for = true;
        let polled = Pin::new(body).poll_frame(context);
        let pulse = this.pulse.as_ref().filter(|_| this.deadline.is_some());
        if let Some(pulse) = pulse {
            pulse.starves(polled.is_pending());
        }
        if polled.is_pending() {
            let Some(deadline) = &mut this.deadline else { return Poll::Pending };
            ready!(deadline.as_mut().poll(context));
            this.deadline = None;
            this.is_late.store(true, Ordering::Relaxed);
            // It had its time: now only long enough to read why.
            this.farewell.time = this.farewell.silence;
            return Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))));
        }
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            this.body = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for Bounded {
    fn drop(&mut self) {
        let rest = self.body.take().filter(|body| self.is_asked_for && !body.is_end_stream());
        // Without a runtime there is no connection either.
        if let (Some(rest), Ok(runtime)) = (rest, Handle::try_current()) {
            if let Some(pulse) = &self.pulse {
                pulse.says_farewell();
            }
            runtime.spawn(throw_away(rest, self.farewell));
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
        }
    };
    timeout(farewell.time, rest).await.ok();
}
