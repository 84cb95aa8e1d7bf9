//! Archives: an installation wants them at a host of its own, which no page of this origin may reach.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        Uri,
        header::{ACCEPT_ENCODING, CONTENT_LENGTH},
    },
    response::Response,
};
use reqwest::Url;
use serde_json::Value;

use super::{Failure, Origin, Upstream};
use crate::own_origin::own_origin;

/// Where archives are sent on this origin: below it the host, and the path there.
pub(super) const PATH: &str = "/api/v1/uploads";

/// Creates a version, and gives its `upload_path` on this origin.
pub(super) async fn create(State(upstream): State<Upstream>, mut request: Request) -> Result<Response, Failure> {
    let here = own_origin(request.headers(), request.uri());
    // The answer is read here.
    request.headers_mut().remove(ACCEPT_ENCODING);
    let there = upstream.legacy().clone();
    let response = upstream.forward(&there, request).await?;
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
    if upload_path.starts_with('/') && !upload_path.starts_with("//") {
        *upload_path = format!("{here}{PATH}/{}{upload_path}", there.authority());
        return Ok(answer.to_string().into_bytes());
    }
    let url = Url::parse(upload_path).ok().filter(Url::has_host);
    let named = url.as_ref().and_then(|url| upstream.upload_host(&authority_of(url)));
    match (url, named) {
        (Some(url), Some(named)) if url.username().is_empty() && url.password().is_none() => {
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            *upload_path = format!("{here}{PATH}/{}{}{query}", named.authority(), url.path());
            Ok(answer.to_string().into_bytes())
        }
        (url, _) => {
            let host = url.map(|url| url.origin().ascii_serialization());
            Err(Failure::UploadElsewhere(there.clone(), host.unwrap_or_else(|| "a place without a host".to_owned())))
        }
    }
}

/// Sends an archive on to the host in its path.
pub(super) async fn upload(State(upstream): State<Upstream>, request: Request) -> Result<Response, Failure> {
    let (origin, url) = target(&upstream, request.uri())?;
    upstream.forward_upload(&origin, url, request).await
}

/// The place and the URL that a path of [`rewritten`] means.
fn target(upstream: &Upstream, uri: &Uri) -> Result<(Origin, Url), Failure> {
    let path_and_query = uri.path_and_query().map(|it| it.as_str()).unwrap_or_default();
    let rest = path_and_query.strip_prefix(PATH).and_then(|rest| rest.strip_prefix('/'));
    let (authority, path) =
        rest.and_then(|rest| rest.split_at_checked(rest.find('/')?)).ok_or(Failure::NotForwarded)?;
    let origin = upstream.upload_host(authority).ok_or(Failure::UnknownUploadHost)?.clone();
    let url = origin.at(path).ok_or(Failure::NotForwarded)?;
    Ok((origin, url))
}

/// Host, and the port where it is not the scheme's own.
fn authority_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
