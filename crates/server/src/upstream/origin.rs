//! A scheme, a host and a port: where requests are forwarded to.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;
use thiserror::Error;

/// Where an installation answers: `https://tfe.example.com`, without a path.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin(Url);

/// What was given is no origin. Reads as the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected a scheme and a host without a path, for example https://tfe.example.com")]
pub struct OriginError;

impl Origin {
    /// Host, and the port where it is not the scheme's own.
    pub(super) fn authority(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether what is sent there can be read on the way: without TLS, and beyond this machine.
    pub(super) fn is_in_the_open(&self) -> bool {
        self.0.scheme() == "http" && !self.is_loopback()
    }

    /// Whether a URL has this host and port. The scheme may be another: an installation behind a proxy that speaks TLS may
    /// not know of it.
    pub(super) fn is_host_of(&self, url: &Url) -> bool {
        self.0.host_str() == url.host_str() && self.0.port() == url.port()
    }

    /// Whether it is this machine, to which no proxy leads.
    pub(super) fn is_loopback(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default().trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
    }

    /// The URL of this path with its query; `None` for a path that means another one, such as one with `..`.
    pub(super) fn at(&self, path_and_query: &str) -> Option<Url> {
        let path = path_and_query.split('?').next().unwrap_or_default();
        let url = Url::parse(&format!("{self}{path_and_query}")).ok()?;
        (url.path() == path).then_some(url)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let url = Url::parse(text).map_err(|_| OriginError)?;
        let is_plain = url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let is_http = matches!(url.scheme(), "http" | "https");
        if is_plain && is_http { Ok(Self(url)) } else { Err(OriginError) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.0.scheme(), self.authority())
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host_and_nothing_else() {
        for (text, shown) in [
            ("https://tfe.example.com", "https://tfe.example.com"),
            ("https://TFE.example.com:443/", "https://tfe.example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), shown);
        }
        for text in [
            "",
            "tfe.example.com",
            "ftp://tfe.example.com",
            "https://tfe.example.com/api",
            "https://user:secret@tfe.example.com",
            "https://tfe.example.com?a",
            "https://tfe.example.com#a",
            "file:///etc",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(OriginError), "{text}");
        }
    }

    #[test]
    fn a_path_stays_what_it_is() {
        let origin: Origin = "https://tfe.example.com".parse().unwrap();
        let url = origin.at("/api/v2/ping?a=%2e%2e").unwrap();
        assert_eq!(url.as_str(), "https://tfe.example.com/api/v2/ping?a=%2e%2e");
        for path in
            ["/api/v2/../admin", "/api/v2/%2e%2E/admin", "/api/./v2", "//other.example/", "@other.example/", "\\a"]
        {
            let url = origin.at(path);
            assert!(url.is_none_or(|url| url.host_str() == Some("tfe.example.com") && url.path() == path), "{path}");
        }
    }

    #[test]
    fn this_machine_has_many_addresses_and_none_of_them_is_in_the_open() {
        for text in [
            "http://localhost",
            "http://127.0.0.1:8080",
            "http://127.1.2.3",
            "http://[::1]",
            "http://[::ffff:127.0.0.1]:8080",
            "https://tfe.example.com",
        ] {
            assert!(!text.parse::<Origin>().unwrap().is_in_the_open(), "{text}");
        }
        for text in
            ["http://tfe.example.com", "http://10.0.0.1", "http://[::ffff:10.0.0.1]", "http://localhost.evil.example"]
        {
            assert!(text.parse::<Origin>().unwrap().is_in_the_open(), "{text}");
        }
    }
}
