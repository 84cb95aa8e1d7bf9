//! Which headers pass. What is not named here stays on its own side: cookies, what belongs to one connection alone, and
//! what would speak for the console's own origin.

use axum::http::{
    HeaderMap, HeaderName,
    header::{
        ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_ENCODING,
        CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, DATE, ETAG, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
        TRANSFER_ENCODING, USER_AGENT, VARY, WWW_AUTHENTICATE,
    },
};

const REQUEST: [HeaderName; 11] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    AUTHORIZATION,
    CONTENT_TYPE,
    CONTENT_LENGTH,
    IF_NONE_MATCH,
    USER_AGENT,
    HeaderName::from_static("terraform-version"),
    HeaderName::from_static("x-atlas-token"),
    HeaderName::from_static("x-request-id"),
];

/// An upload carries no token: its path is the secret.
const UPLOAD: [HeaderName; 3] = [CONTENT_TYPE, CONTENT_LENGTH, USER_AGENT];

const RESPONSE: [HeaderName; 13] = [
    ALLOW,
    CACHE_CONTROL,
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    DATE,
    ETAG,
    LAST_MODIFIED,
    RETRY_AFTER,
    VARY,
    WWW_AUTHENTICATE,
    HeaderName::from_static("x-request-id"),
];

/// Rate limits, and the version and the name of the installation (facts.md 1.7).
const RESPONSE_PREFIXES: [&str; 4] = ["x-ratelimit-", "ratelimit", "tfp-", "x-tfe-"];

/// What of a request to the API passes.
pub(super) fn of_request(headers: &HeaderMap) -> HeaderMap {
    only(headers, |name| REQUEST.contains(name))
}

/// What of an upload passes.
pub(super) fn of_upload(headers: &HeaderMap) -> HeaderMap {
    only(headers, |name| UPLOAD.contains(name))
}

/// What of an answer passes.
pub(super) fn of_response(headers: &HeaderMap) -> HeaderMap {
    let is_prefixed = |name: &HeaderName| RESPONSE_PREFIXES.iter().any(|prefix| name.as_str().starts_with(prefix));
    let mut kept = only(headers, |name| RESPONSE.contains(name) || is_prefixed(name));
    if headers.contains_key(TRANSFER_ENCODING) {
        // The body ended where that says (RFC 9112, 6.3), so that a length beside it is another one.
        kept.remove(CONTENT_LENGTH);
    }
    kept
}

fn only(headers: &HeaderMap, passes: impl Fn(&HeaderName) -> bool) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| passes(name)) {
        kept.append(name, value.clone());
    }
    kept
}
