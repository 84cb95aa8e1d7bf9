//! Who calls: read from `Authorization: Bearer`, or `X-Atlas-Token` for the legacy API, as extractors that a handler
//! names as its first arguments.
//!
//! A valid token without the right gets 404, as a missing resource does; 401 is for no token and for nobody's.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};

use super::{Embedded, error::ApiError, legacy_error::LegacyError};
use crate::tokens::{Owner, Tokens};

/// The request came with a valid token.
pub(crate) struct Authenticated(pub(crate) Owner);

/// The request came with an administrator's token.
pub(crate) struct Administrator;

/// The request came with an administrator's token in either header: for the legacy API.
pub(crate) struct LegacyAdministrator;

/// Whose token a request came with; `None` for no token and for nobody's.
pub(crate) fn owner(tokens: &Tokens, headers: &HeaderMap) -> Option<Owner> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    tokens.owner_of(token.trim())
}

/// As [`owner`], where the header of the legacy API counts as well, and first.
pub(crate) fn owner_in_either(tokens: &Tokens, headers: &HeaderMap) -> Option<Owner> {
    match headers.get("x-atlas-token") {
        Some(token) => tokens.owner_of(token.to_str().ok()?.trim()),
        None => owner(tokens, headers),
    }
}

impl FromRequestParts<Embedded> for Authenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Embedded) -> Result<Self, ApiError> {
        owner(&state.tokens, &parts.headers).map(Self).ok_or(ApiError::Unauthorized)
    }
}

impl FromRequestParts<Embedded> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &Embedded) -> Result<Self, ApiError> {
        match Authenticated::from_request_parts(parts, state).await? {
            Authenticated(Owner::Administrator) => Ok(Self),
            Authenticated(Owner::User) => Err(ApiError::NotFound),
        }
    }
}

impl FromRequestParts<Embedded> for LegacyAdministrator {
    type Rejection = LegacyError;

    async fn from_request_parts(parts: &mut Parts, state: &Embedded) -> Result<Self, LegacyError> {
        match owner_in_either(&state.tokens, &parts.headers) {
            Some(Owner::Administrator) => Ok(Self),
            Some(Owner::User) => Err(LegacyError::NotFound),
            None => Err(LegacyError::Unauthorized),
        }
    }
}
