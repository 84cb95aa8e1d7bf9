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
use serde_json::value::{RawValue, to_raw_value};

use super::{Failure, Origin, Upstream, failure::Legacy, seal::SealError, token::Api};
use crate::members::Members;
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

/// The answer to a create with a path on this origin. All else in it stays as it is written; without a text for a path it
/// passes as it is.
fn rewritten(upstream: &Upstream, there: &Origin, here: &str, body: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure::Unreadable(there.clone(), "it is no JSON object".to_owned());
    let Members(members) = serde_json::from_slice(&body).map_err(|_| unreadable())?;
    let is_path = |(key, value): &(String, &RawValue)| key == "upload_path" && value.get().starts_with('"');
    if !members.iter().any(is_path) {
        return Ok(body);
    }
    let mut replaced = Vec::with_capacity(members.len());
    for member in &members {
        replaced.push(if is_path(member) {
            let upload_path: String = serde_json::from_str(member.1.get()).map_err(|_| unreadable())?;
            let sealed = upstream.seal.close(&destination(upstream, there, &upload_path)?);
            Some(to_raw_value(&format!("{here}{PATH}/{sealed}")).map_err(|_| unreadable())?)
        } else {
            None
        });
    }
    let pairs = members.iter().zip(&replaced);
    let members = pairs.map(|((key, value), other)| (key.clone(), other.as_deref().unwrap_or(value))).collect();
    serde_json::to_vec(&Members(members)).map_err(|_| unreadable())
}

/// Where an archive with this path is forwarded to.
fn destination(upstream: &Upstream, there: &Origin, upload_path: &str) -> Result<Url, Failure> {
    let is_path = upload_path.starts_with('/') && !upload_path.starts_with("//");
    let url = if is_path { there.at(upload_path) } else { Url::parse(upload_path).ok() };
    // Of no other could a host be named.
    let can_be_named = |url: &Url| {
        let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_http && url.username().is_empty() && url.password().is_none()
    };
    let url = url.filter(can_be_named).ok_or_else(|| Failure::UploadNowhere(there.clone()))?;
    let elsewhere = || Failure::UploadElsewhere(there.clone(), url.origin().ascii_serialization());
    target(upstream, &url).ok_or_else(elsewhere)
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
