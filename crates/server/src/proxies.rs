//! Which proxies stand in front of this server, and therefore who asks and under which address.
//!
//! Everyone can send `X-Forwarded-Host`, `-Port`, `-Proto`, `-Prefix` and `-For`. They are believed where the connection
//! comes from a proxy that was named, and removed before anything else reads them where it does not
//! (docs/decisions/0022-proxies-in-front.md). nginx, Caddy and Apache send them in the same form.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, Version, header::HOST},
};
use ipnet::IpNet;
use thiserror::Error;

use crate::own_origin::{FORWARDED_HOST, FORWARDED_PORT, FORWARDED_PREFIX, FORWARDED_PROTO, is_host, outermost};

/// Who asked, and each proxy on the way but the last.
pub(crate) const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose word is taken. None by default.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// An address or a network in CIDR notation: `127.0.0.1`, `10.0.0.0/8`. One of IPv6 that stands for one of IPv4
/// (`::ffff:10.0.0.0/104`) is that one.
#[derive(Clone, Copy, Debug)]
pub struct Network(IpNet);

/// What was given is no network. Reads as the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected an address or a network, for example 127.0.0.1 or 10.0.0.0/8")]
pub struct NetworkError;

/// Who asks: the peer of the connection, or whom a trusted proxy names. Absent in a request that came over none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client(pub(crate) IpAddr);

impl TrustedProxies {
    /// Whether it is the address of one of them.
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The nearest address on the way that is no trusted proxy's. Each of them adds the address that it was asked from, so
    /// that what a client made up itself stands further to the left.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(FORWARDED_FOR).into_iter().map(|line| line.to_str().unwrap_or_default());
        let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut nearest = peer;
        for address in named.into_iter().rev() {
            if !self.trusts(nearest) {
                break;
            }
            let Some(address) = address_of(address) else { break };
            nearest = address;
        }
        nearest
    }
}

impl Client {
    /// What it has of the net, as [`network`].
    pub(crate) fn network(self) -> IpAddr {
        network(self.0)
    }
}

/// What one client has: an IPv4 address, or an IPv6 network (/64), of which it can take any address.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

impl FromIterator<Network> for TrustedProxies {
    fn from_iter<T: IntoIterator<Item = Network>>(networks: T) -> Self {
        Self(networks.into_iter().map(|Network(network)| network).collect())
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(|network| Self(canonical(network))).map_err(|_| NetworkError)
    }
}

/// As [`IpAddr::to_canonical`].
fn canonical(network: IpNet) -> IpNet {
    /// How long the network is that stands for all of IPv4.
    const MAPPED: u8 = 96;
    let mapped = match network {
        IpNet::V6(network) => network.addr().to_ipv4_mapped().zip(network.prefix_len().checked_sub(MAPPED)),
        IpNet::V4(_) => None,
    };
    mapped.and_then(|(address, length)| IpNet::new(address.into(), length).ok()).unwrap_or(network)
}

/// Some proxies write the port too.
pub(crate) fn address_of(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(in_brackets).map(|address: IpAddr| address.to_canonical())
}

/// Who asks, as far as it is known.
pub(crate) fn client(proxies: &TrustedProxies, request: &Request) -> Option<Client> {
    peer(request).map(|peer| Client(proxies.client(peer, request.headers())))
}

/// Removes what is not believed. Refuses a Host that is none.
pub(crate) fn read(proxies: &TrustedProxies, request: &mut Request) -> Result<(), Refused> {
    let peer = peer(request);
    if !peer.is_some_and(|peer| proxies.trusts(peer)) {
        for name in [FORWARDED_HOST, FORWARDED_PORT, FORWARDED_PROTO, FORWARDED_PREFIX, FORWARDED_FOR] {
            request.headers_mut().remove(name);
        }
    }
    let headers = request.headers();
    // What comes over no connection is this process' own (RFC 9112, 3.2).
    if peer.is_some() && request.version() == Version::HTTP_11 && !headers.contains_key(HOST) {
        return Err(Refused("The request has no Host header."));
    }
    let mut hosts: Vec<Option<&str>> = headers.get_all(HOST).into_iter().map(|host| host.to_str().ok()).collect();
    if hosts.is_empty() {
        hosts.extend(request.uri().authority().map(|authority| Some(authority.as_str())));
    }
    let forwarded = headers.contains_key(FORWARDED_HOST).then(|| outermost(headers, &FORWARDED_HOST));
    let is_known = |host: &Option<&str>| host.is_some_and(is_host);
    if hosts.len() > 1 || !hosts.iter().chain(&forwarded).all(is_known) {
        return Err(Refused("The Host header is no host."));
    }
    Ok(())
}

