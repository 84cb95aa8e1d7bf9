//! One request there, and its answer back, both as streams.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        Method, StatusCode, Uri,
        header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION},
    },
    response::Response,
};
use futures_util::{TryStreamExt, stream};
use reqwest::Url;
use tokio::{sync::OwnedSemaphorePermit, time::timeout};

use super::{
    Origin, Upstream,
    body_watch::{BodyWatch, Patience, WaitsFor},
    failure::Failure,
    headers,
    path::is_plain,
    room::Kind,
    token::Api,
};
use crate::proxies;

/// The longest answer that is read here: a few lines about a new version.
const LONGEST_ANSWER: usize = 1024 * 1024;
/// What is above it has no meaning, and proxies refuse it.
const LAST_STATUS: u16 = 599;

impl Upstream {
    /// Forwards a request to the API. Its body is a document and is held, so that it can be sent again on a new
    /// connection where the old one turned out to be closed. What is not a document has none.
    pub(super) async fn forward(
        &self,
        origin: &Origin,
        api: Api,
        longest: usize,
        request: Request,
    ) -> Result<Response, Failure> {
        let (parts, body) = request.into_parts();
        let url = url_of(origin, &parts.uri)?;
        let kind = if api.has_token(&parts.headers) {
            Kind::Call
        } else if api.is_open() {
            Kind::Anonymous
        } else {
            return Err(Failure::Unauthorized);
        };
        let mut headers = headers::of_request(&parts.headers);
        let declared = headers.remove(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        let document = if matches!(parts.method, Method::POST | Method::PATCH) {
            if declared.is_some_and(|declared| declared > longest) {
                return Err(Failure::TooLarge(longest));
            }
            let client = parts.extensions.get::<proxies::Client>().copied();
            Some(self.room.hold(body, longest, client).await?)
        } else {
            drop(body);
            headers.remove(CONTENT_TYPE);
            None
        };
        let place = self.room.take(kind)?;
        let request = self.client.request(parts.method, url).headers(headers);
        let request = match &document {
            Some(document) => request.body(document.bytes.clone()),
            None => request,
        };
        let silence = self.options.silence;
        let silent = || Failure::Silent(origin.clone(), silence.as_secs());
        let answer = timeout(silence, request.send()).await.map_err(|_| silent())?;
        self.pass_on(origin, answer, place)
    }

    /// Forwards an archive as it comes.
    pub(super) async fn forward_upload(
        &self,
        origin: &Origin,
        url: Url,
        request: Request,
    ) -> Result<Response, Failure> {
        let place = self.room.take(Kind::Upload)?;
        let (parts, body) = request.into_parts();
        let watch = BodyWatch::new(&parts.headers);
        let patience = Patience { silence: self.options.silence, answer: self.options.upload_answer };
        let request = self.client.request(parts.method, url).headers(headers::of_upload(&parts.headers));
        let request = request.body(reqwest::Body::wrap_stream(watch.over(body)));
        let answer = tokio::select! {
            answer = request.send() => answer,
            waited_for = watch.stops(patience) => {
                let seconds = patience.of(waited_for).as_secs();
                return Err(match waited_for {
                    WaitsFor::Sender => Failure::SenderSilent(seconds),
                    WaitsFor::Receiver | WaitsFor::Answer => Failure::Silent(origin.clone(), seconds),
                });
            }
        };
        if answer.is_err() && watch.is_broken() {
            return Err(Failure::NoBody);
        }
        self.pass_on(origin, answer, place)
    }

    /// The answer with the headers that pass, and its body as it comes. Its place is kept until then.
    fn pass_on(
        &self,
        origin: &Origin,
        answer: Result<reqwest::Response, reqwest::Error>,
        place: OwnedSemaphorePermit,
    ) -> Result<Response, Failure> {
        let answer = answer.map_err(|error| Failure::of(origin, &error, self.options.connect.as_secs()))?;
        let status = answer.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            let location = answer.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            let target = location.and_then(|location| answer.url().join(location).ok());
            return Err(Failure::Redirects(origin.clone(), target.map(|url| url.origin().ascii_serialization())));
        }
        if status.is_informational() || status.as_u16() > LAST_STATUS {
            return Err(Failure::NoStatus(origin.clone(), status.as_u16()));
        }
        let headers = headers::of_response(answer.headers());
        let silence = self.options.silence;
        let chunks = answer.bytes_stream().map_err(reqwest::Error::without_url);
        let body = stream::try_unfold((Box::pin(chunks), place), move |(mut chunks, place)| async move {
            // An end that is no end: whoever reads it sees that it broke off.
            let chunk = timeout(silence, chunks.try_next()).await.map_err(std::io::Error::other)?;
            Ok::<_, std::io::Error>(chunk.map_err(std::io::Error::other)?.map(|chunk| (chunk, (chunks, place))))
        });
        let mut response = Response::new(Body::from_stream(body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// The answer to a create whole, with the headers that pass.
    pub(super) async fn whole(&self, origin: &Origin, response: Response) -> Result<(Response<()>, Vec<u8>), Failure> {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, LONGEST_ANSWER).await;
        let bytes = bytes.map_err(|_| {
            let reason = format!("it broke off, or is longer than {LONGEST_ANSWER} bytes");
            Failure::Unreadable(origin.clone(), reason)
        })?;
        Ok((Response::from_parts(parts, ()), bytes.to_vec()))
    }
}

/// The same path and query at another place.
fn url_of(origin: &Origin, uri: &Uri) -> Result<Url, Failure> {
    let path_and_query = uri.path_and_query().filter(|_| is_plain(uri.path())).ok_or(Failure::NotForwarded)?;
    origin.at(path_and_query.as_str()).ok_or(Failure::NotForwarded)
}
