//! The content types of answers, and the error documents of both APIs as far as they are alike for every part of the
//! server.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

/// Every body of the API.
pub(crate) const JSON_API: HeaderValue = HeaderValue::from_static("application/vnd.api+json");

/// What is read by people alone.
pub(crate) const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Where the legacy API is, whose errors are lists of sentences (facts.md 3.1).
const LEGACY: &str = "/api/v1/";

/// An answer with a JSON:API document.
pub(crate) fn json_api(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(CONTENT_TYPE, JSON_API)], bytes).into_response(),
        Err(error) => {
            tracing::error!("an answer cannot be written as JSON: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, JSON_API)], r#"{"errors":[]}"#).into_response()
        }
    }
}

/// A JSON:API document with one error, titled as its status is.
pub(crate) fn error(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default().to_lowercase();
    json_api(status, &json!({"errors": [{"status": status.as_str(), "title": title, "detail": detail}]}))
}

/// An error of the legacy API that is about no field.
pub(crate) fn legacy_error(status: StatusCode, sentence: &str) -> Response {
    (status, Json(json!({"errors": [sentence]}))).into_response()
}

/// An error as clients of this path expect it.
pub(crate) fn error_at(path: &str, status: StatusCode, sentence: &str) -> Response {
    if path.starts_with(LEGACY) { legacy_error(status, sentence) } else { error(status, sentence) }
}
