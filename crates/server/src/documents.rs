//! The documents of answers: their content types, and what an error looks like in either API. Whoever answers the API
//! writes them here.

use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

/// Of a document of the newer API.
pub(crate) const JSON_API: HeaderValue = HeaderValue::from_static("application/vnd.api+json");
/// Of a document of the legacy API.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");

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

fn written(status: StatusCode, content_type: HeaderValue, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(CONTENT_TYPE, content_type)], bytes).into_response(),
        Err(error) => {
            tracing::error!("an answer cannot be written as JSON: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, [(CONTENT_TYPE, content_type)], r#"{"errors":[]}"#).into_response()
        }
    }
}
