//! Who calls: read from `Authorization: Bearer`, as extractors that a handler names as its first arguments.
//!
//! A valid token without the right gets 404, as a missing resource does; 401 is for no token and for nobody's.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};

use super::{Embedded, error::ApiError};
use crate::tokens::{Owner, Tokens};

/// The request came with a valid token.
pub(crate) struct Authenticated(pub(crate) Owner);

/// The request came with an administrator's token.
pub(crate) struct Administrator;

/// Whose token a request came with; `None` for no token and for nobody's.
pub(crate) fn owner(tokens: &Tokens, headers: &HeaderMap) -> Option<Owner> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    tokens.owner_of(token.trim())
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
