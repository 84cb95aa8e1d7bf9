//! The documents of answers: their content types, and what an error looks like in either API. Whoever answers the API
//! writes them here.

use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

/// The longest document that a client sends to the newer API, in bytes. Every attribute has a limit, so that the longest
/// valid one is well below it.
pub(crate) const LONGEST: usize = 64 * 1024;
/// The longest create of the legacy API, in bytes: thirty values of the longest kind, or a hundred thousand short ones.
pub(crate) const LONGEST_CREATE: usize = 8 * 1024 * 1024;

/// Of a document of the newer API.
pub(crate) const JSON_API: HeaderValue = HeaderValue::from_static("application/vnd.api+json");
/// Of a document of the legacy API.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Of what only people read.
pub(crate) const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Below it is the legacy API.
const LEGACY: &str = "/api/v1/";

/// An answer of the newer API.
pub(crate) fn json_api(status: StatusCode, body: &impl Serialize) -> Response {
    written(status, JSON_API, body)
}

/// An answer of the legacy API.
pub(crate) fn legacy(status: StatusCode, body: &impl Serialize) -> Response {
    written(status, JSON, body)
}

/// An error of the legacy API that is about no field: a list of one sentence, which is what clients decode (facts.md 3.1).
pub(crate) fn legacy_error(status: StatusCode, sentence: &str) -> Response {
    legacy(status, &json!({"errors": [sentence]}))
}

/// An error of the newer API, titled as its status is.
pub(crate) fn error(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default().to_lowercase();
    json_api(status, &json!({"errors": [{"status": status.as_str(), "title": title, "detail": detail}]}))
}

/// An error as clients of this path know it.
pub(crate) fn error_at(path: &str, status: StatusCode, sentence: &str) -> Response {
    if path.starts_with(LEGACY) { legacy_error(status, sentence) } else { error(status, sentence) }
}

fn written(status: StatusCode, content_type: HeaderValue, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(CONTENT_TYPE, content_type)], bytes).into_response(),
        Err(error) => {
            tracing::error!("an answer cannot be written as JSON: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, content_type)], r#"{"errors":[]}"#).into_response()
        }
    }
}
