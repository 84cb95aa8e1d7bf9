//! The one error of the API: what a handler returns is what the client reads, a JSON:API error document.
//!
//! Titles and the shapes of 401, 404 and 429 are those of a real installation (facts.md 1.8).

use axum::{
    http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};
use serde_json::json;
use wire::{ErrorDocument, ErrorObject, ErrorSource};

use crate::{documents, store::StoreError};

/// The most problems that one answer tells.
const MOST: usize = 50;

/// Why a request is not answered as asked.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// 400: the body is not JSON, or did not arrive; the detail.
    Malformed(String),
    /// 401: no token, or one that is nobody's.
    Unauthorized,
    /// 404: there is no such thing, or the token is not an administrator's. Nobody can tell which.
    NotFound,
    /// 405: the path is right and the method is not.
    MethodNotAllowed,
    /// 413: the body is longer than any resource can be; the limit in bytes.
    TooLarge(usize),
    /// 422: these parts of the body are wrong, all of them.
    Invalid(Vec<Invalid>),
    /// 422: the state of the resource forbids it; the reasons.
    Refused(Vec<String>),
    /// 429: more requests in this second than the limit allows.
    TooManyRequests,
    /// 507: there is no room for what was to be kept.
    Full,
    /// 500: a fault of this server; the cause, which is logged and not sent.
    Internal(String),
}

/// One wrong part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// A JSON pointer, for example `/data/attributes/url`.
    pub(crate) pointer: String,
    /// A sentence that begins with the name of the attribute.
    pub(crate) detail: String,
}

impl Invalid {
    /// A wrong attribute by its name in JSON: `deprecated-reason` reads "Deprecated reason …".
    pub(crate) fn attribute(name: &str, what: &str) -> Self {
        let words = name.replace('-', " ");
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        let label: String = first.into_iter().chain(letters).collect();
        Self { pointer: format!("/data/attributes/{name}"), detail: format!("{label} {what}") }
    }
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn errors(self) -> Vec<ErrorObject> {
        let status = self.status();
        let error = |title: &str, detail: Option<String>| ErrorObject {
            status: Some(status.as_str().to_owned()),
            title: Some(title.to_owned()),
            detail,
            source: None,
        };
        match self {
            Self::Malformed(detail) => vec![error("bad request", Some(detail))],
            Self::Unauthorized => vec![error("unauthorized", None)],
            Self::NotFound => vec![error("not found", None)],
            Self::MethodNotAllowed => vec![error("method not allowed", None)],
            Self::TooLarge(limit) => {
                vec![error("payload too large", Some(format!("The body is longer than {limit} bytes")))]
            }
            Self::Invalid(parts) => parts
                .into_iter()
                .take(MOST)
                .map(|Invalid { pointer, detail }| ErrorObject {
                    source: Some(ErrorSource { pointer: Some(pointer), parameter: None }),
                    ..error("invalid attribute", Some(detail))
                })
                .collect(),
            Self::Refused(reasons) => {
                reasons.into_iter().map(|reason| error("unprocessable entity", Some(reason))).collect()
            }
            Self::TooManyRequests => {
                vec![error("Too many requests", Some("You have exceeded the API's rate limit.".to_owned()))]
            }
            Self::Full => vec![error("insufficient storage", Some("The disk of the server is full".to_owned()))],
            Self::Internal(_) => vec![error("internal server error", None)],
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_full() { Self::Full } else { Self::Internal(error.to_string()) }
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(format!("there is no randomness for an id: {error}"))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        match self {
            // A real installation writes this status, and only this one, as a number.
            Self::TooManyRequests => {
                let numbered = self.errors().into_iter().map(|ErrorObject { title, detail, .. }| {
                    json!({"detail": detail, "status": status.as_u16(), "title": title})
                });
                documents::json_api(status, &json!({"errors": numbered.collect::<Vec<_>>()}))
            }
            Self::Unauthorized => {
                let mut response = documents::json_api(status, &ErrorDocument { errors: self.errors() });
                response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                response
            }
            _ => {
                if let Self::Internal(cause) = &self {
                    tracing::error!("{cause}");
                }
                documents::json_api(status, &ErrorDocument { errors: self.errors() })
            }
        }
    }
}
