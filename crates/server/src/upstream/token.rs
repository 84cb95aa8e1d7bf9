//! Whether a call came with a token. Whether it is a valid one, only the installation knows.

use axum::http::{HeaderMap, header::AUTHORIZATION};

/// Which API a call is of, and therefore where its token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Api {
    /// `GET /api/v2/ping`, for which none is needed.
    Ping,
    /// `/api/v2`: `Authorization: Bearer`.
    Second,
    /// `/api/v1`: `X-Atlas-Token`, or as above.
    Legacy,
}

impl Api {
    /// Whether a call may come without one.
    pub(super) fn is_open(self) -> bool {
        self == Self::Ping
    }

    /// Whether a token is there.
    pub(super) fn has_token(self, headers: &HeaderMap) -> bool {
        let atlas = || headers.get("x-atlas-token").is_some_and(|token| !token.as_bytes().trim_ascii().is_empty());
        match self {
            Self::Ping | Self::Second => has_bearer(headers),
            Self::Legacy => atlas() || has_bearer(headers),
        }
    }
}

fn has_bearer(headers: &HeaderMap) -> bool {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let parts = value.and_then(|value| value.trim().split_once(' '));
    parts.is_some_and(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty())
}
