//! The address under which a client reached this server, for the absolute URLs in answers.
//!
//! Which of the headers of a proxy are believed is not decided here: [`crate::proxies`] has removed the others.

use std::net::Ipv6Addr;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header::HOST},
};

/// The host that a proxy was asked for; `a.example, b.example` where there are several, the outermost first.
pub(crate) const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
/// The port that a proxy was asked at.
pub(crate) const FORWARDED_PORT: HeaderName = HeaderName::from_static("x-forwarded-port");
/// The scheme that a proxy was asked by.
pub(crate) const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
/// The path that a proxy hosts this server below.
pub(crate) const FORWARDED_PREFIX: HeaderName = HeaderName::from_static("x-forwarded-prefix");

/// The ports of `http` and `https`, which addresses do not name. Proxies that speak plain HTTP to each other also send
/// the one of the wrong scheme.
const USUAL_PORTS: [u16; 2] = [80, 443];

/// `http://host:port` by the request's own Host, or by the one that a proxy was asked for; `None` if there is none.
/// Behind a proxy that speaks TLS and says so, `https`; behind one that hosts this server below a path and says so, with
/// that path at its end.
pub(crate) fn own_origin(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let own = headers.get(HOST).and_then(|host| host.to_str().ok());
    let own = own.or(uri.authority().map(|authority| authority.as_str()));
    let host = outermost(headers, &FORWARDED_HOST).or(own).filter(|host| !host.is_empty())?;
    let port = outermost(headers, &FORWARDED_PORT).and_then(|port| port.parse::<u16>().ok());
    let port = port.filter(|port| port_of(host).is_none() && !USUAL_PORTS.contains(port));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let secure = outermost(headers, &FORWARDED_PROTO).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
    let prefix = headers.get(FORWARDED_PREFIX).and_then(|prefix| prefix.to_str().ok()).and_then(plain_path);
    Some(format!("{}://{host}{port}{}", if secure { "https" } else { "http" }, prefix.unwrap_or_default()))
}

/// Notes on a request that it came over this server's own TLS, as a proxy would.
pub(crate) fn say_that_it_is_secure(request: &mut Request) {
    request.headers_mut().insert(FORWARDED_PROTO, HeaderValue::from_static("https"));
}

/// The first value of a header to which each proxy on the way may have added its own.
pub(crate) fn outermost<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()?.split(',').next().map(str::trim)
}

/// Whether a text is a host as in an address: a name, an IPv4 address or an IPv6 address in brackets, and a port or none.
pub(crate) fn is_host(text: &str) -> bool {
    let port = port_of(text);
    let host = port.and_then(|port| text.strip_suffix(port)?.strip_suffix(':')).unwrap_or(text);
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let is_known = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        // The dot at the end of a name that is complete.
        None => host.len() <= 255 && host.strip_suffix('.').unwrap_or(host).split('.').all(is_label),
    };
    let is_number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    is_known && port.is_none_or(is_number)
}

/// What stands behind the colon that does not belong to an IPv6 address.
fn port_of(host: &str) -> Option<&str> {
    let (_, port) = host.rsplit_once(':')?;
    (!port.ends_with(']')).then_some(port)
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
    fn of_several_proxies_the_outermost_counts() {
        for (scheme, expected) in [("https, http", "https"), ("https,https", "https"), ("http, https", "http")] {
            assert_eq!(with(&[("x-forwarded-proto", scheme)]), format!("{expected}://console.example.com"));
        }
        assert_eq!(with(&[("x-forwarded-host", "tools.example.com, inner.example")]), "http://tools.example.com");
    }

    #[test]
    fn a_port_is_added_where_the_host_has_none_and_is_not_the_usual_one() {
        for (host, port, expected) in [
            ("a.example", "8443", "http://a.example:8443"),
            ("a.example:9000", "8443", "http://a.example:9000"),
            ("[::1]", "8443", "http://[::1]:8443"),
            ("[::1]:9000", "8443", "http://[::1]:9000"),
            ("a.example", "443", "http://a.example"),
            ("a.example", "80", "http://a.example"),
            ("a.example", "8443, 8080", "http://a.example:8443"),
            ("a.example", "many", "http://a.example"),
        ] {
            assert_eq!(with(&[("x-forwarded-host", host), ("x-forwarded-port", port)]), expected, "{host} {port}");
        }
        assert_eq!(with(&[("x-forwarded-port", "8443")]), "http://console.example.com:8443");
    }

    #[test]
    fn a_prefix_that_is_no_plain_path_is_ignored() {
        for odd in ["", "/", "console", "//evil.example", "/a//b", "/../b", "/a/.", "/a?b", "/a#b", "@evil.example"] {
            assert_eq!(with(&[("x-forwarded-prefix", odd)]), "http://console.example.com", "{odd}");
        }
    }

    #[test]
    fn a_host_is_a_name_or_an_address_with_a_port_or_none() {
        for host in
            ["a", "tfe.example.com", "tfe.example.com.", "a_b-c.example:8080", "127.0.0.1:1", "[::1]", "[::1]:80"]
        {
            assert!(is_host(host), "{host}");
        }
        let long = "a".repeat(256);
        for odd in [
            "", ".", ":80", "a:", "a:b", "a:65536", "a:+80", "a b", "a/b", "a\\b", "a?b", "a#b", "user@a", "a@b:80",
            "a..b", "a,b", "<a>", "a%2fb", "::1", "[::1", "[a]", "[::1]a", "[::1]:x", &long,
        ] {
            assert!(!is_host(odd), "{odd}");
        }
    }
}
