//! The one error of the legacy API, in the two shapes that its documents and its clients know (facts.md 3.1): what is
//! wrong with fields is an object of lists, `{"errors": {"name": ["…"]}}`; everything else is a list of sentences,
//! `{"errors": ["Resource not found!"]}`.
//!
//! 429 and the 500 of a panic come from around both APIs and have the newer one's shape, which clients read too.
//! No message repeats a token or an upload path.

use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{documents, store::StoreError};

/// The most sentences about one field that one answer tells.
const MOST: usize = 20;

/// What is wrong, by the name of the field.
#[derive(Debug, Default)]
pub(crate) struct Problems(BTreeMap<&'static str, FieldProblems>);

#[derive(Debug, Default)]
struct FieldProblems {
    told: Vec<String>,
    more: usize,
}

impl Problems {
    /// Adds what is wrong with a field: a sentence that begins with its name.
    pub(super) fn add(&mut self, field: &'static str, wrong: impl Into<String>) {
        let problems = self.0.entry(field).or_default();
        if problems.told.len() < MOST {
            problems.told.push(wrong.into());
        } else {
            problems.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn into_lists(self) -> BTreeMap<&'static str, Vec<String>> {
        let list = |FieldProblems { mut told, more }: FieldProblems| {
            told.extend((more > 0).then(|| format!("has {more} more problems")));
            told
        };
        self.0.into_iter().map(|(field, problems)| (field, list(problems))).collect()
    }
}

/// Why a request is not answered as asked.
#[derive(Debug)]
pub(crate) enum LegacyError {
    /// 400: the request makes no sense or did not arrive; the sentence.
    Malformed(String),
    /// 401: no token, or one that is nobody's.
    Unauthorized,
    /// 404: there is no such thing, or the token is not an administrator's.
    NotFound,
    /// 404: the upload path is no longer valid.
    Expired,
    /// 405: the path is right and the method is not.
    MethodNotAllowed,
    /// 408: the sender stopped sending; for how many seconds it was waited for.
    Stalled(u64),
    /// 409: this path has its archive, or is getting it; the sentence.
    Conflict(&'static str),
    /// 413: what is too long, and the limit in bytes.
    TooLarge(&'static str, u64),
    /// 422: these fields are wrong.
    Invalid(Problems),
    /// 422: the archive is none; the sentence.
    NotAnArchive(&'static str),
    /// 507: all archives together would take more than this many bytes.
    QuotaReached(u64),
    /// 507: there is no room for what was to be kept.
    Full,
    /// 500: a fault of this server; the cause, which is logged and not sent.
    Internal(String),
}

impl LegacyError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotFound | Self::Expired => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Stalled(_) => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge(..) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) | Self::NotAnArchive(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::QuotaReached(_) | Self::Full => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened, in a sentence.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Malformed(sentence) => sentence.clone(),
            Self::Unauthorized => "Authentication failed".to_owned(),
            Self::NotFound => "Resource not found!".to_owned(),
            Self::Expired => "The upload path has expired. Create a new configuration version".to_owned(),
            Self::MethodNotAllowed => "Method not allowed".to_owned(),
            Self::Stalled(seconds) => format!("Nothing arrived for {seconds} seconds. Try again"),
            Self::Conflict(sentence) => (*sentence).to_owned(),
            Self::TooLarge(what, limit) => format!("{what} is longer than {limit} bytes, the limit of this server"),
            Self::Invalid(_) => "Some fields are wrong".to_owned(),
            Self::NotAnArchive(sentence) => (*sentence).to_owned(),
            Self::QuotaReached(quota) => {
                format!("There is no room for the archive: all archives together may take {quota} bytes on this server")
            }
            Self::Full => "The disk of the server is full".to_owned(),
            Self::Internal(_) => "The server failed".to_owned(),
        }
    }
}

impl From<StoreError> for LegacyError {
    fn from(error: StoreError) -> Self {
        if error.is_full() { Self::Full } else { Self::Internal(error.to_string()) }
    }
}

impl From<rusqlite::Error> for LegacyError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<getrandom::Error> for LegacyError {
    fn from(error: getrandom::Error) -> Self {
        Self::Internal(format!("there is no randomness for a token: {error}"))
    }
}

impl IntoResponse for LegacyError {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) = &self {
            tracing::error!("{cause}");
        }
        let status = self.status();
        let mut response = match self {
            Self::Invalid(problems) => documents::legacy(status, &json!({"errors": problems.into_lists()})),
            other => documents::legacy_error(status, &other.sentence()),
        };
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
