//! Why there is no answer of the installation, and how that is told: as a JSON:API error document that names it. What a
//! client of the legacy API did wrong is told as that API does, as a list of sentences ([`Legacy`]).

use std::error::Error as _;

use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use thiserror::Error;

use super::{Origin, Told, room::Kind, seal::SealError};
use crate::documents;

/// Why a request was not forwarded, or not answered.
#[derive(Debug, Error)]
pub(super) enum Failure {
    /// No path or no method that the console uses.
    #[error("The console does not use this, so it is not forwarded.")]
    NotForwarded,
    /// The path is right and the method is not.
    #[error("The console does not use this, so it is not forwarded.")]
    MethodNotAllowed,
    /// The call needs a token and came without one.
    #[error("This call needs a token, and it came without one.")]
    Unauthorized,
    /// The body is longer than any document of its kind; the limit in bytes.
    #[error("The body is longer than {0} bytes, the limit of this server.")]
    TooLarge(usize),
    /// The body did not arrive.
    #[error("The body did not arrive.")]
    NoBody,
    /// The sender of an archive sent nothing for so many seconds.
    #[error("Nothing more of the archive arrived for {0} s, so that the upload was given up.")]
    SenderSilent(u64),
    /// An upload to a path that this server did not issue, or no longer knows.
    #[error(transparent)]
    Sealed(#[from] SealError),
    /// So many are being forwarded already.
    #[error("This server forwards {1} {0} at once, and as many are under way. Try again.")]
    Busy(Kind, usize),
    /// Documents take all the memory that there is for them.
    #[error("This server has no room for another document. Try again.")]
    Full,
    /// No connection, no TLS, or one that ended too early.
    #[error("{0} cannot be reached: {1}.{hint}", hint = way_out(_1))]
    Away(Origin, String),
    /// Nothing came for so many seconds.
    #[error("{0} did not answer within {1} s.")]
    Silent(Origin, u64),
    /// It answered with another place to ask; its host.
    #[error(
        "{0} redirects to {place}. That is not followed, since the token would go along: start with the address that it \
         redirects to.", place = _1.as_deref().unwrap_or("another place")
    )]
    Redirects(Origin, Option<String>),
    /// It answered with a status that ends no call.
    #[error("{0} answered with the status {1}, which is no answer to a call.")]
    NoStatus(Origin, u16),
    /// It created a version, and what it says of it is no such thing.
    #[error(
        "{0} created the configuration version, but its answer cannot be read: {1}. Nothing can be uploaded to this \
         version: create another one."
    )]
    Unreadable(Origin, String),
    /// It created a version without a place for its archive.
    #[error(
        "{0} created the configuration version, but its upload path is none that an archive can be sent to. Nothing can \
         be uploaded to this version."
    )]
    UploadNowhere(Origin),
    /// It created a version whose archive it wants at a host that nobody named.
    #[error(
        "{0} created the configuration version, but wants its archive at {1}, which is not forwarded to. Start with \
         --upload-host {1}."
    )]
    UploadElsewhere(Origin, String),
}

/// What helps where a connection failed for this reason.
fn way_out(reason: &str) -> &'static str {
    let is_unknown = ["UnknownIssuer", "self-signed", "CaUsedAsEndEntity"].iter().any(|text| reason.contains(text));
    if is_unknown { " The certificate of a private authority is given with --upstream-ca." } else { "" }
}

/// A failure in a call of the legacy API.
pub(super) struct Legacy(Failure);

impl From<Failure> for Legacy {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

impl Failure {
    /// What went wrong with a request to `origin`. Never with its URL, which may be a secret.
    pub(super) fn of(origin: &Origin, error: &reqwest::Error, connect_seconds: u64) -> Self {
        if error.is_connect() && error.is_timeout() {
            return Self::Silent(origin.clone(), connect_seconds);
        }
        let mut cause: &dyn std::error::Error = error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        let reason = if error.source().is_some() { cause.to_string() } else { "the request failed".to_owned() };
        Self::Away(origin.clone(), reason)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotForwarded | Self::Sealed(_) => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoBody => StatusCode::BAD_REQUEST,
            Self::Busy(..) | Self::Full => StatusCode::SERVICE_UNAVAILABLE,
            Self::Away(..)
            | Self::Redirects(..)
            | Self::NoStatus(..)
            | Self::Unreadable(..)
            | Self::UploadNowhere(_)
            | Self::UploadElsewhere(..) => StatusCode::BAD_GATEWAY,
            // A 408 would have browsers send everything again by themselves.
            Self::Silent(..) | Self::SenderSilent(_) => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// Adds to an answer what goes with it besides its document.
    fn complete(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        match self {
            Self::Unauthorized => headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::Busy(..) | Self::Full => headers.insert(RETRY_AFTER, HeaderValue::from_static("1")),
            _ => None,
        };
        if self.status().is_server_error() {
            response.extensions_mut().insert(Told(self.to_string()));
        }
        response
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.complete(documents::error(self.status(), &self.to_string()))
    }
}

impl IntoResponse for Legacy {
    fn into_response(self) -> Response {
        let Self(failure) = self;
        if failure.status().is_server_error() {
            return failure.into_response();
        }
        failure.complete(documents::legacy_error(failure.status(), &failure.to_string()))
    }
}
