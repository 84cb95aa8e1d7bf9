//! The address under which a client reached this server, for the absolute URLs in answers.

use axum::http::{HeaderMap, Uri, header::HOST};

/// `http://host:port` by the request's own Host; `None` if it has none. Behind a proxy that speaks TLS and says so, `https`.
pub(crate) fn origin(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(uri.authority().map(|authority| authority.as_str())).filter(|host| !host.is_empty())?;
    let secure =
        headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
    Some(format!("{}://{host}", if secure { "https" } else { "http" }))
}
