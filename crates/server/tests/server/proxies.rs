//! Proxies in front of the server: whose word is taken, and for what.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, Uri},
};
use tfe_console_server::{EmbeddedOptions, Mode, Network, Options, Tokens, TrustedProxies, start};
use tokio::net::TcpStream;

use crate::{
    connections::support::{answer, send},
    support::{Answer, KEPT_TOKEN, Server, VERSIONS},
};

const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

fn behind(networks: &[&str]) -> Server {
    let trusted_proxies: TrustedProxies = networks.iter().map(|it| it.parse::<Network>().unwrap()).collect();
    let tokens = Tokens::new(KEPT_TOKEN, None).unwrap();
    let mode = Mode::Embedded(EmbeddedOptions { tokens, ..EmbeddedOptions::default() });
    Server::with(Options { trusted_proxies, mode, ..Options::default() })
}

/// A request that comes over a connection from `peer`.
async fn ask_from(peer: &str, server: &Server, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path).header("x-atlas-token", server.1);
    let request = request.header("authorization", format!("Bearer {}", server.1));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let peer = ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4711));
    server.send(request.extension(peer).body(Body::from("{\"version\":{}}")).unwrap()).await
}

/// The origin of a new upload path.
async fn origin(peer: &str, server: &Server, headers: &[(&str, &str)]) -> String {
    let answer = ask_from(peer, server, "POST", CREATE, headers).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let path: Uri = answer.json["upload_path"].as_str().unwrap().parse().unwrap();
    format!("{}://{}", path.scheme_str().unwrap(), path.authority().unwrap())
}

/// What Apache's mod_proxy sends by itself: the backend's own Host, and what it was asked for beside it.
const APACHE: [(&str, &str); 5] = [
    ("host", "127.0.0.1:8080"),
    ("x-forwarded-for", "203.0.113.9"),
    ("x-forwarded-host", "console.example.com"),
    ("x-forwarded-server", "apache.internal"),
    ("x-forwarded-proto", "https"),
];

#[tokio::test]
async fn the_host_that_a_trusted_proxy_was_asked_for_is_this_servers_own() {
    let server = behind(&["127.0.0.1", "10.0.0.0/8"]);
    for peer in ["127.0.0.1", "10.9.8.7", "::ffff:127.0.0.1"] {
        assert_eq!(origin(peer, &server, &APACHE).await, "https://console.example.com", "{peer}");
    }
    for (headers, expected) in [
        (&[("x-forwarded-host", "a.example"), ("x-forwarded-port", "8443")][..], "http://a.example:8443"),
        (&[("x-forwarded-host", "a.example:8443")], "http://a.example:8443"),
        (&[("x-forwarded-port", "8443")], "http://inner.example:8443"),
        (&[("x-forwarded-port", "443"), ("x-forwarded-proto", "https, http")], "https://inner.example"),
        (&[("x-forwarded-host", "a.example, b.example"), ("x-forwarded-proto", "https,http")], "https://a.example"),
    ] {
        let headers = [&[("host", "inner.example")], headers].concat();
        assert_eq!(origin("127.0.0.1", &server, &headers).await, expected);
    }
}

