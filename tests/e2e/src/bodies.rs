//! Bodies that come late, or not to their end.

use std::io;

use axum::{
    body::{Body, Bytes, to_bytes},
    response::Response,
};
use futures_util::{StreamExt, stream};
use tokio::task::yield_now;

use crate::Gate;

/// The first half of an answer, and the end of its connection where the other half should be.
pub(crate) async fn broken_off(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    let parts_of_it = [Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    // What there is is sent before the next part is asked for.
    let stream = stream::iter(parts_of_it).then(async |part| {
        yield_now().await;
        part
    });
    Response::from_parts(parts, Body::from_stream(stream))
}

/// A body of which no more than about so many bytes come until the gate is opened.
pub(crate) fn held(body: Body, limit: usize, gate: Gate) -> Body {
    let mut arrived = 0;
    Body::from_stream(body.into_data_stream().then(move |chunk| {
        arrived += chunk.as_ref().map_or(0, Bytes::len);
        let gate = (arrived > limit).then(|| gate.clone());
        async move {
            if let Some(gate) = gate {
                gate.pass().await;
            }
            chunk
        }
    }))
}

/// A body that breaks off after about so many bytes.
pub(crate) fn cut(body: Body, limit: usize) -> Body {
    let mut arrived = 0;
    Body::from_stream(body.into_data_stream().map(move |chunk| {
        let chunk = chunk.map_err(io::Error::other)?;
        arrived += chunk.len();
        if arrived > limit { Err(io::Error::from(io::ErrorKind::ConnectionReset)) } else { Ok(chunk) }
    }))
}
