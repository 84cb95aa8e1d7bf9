//! The headers that every answer carries, files and API alike.
//!
//! The Origin of a request is not checked. The API takes its right from a bearer token that no browser sends on its own
//! and sends no CORS headers, so a page of another origin can neither ride on a session nor read an answer. A page that
//! rebinds its name to this machine has no token either, except for the demo tokens: while those are valid, other names
//! than this machine's are refused (`embedded/loopback.rs`).
//!
//! What it must not know: what is being answered.

use axum::{
    http::{
        HeaderName, HeaderValue,
        header::{
            CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
            X_FRAME_OPTIONS,
        },
    },
    response::Response,
};

/// The one policy that the hosted page runs under, the same for every build.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// Nothing but writing to the clipboard, for the copy buttons.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "accelerometer=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), geolocation=(), \
     gyroscope=(), hid=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()",
);

const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// For a year, browsers ask for this name over TLS alone.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Adds the headers to an answer. One more where it goes over the server's own TLS.
pub(crate) fn add_headers(response: &mut Response, is_over_tls: bool) {
    response.headers_mut().extend(HEADERS);
    if is_over_tls {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
}
