//! Archives: an installation wants them at a host of its own, which no page of this origin may reach.
//!
//! So the answer to a create names a path of this origin in its place, in which the target is sealed (`seal`). Only what
//! was sealed here is forwarded, since an archive needs no token.

use axum::{
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::header::{ACCEPT_ENCODING, CONTENT_LENGTH},
    response::Response,
};
use reqwest::Url;
use serde_json::Value;

use super::{Failure, Origin, Upstream, failure::Legacy, seal::SealError, token::Api};
use crate::{documents::LONGEST_CREATE, own_origin::own_origin};

/// Where archives are sent on this origin: below it the sealed target.
pub(super) const PATH: &str = "/api/v1/uploads";

/// Creates a version, and gives its `upload_path` on this origin.
pub(super) async fn create(State(upstream): State<Upstream>, mut request: Request) -> Result<Response, Legacy> {
    let here = own_origin(request.headers(), request.uri());
    // The answer is read here.
    request.headers_mut().remove(ACCEPT_ENCODING);
    let there = upstream.legacy().clone();
    let response = upstream.forward(&there, Api::Legacy, LONGEST_CREATE, request).await?;
    if !response.status().is_success() {
        return Ok(response);
    }
    let (head, body) = upstream.whole(&there, response).await?;
    let (mut parts, ()) = head.into_parts();
    let body = rewritten(&upstream, &there, here.as_deref().unwrap_or_default(), body)?;
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The answer to a create with a path on this origin. What is no such answer passes as it is.
fn rewritten(upstream: &Upstream, there: &Origin, here: &str, body: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let Ok(mut answer) = serde_json::from_slice::<Value>(&body) else { return Ok(body) };
    let Some(Value::String(upload_path)) = answer.get_mut("upload_path") else { return Ok(body) };
    let is_path = upload_path.starts_with('/') && !upload_path.starts_with("//");
    let url = if is_path { there.at(upload_path) } else { Url::parse(upload_path).ok().filter(Url::has_host) };
    let is_plain = |url: &&Url| url.username().is_empty() && url.password().is_none();
    match url.as_ref().filter(is_plain).and_then(|url| target(upstream, url)) {
        Some(target) => {
            *upload_path = format!("{here}{PATH}/{}", upstream.seal.close(&target));
            Ok(answer.to_string().into_bytes())
        }
        None => {
            let host = url.map(|url| url.origin().ascii_serialization());
            Err(Failure::UploadElsewhere(there.clone(), host.unwrap_or_else(|| "a place without a host".to_owned())))
        }
    }
}

/// The same path and query at the named host that it is of.
fn target(upstream: &Upstream, url: &Url) -> Option<Url> {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    upstream.upload_host(url)?.at(&[url.path(), &query].concat())
}

/// Sends an archive on to where its path leads.
pub(super) async fn upload(
    State(upstream): State<Upstream>,
    sealed: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Legacy> {
    let Path(sealed) = sealed.map_err(|_| Failure::Sealed(SealError::Unknown))?;
    let url = upstream.seal.open(&sealed).map_err(Failure::Sealed)?;
    // The key may be older than the list of hosts.
    let origin = upstream.upload_host(&url).ok_or(Failure::Sealed(SealError::Unknown))?.clone();
    Ok(upstream.forward_upload(&origin, url, request).await?)
}