/// The other end of the connection that a request came over.
fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// Why a request is a 400; a sentence.
pub(crate) struct Refused(pub(crate) &'static str);

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use axum::http::HeaderValue;

    use super::*;

    fn proxies(networks: &[&str]) -> TrustedProxies {
        networks.iter().map(|network| network.parse::<Network>().unwrap()).collect()
    }

    fn client(networks: &[&str], peer: &str, lines: &[&'static str]) -> String {
        let lines = lines.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_static(line)));
        proxies(networks).client(peer.parse().unwrap(), &lines.collect()).to_string()
    }

    #[test]
    fn a_client_is_the_nearest_that_is_no_trusted_proxy() {
        let trusted = ["127.0.0.1", "10.0.0.0/8", "::1"];
        for (peer, lines, expected) in [
            ("192.0.2.1", &["203.0.113.9"][..], "192.0.2.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &["1.1.1.1", "203.0.113.9, 10.2.3.4"], "203.0.113.9"),
            ("127.0.0.1", &["10.1.1.1, 10.2.3.4"], "10.1.1.1"),
            ("127.0.0.1", &["1.1.1.1, unknown, 10.2.3.4"], "10.2.3.4"),
            ("127.0.0.1", &["203.0.113.9:4711"], "203.0.113.9"),
            ("::1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("::1", &["[2001:db8::1]"], "2001:db8::1"),
            ("::1", &["::ffff:203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", &[""], "127.0.0.1"),
        ] {
            assert_eq!(client(&trusted, peer, lines), expected, "{peer} {lines:?}");
        }
        assert_eq!(client(&[], "127.0.0.1", &["203.0.113.9"]), "127.0.0.1", "nobody is trusted by default");
    }

    #[test]
    fn a_network_of_ipv6_that_stands_for_one_of_ipv4_is_that_one() {
        for (network, trusted, others) in [
            ("::ffff:10.0.0.0/104", &["10.1.2.3", "::ffff:10.1.2.3"][..], &["11.1.2.3", "::10.1.2.3"][..]),
            ("::ffff:a00:1", &["10.0.0.1", "::ffff:10.0.0.1"], &["10.0.0.2"]),
            ("::ffff:0:0/96", &["10.1.2.3", "::ffff:11.1.2.3"], &["::1"]),
            ("10.0.0.0/8", &["10.1.2.3", "::ffff:10.1.2.3"], &["::ffff:11.1.2.3"]),
            ("::/0", &["::1", "2001:db8::1"], &["10.1.2.3", "::ffff:10.1.2.3"]),
        ] {
            let proxies = proxies(&[network]);
            assert!(trusted.iter().all(|address| proxies.trusts(address.parse().unwrap())), "{network}");
            assert!(!others.iter().any(|address| proxies.trusts(address.parse().unwrap())), "{network}");
        }
    }

    #[test]
    fn a_network_is_an_address_or_has_a_length() {
        for text in ["127.0.0.1", "::1", "10.0.0.0/8", "fd00::/8"] {
            assert!(text.parse::<Network>().is_ok(), "{text}");
        }
        for text in ["", "proxy.example.com", "10.0.0.0/33", "127.0.0.1:80", "10.0.0.0/"] {
            assert_eq!(text.parse::<Network>().err(), Some(NetworkError), "{text}");
        }
    }

    #[test]
    fn addresses_of_one_network_are_one_client() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!((of("203.0.113.9").as_str(), of("::ffff:203.0.113.9").as_str()), ("203.0.113.9", "203.0.113.9"));
    }
}
