//! Why there is no answer of the installation, and how that is told: as a JSON:API error document that names it. What a
//! client of the legacy API did wrong is told as that API does, as a list of sentences ([`Legacy`]).

use std::{error::Error, fmt};

use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Origin, Told, room::Kind, seal::SealError};

/// Why a request was not forwarded, or not answered.
#[derive(Debug)]
pub(super) enum Failure {
    /// No path or no method that the console uses.
    NotForwarded,
    /// The path is right and the method is not.
    MethodNotAllowed,
    /// The call needs a token and came without one.
    Unauthorized,
    /// The body is longer than any document of its kind; the limit in bytes.
    TooLarge(usize),
    /// The body did not arrive.
    NoBody,
    /// The sender of an archive sent nothing for so many seconds.
    SenderSilent(u64),
    /// An upload to a path that this server did not issue, or no longer knows.
    Sealed(SealError),
    /// So many are being forwarded already.
    Busy(Kind, usize),
    /// Documents take all the memory that there is for them.
    Full,
    /// No connection, no TLS, or one that ended too early.
    Away(Origin, String),
    /// Nothing came for so many seconds.
    Silent(Origin, u64),
    /// It answered with another place to ask; its host.
    Redirects(Origin, Option<String>),
    /// It created a version whose archive it wants at a host that nobody named.
    UploadElsewhere(Origin, String),
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
        let mut cause: &dyn Error = error;
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
            Self::Away(..) | Self::Redirects(..) | Self::UploadElsewhere(..) => StatusCode::BAD_GATEWAY,
            // A 408 would have browsers send everything again by themselves.
            Self::Silent(..) | Self::SenderSilent(_) => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    fn answer(&self, body: impl IntoResponse) -> Response {
        let status = self.status();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        match self {
            Self::Unauthorized => headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            Self::Busy(..) | Self::Full => headers.insert(RETRY_AFTER, HeaderValue::from_static("1")),
            _ => None,
        };
        if status.is_server_error() {
            response.extensions_mut().insert(Told(self.to_string()));
        }
        response
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForwarded | Self::MethodNotAllowed => {
                formatter.write_str("The console does not use this, so it is not forwarded.")
            }
            Self::Unauthorized => formatter.write_str("This call needs a token, and it came without one."),
            Self::TooLarge(limit) => {
                write!(formatter, "The body is longer than {limit} bytes, the limit of this server.")
            }
            Self::NoBody => formatter.write_str("The body did not arrive."),
            Self::SenderSilent(seconds) => {
                write!(
                    formatter,
                    "Nothing more of the archive arrived for {seconds} s, so that the upload was given up."
                )
            }
            Self::Sealed(SealError::Unknown) => formatter.write_str(
                "This server did not issue this upload path, or was started again since. Create a new configuration \
                 version.",
            ),
            Self::Sealed(SealError::Expired) => {
                formatter.write_str("The upload path has expired. Create a new configuration version.")
            }
            Self::Busy(kind, limit) => {
                write!(formatter, "This server forwards {limit} {kind} at once, and as many are under way. Try again.")
            }
            Self::Full => formatter.write_str("This server has no room for another document. Try again."),
            Self::Away(origin, reason) => {
                write!(formatter, "{origin} cannot be reached: {reason}.")?;
                if reason.contains("UnknownIssuer")
                    || reason.contains("self-signed")
                    || reason.contains("CaUsedAsEndEntity")
                {
                    formatter.write_str(" The certificate of a private authority is given with --upstream-ca.")?;
                }
                Ok(())
            }
            Self::Silent(origin, seconds) => write!(formatter, "{origin} did not answer within {seconds} s."),
            Self::Redirects(origin, host) => {
                let host = host.as_deref().unwrap_or("another place");
                write!(
                    formatter,
                    "{origin} redirects to {host}. That is not followed, since the token would go along: start with the \
                     address that it redirects to."
                )
            }
            Self::UploadElsewhere(origin, host) => write!(
                formatter,
                "{origin} created the configuration version, but wants its archive at {host}, which is not forwarded \
                 to. Start with --upload-host {host}."
            ),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.status();
        let title = status.canonical_reason().unwrap_or_default().to_lowercase();
        let error = json!({"status": status.as_str(), "title": title, "detail": self.to_string()});
        let kind = (CONTENT_TYPE, HeaderValue::from_static("application/vnd.api+json"));
        self.answer(([kind], json!({"errors": [error]}).to_string()))
    }
}

impl IntoResponse for Legacy {
    fn into_response(self) -> Response {
        let Self(failure) = self;
        if failure.status().is_server_error() {
            return failure.into_response();
        }
        failure.answer(Json(json!({"errors": [failure.to_string()]})))
    }
}
