//! While everyone knows a token, only requests to this machine's own names are answered, so that a page of another origin
//! cannot make its own name lead here (DNS rebinding) and then use that token: the browser would say the page's name as
//! the Host. And only those of this machine, as far as a proxy on it says for whom it asks.

use std::net::{IpAddr, Ipv6Addr};

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{CACHE_CONTROL, CONTENT_TYPE, HOST},
        uri::Authority,
    },
    response::{IntoResponse, Response},
};

use crate::{
    documents,
    own_origin::FORWARDED_HOST,
    proxies::{self, FORWARDED_FOR},
};

/// Why a request is not answered.
const REFUSAL: &str = "This server has the demo tokens, which everyone knows, and therefore answers only at localhost, \
                       127.0.0.1 or [::1]. Start it with --admin-token-file to use it under another name";

/// The refusal of a request to another machine's name, or of another machine. To be asked before anything is removed that
/// nobody believes: it is a reason to refuse, whoever says it.
pub(crate) fn refuse_others(request: &Request) -> Option<Response> {
    if is_for_loopback(request.uri(), request.headers()) && is_from_loopback(request.headers()) {
        return None;
    }
    let path = request.uri().path();
    let mut response = if path.starts_with("/api/") {
        documents::error_at(path, StatusCode::FORBIDDEN, REFUSAL)
    } else {
        (StatusCode::FORBIDDEN, [(CONTENT_TYPE, documents::PLAIN)], format!("{REFUSAL}.\n")).into_response()
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}

/// Whether every name that the request has for this server is one of this machine's. Browsers say at least one.
fn is_for_loopback(uri: &Uri, headers: &HeaderMap) -> bool {
    let host = |value: &HeaderValue| {
        let authority = value.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
        authority.is_some_and(|authority| is_loopback(authority.host()))
    };
    let mut named = headers.get_all(HOST).iter().chain(headers.get_all(FORWARDED_HOST));
    named.all(host) && uri.host().is_none_or(is_loopback)
}

/// Whether nobody beyond this machine asks, as far as proxies say. One on this machine may ask for `127.0.0.1` itself, as
/// nginx does where nothing else is said, whoever asks it.
fn is_from_loopback(headers: &HeaderMap) -> bool {
    let is_here = |address: &str| proxies::address_of(address.trim()).is_some_and(|address| address.is_loopback());
    let lines = headers.get_all(FORWARDED_FOR).iter();
    lines.map(HeaderValue::to_str).all(|line| line.is_ok_and(|line| line.split(',').all(is_here)))
}

fn is_loopback(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return true;
    }
    let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match bracketed {
        Some(address) => address.parse::<Ipv6Addr>().is_ok_and(|address| address.to_canonical().is_loopback()),
        None => name.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4() && address.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_from_here(lines: &[&'static str]) -> bool {
        is_from_loopback(&lines.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_static(line))).collect())
    }

    #[test]
    fn a_proxy_may_ask_for_this_machine_alone() {
        for lines in [&[][..], &["127.0.0.1"], &["::1"], &["127.0.0.1, [::1]:80", "::ffff:127.0.0.2"]] {
            assert!(is_from_here(lines), "{lines:?}");
        }
        for lines in
            [&["192.0.2.1"][..], &["127.0.0.1, 192.0.2.1"], &["127.0.0.1", "192.0.2.1"], &[""], &["a"], &["127.0.0.1,"]]
        {
            assert!(!is_from_here(lines), "{lines:?}");
        }
    }

    fn answered(uri: &'static str, hosts: &[&'static str]) -> bool {
        let headers = hosts.iter().map(|host| (HOST, HeaderValue::from_static(host))).collect();
        is_for_loopback(&Uri::from_static(uri), &headers)
    }

    #[test]
    fn the_names_of_this_machine_are_answered_at_any_port() {
        for host in [
            "localhost",
            "localhost:8080",
            "LocalHost:1",
            "localhost.",
            "console.localhost:8080",
            "127.0.0.1:8080",
            "127.1.2.3",
            "[::1]",
            "[::1]:8080",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]:80",
        ] {
            assert!(answered("/", &[host]), "{host}");
        }
        assert!(answered("/", &[]), "only programs say no Host, and they can say any");
    }

    #[test]
    fn other_names_are_not() {
        for host in [
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "notlocalhost",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "evil.example#localhost",
            "192.168.0.1:8080",
            "0.0.0.0:8080",
            "[::]:8080",
            "[2001:db8::1]",
            "::1",
            "128.0.0.1",
            "",
            " ",
        ] {
            assert!(!answered("/", &[host]), "{host}");
        }
        assert!(!answered("/", &["localhost", "evil.example"]));
        assert!(!answered("http://evil.example/", &["localhost"]));
        assert!(answered("http://localhost:1/", &["localhost:1"]));
    }
}
