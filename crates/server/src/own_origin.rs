//! The address under which a client reached this server, for the absolute URLs in answers.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Uri, header::HOST},
};

/// `http://host:port` by the request's own Host; `None` if it has none. Behind a proxy that speaks TLS and says so,
/// `https`; behind one that hosts this server below a path and says so, with that path at its end.
pub(crate) fn own_origin(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(uri.authority().map(|authority| authority.as_str())).filter(|host| !host.is_empty())?;
    let secure =
        headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
    let prefix = headers.get("x-forwarded-prefix").and_then(|prefix| prefix.to_str().ok()).and_then(plain_path);
    Some(format!("{}://{host}{}", if secure { "https" } else { "http" }, prefix.unwrap_or_default()))
}

/// Notes on a request that it came over this server's own TLS, as a proxy would.
pub(crate) async fn say_that_it_is_secure(mut request: Request) -> Request {
    request.headers_mut().insert("x-forwarded-proto", HeaderValue::from_static("https"));
    request
}

/// A path without anything that could mean another place, and without the slash at its end.
fn plain_path(text: &str) -> Option<&str> {
    let path = text.trim_end_matches('/');
    let mut names = path.strip_prefix('/')?.split('/');
    let is_plain = path.bytes().all(|it| it.is_ascii_alphanumeric() || b"/-._~".contains(&it));
    (is_plain && names.all(|name| !name.is_empty() && !name.starts_with('.'))).then_some(path)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn with(more: &[(&'static str, &'static str)]) -> String {
        let headers = [("host", "console.example.com")].iter().chain(more);
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect();
        own_origin(&headers, &Uri::from_static("/api")).unwrap()
    }

    #[test]
    fn a_proxy_says_how_it_was_reached() {
        assert_eq!(with(&[]), "http://console.example.com");
        assert_eq!(with(&[("x-forwarded-proto", "HTTPS")]), "https://console.example.com");
        for prefix in ["/console", "/console/"] {
            assert_eq!(with(&[("x-forwarded-prefix", prefix)]), "http://console.example.com/console");
        }
        assert_eq!(with(&[("x-forwarded-prefix", "/a/b-c")]), "http://console.example.com/a/b-c");
    }

    #[test]
    fn a_prefix_that_is_no_plain_path_is_ignored() {
        for odd in ["", "/", "console", "//evil.example", "/a//b", "/../b", "/a/.", "/a?b", "/a#b", "@evil.example"] {
            assert_eq!(with(&[("x-forwarded-prefix", odd)]), "http://console.example.com", "{odd}");
        }
    }
}
