//! Why there is no answer of the installation, and how that is told: as a JSON:API error document that names it.

use std::{error::Error, fmt};

use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{Origin, Told};

/// Why a request was not forwarded, or not answered.
#[derive(Debug)]
pub(super) enum Failure {
    /// No path or no method that the console uses.
    NotForwarded,
    /// The path is right and the method is not.
    MethodNotAllowed,
    /// The body is longer than any document.
    TooLarge,
    /// The body did not arrive.
    NoBody,
    /// An upload to a host that nobody named.
    UnknownUploadHost,
    /// No connection, no TLS, or one that ended too early.
    Away(Origin, String),
    /// Nothing came for so many seconds.
    Silent(Origin, u64),
    /// It answered with another place to ask; its host.
    Redirects(Origin, Option<String>),
    /// It created a version whose archive it wants at a host that nobody named.
    UploadElsewhere(Origin, String),
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
            Self::NotForwarded | Self::UnknownUploadHost => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoBody => StatusCode::BAD_REQUEST,
            Self::Away(..) | Self::Redirects(..) | Self::UploadElsewhere(..) => StatusCode::BAD_GATEWAY,
            Self::Silent(..) => StatusCode::GATEWAY_TIMEOUT,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotForwarded | Self::MethodNotAllowed => {
                formatter.write_str("The console does not use this, so it is not forwarded.")
            }
            Self::TooLarge => formatter.write_str("The body is too large."),
            Self::NoBody => formatter.write_str("The body did not arrive."),
            Self::UnknownUploadHost => formatter.write_str("No upload host of this name is forwarded to."),
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
        let type_ = (CONTENT_TYPE, HeaderValue::from_static("application/vnd.api+json"));
        let mut response = (status, [type_], json!({"errors": [error]}).to_string()).into_response();
        if status.is_server_error() {
            response.extensions_mut().insert(Told(self.to_string()));
        }
        response
    }
}
