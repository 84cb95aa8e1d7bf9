//! One request there, and its answer back, both as streams.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header::LOCATION},
    response::Response,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::Url;
use tokio::time::{Instant, sleep, timeout};

use super::{Origin, Upstream, failure::Failure, headers};

/// The longest document: a create with many variables of 256 kB each.
const LONGEST_DOCUMENT: usize = 64 * 1024 * 1024;

impl Upstream {
    /// Forwards a request to the API. Its body is a document and is held, so that it can be sent again on a new
    /// connection where the old one turned out to be closed.
    pub(super) async fn forward(&self, origin: &Origin, request: Request) -> Result<Response, Failure> {
        let (parts, body) = request.into_parts();
        let url = url_of(origin, &parts.uri)?;
        let body = to_bytes(body, LONGEST_DOCUMENT).await.map_err(|error| too_large_or_lost(&error))?;
        let headers = headers::of_request(&parts.headers);
        let answer = self.send(origin, parts.method, url, headers, body.into(), &Pulse::default()).await?;
        self.pass_on(answer)
    }

    /// Forwards an archive as it comes.
    pub(super) async fn forward_upload(
        &self,
        origin: &Origin,
        url: Url,
        request: Request,
    ) -> Result<Response, Failure> {
        let (parts, body) = request.into_parts();
        let headers = headers::of_upload(&parts.headers);
        let pulse = Pulse::default();
        let beats = pulse.clone();
        let body = reqwest::Body::wrap_stream(body.into_data_stream().inspect(move |_| beats.beat()));
        let answer = self.send(origin, parts.method, url, headers, body, &pulse).await?;
        self.pass_on(answer)
    }

    async fn send(
        &self,
        origin: &Origin,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: reqwest::Body,
        pulse: &Pulse,
    ) -> Result<reqwest::Response, Failure> {
        let request = self.client.request(method, url).headers(headers).body(body).send();
        let answer = tokio::select! {
            answer = request => {
                answer.map_err(|error| Failure::of(origin, &error, self.options.connect.as_secs()))?
            }
            () = pulse.stops(self.options.silence) => {
                return Err(Failure::Silent(origin.clone(), self.options.silence.as_secs()));
            }
        };
        let status = answer.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let target = location.and_then(|location| answer.url().join(location).ok());
            return Err(Failure::Redirects(origin.clone(), target.map(|url| url.origin().ascii_serialization())));
        }
        Ok(answer)
    }

    /// The answer with the headers that pass, and its body as it comes.
    fn pass_on(&self, answer: reqwest::Response) -> Result<Response, Failure> {
        let status = answer.status();
        let headers = headers::of_response(answer.headers());
        let silence = self.options.silence;
        let chunks = answer.bytes_stream().map_err(reqwest::Error::without_url);
        let body = stream::try_unfold(Box::pin(chunks), move |mut chunks| async move {
            // An end that is no end: whoever reads it sees that it broke off.
            let chunk = timeout(silence, chunks.try_next()).await.map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>(chunk.map_err(std::io::Error::other)?.map(|chunk| (chunk, chunks)))
        });
        let mut response = Response::new(Body::from_stream(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// The answer whole, with the headers that pass.
    pub(super) async fn whole(&self, origin: &Origin, response: Response) -> Result<(Response<()>, Vec<u8>), Failure> {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, LONGEST_DOCUMENT).await;
        let bytes = bytes.map_err(|_| Failure::Away(origin.clone(), "its answer broke off".to_owned()))?;
        Ok((Response::from_parts(parts, ()), bytes.to_vec()))
    }
}

/// The same path and query at another place.
fn url_of(origin: &Origin, uri: &Uri) -> Result<Url, Failure> {
    let path_and_query = uri.path_and_query().ok_or(Failure::NotForwarded)?;
    origin.at(path_and_query.as_str()).ok_or(Failure::NotForwarded)
}

fn too_large_or_lost(error: &axum::Error) -> Failure {
    let is_limit = std::error::Error::source(error).is_some_and(|cause| cause.to_string().contains("limit"));
    if is_limit { Failure::TooLarge } else { Failure::NoBody }
}

/// When something happened last.
#[derive(Clone)]
struct Pulse(Arc<Mutex<Instant>>);

impl Default for Pulse {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }
}

impl Pulse {
    fn beat(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Ends when nothing has happened for so long.
    async fn stops(&self, limit: Duration) {
        loop {
            let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
            let Some(left) = limit.checked_sub(idle).filter(|left| !left.is_zero()) else { return };
            sleep(left).await;
        }
    }
}