#[tokio::test]
async fn what_anyone_else_says_of_this_servers_address_is_not_believed() {
    let lies = [
        ("host", "real.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-port", "1234"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-prefix", "/made-up"),
    ];
    for (server, peer) in [(behind(&[]), "127.0.0.1"), (behind(&["127.0.0.1"]), "192.0.2.1"), (behind(&["::1"]), "::2")]
    {
        assert_eq!(origin(peer, &server, &lies).await, "http://real.example", "{peer}");
        let list = ask_from(peer, &server, "GET", VERSIONS, &lies).await;
        assert!(list.text.contains("\"http://real.example/api/"), "{}", list.text);
        let odd = [("host", "real.example"), ("x-forwarded-host", "no host")];
        assert_eq!(origin(peer, &server, &odd).await, "http://real.example", "{peer}");
    }
}

#[tokio::test]
async fn a_network_may_be_written_as_one_of_ipv6_that_stands_for_one_of_ipv4() {
    let server = behind(&["::ffff:10.0.0.0/104"]);
    for peer in ["10.9.8.7", "::ffff:10.9.8.7"] {
        assert_eq!(origin(peer, &server, &APACHE).await, "https://console.example.com", "{peer}");
    }
    assert_eq!(origin("11.0.0.1", &server, &APACHE).await, "http://127.0.0.1:8080");
}

#[tokio::test]
async fn a_request_of_http_1_1_over_a_connection_names_a_host() {
    let server = start(Options::default()).await.unwrap();
    for (request, status) in [
        ("GET /healthz HTTP/1.1\r\n\r\n", 400),
        ("GET http://localhost/healthz HTTP/1.1\r\n\r\n", 400),
        ("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", 403),
        ("GET /healthz HTTP/1.0\r\n\r\n", 200),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
    ] {
        let mut client = TcpStream::connect(server.address()).await.unwrap();
        send(&mut client, request).await;
        let (head, _) = answer(&mut client).await;
        assert!(head[8..].starts_with(&format!(" {status} ")), "{request}: {head}");
    }
}

#[tokio::test]
async fn a_host_that_is_none_is_refused_wherever_it_asks() {
    let server = behind(&["127.0.0.1"]);
    for path in ["/", "/api/v2/ping", VERSIONS, "/healthz"] {
        for host in
            ["", "a b", "user@a.example", "a.example/b", "a.example:port", "a.example:99999", "<a>", "a\\b", "a..b"]
        {
            ask_from("192.0.2.1", &server, "GET", path, &[("host", host)]).await.is_refused_with(400);
        }
        let twice = [("host", "a.example"), ("host", "b.example")];
        ask_from("192.0.2.1", &server, "GET", path, &twice).await.is_refused_with(400);
    }
    let forwarded = [("host", "a.example"), ("x-forwarded-host", "user@b.example")];
    ask_from("127.0.0.1", &server, "GET", VERSIONS, &forwarded).await.is_refused_with(400);
    for host in ["a.example", "a.example:8080", "127.0.0.1", "[::1]:8080", "localhost"] {
        let answer = ask_from("192.0.2.1", &server, "GET", VERSIONS, &[("host", host)]).await;
        assert_eq!(answer.status, 200, "{host}");
    }
}

#[tokio::test]
async fn demo_tokens_do_not_open_another_name_by_way_of_a_proxy() {
    let trusted_proxies = ["127.0.0.1".parse::<Network>().unwrap()].into_iter().collect();
    let server = Server::with(Options { trusted_proxies, ..Options::default() });
    for (forwarded, status) in [("evil.example", 403), ("localhost, evil.example", 403), ("localhost:8443", 200)] {
        let headers = [("host", "127.0.0.1:8080"), ("x-forwarded-host", forwarded)];
        // The second is a proxy that is not believed otherwise.
        for peer in ["127.0.0.1", "127.0.0.2"] {
            let answer = ask_from(peer, &server, "GET", VERSIONS, &headers).await;
            assert_eq!(answer.status, status, "{peer} {forwarded}");
        }
    }
}

/// A proxy may ask for the address that it was told, whatever name it was itself asked for, as nginx does by default.
#[tokio::test]
async fn demo_tokens_are_not_for_those_whom_a_proxy_on_this_machine_lets_in() {
    let trusted_proxies = ["127.0.0.1".parse::<Network>().unwrap()].into_iter().collect();
    let server = Server::with(Options { trusted_proxies, ..Options::default() });
    for (forwarded, status) in [
        ("203.0.113.9", 403),
        ("127.0.0.1, 203.0.113.9", 403),
        ("203.0.113.9, 127.0.0.1", 403),
        ("unknown", 403),
        ("", 403),
        ("127.0.0.1", 200),
        ("::1, [::1]:4711, 127.0.0.1:4711, ::ffff:127.0.0.1", 200),
    ] {
        let headers = [("host", "127.0.0.1:8080"), ("x-forwarded-for", forwarded)];
        // The second is a proxy that is not believed otherwise.
        for peer in ["127.0.0.1", "127.0.0.2"] {
            let answer = ask_from(peer, &server, "GET", VERSIONS, &headers).await;
            assert_eq!(answer.status, status, "{peer} {forwarded}");
        }
    }
    let lines = [("host", "127.0.0.1"), ("x-forwarded-for", "127.0.0.1"), ("x-forwarded-for", "203.0.113.9")];
    assert_eq!(ask_from("127.0.0.2", &server, "GET", VERSIONS, &lines).await.status, 403);
}
