//! How long a client is waited for.

use std::{fs, time::Instant};

use tfe_console_server::{Limits, Options, start};
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    time::{interval, timeout},
};

use super::support::{Both, HEALTH, SHORT, answer, is_healthy, new_upload, put, send, to_the_end};
use crate::{legacy::support::archive, program::SOON, support::VERSIONS};

#[tokio::test]
async fn a_head_that_is_not_there_in_time_ends_the_connection() {
    let both = Both::with(Limits { head: SHORT, ..Limits::default() }).await;
    for begun in ["", "GET /healthz HTTP/1.1\r\nHo"] {
        for mut client in both.connect().await {
            send(&mut client, begun).await;
            let begun = Instant::now();
            assert_eq!(to_the_end(&mut client).await, "");
            assert!(begun.elapsed() < SOON / 3);
        }
    }
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_gets_no_more_time() {
    let both = Both::with(Limits { head: SHORT, ..Limits::default() }).await;
    for server in &both.servers {
        let mut client = both.connect_to(server).await;
        // As the second of a connection, too.
        send(&mut client, HEALTH).await;
        answer(&mut client).await;
        let mut ticks = interval(SHORT / 20);
        let dripping = async {
            while client.write_all(b"G").await.is_ok() && client.flush().await.is_ok() {
                ticks.tick().await;
            }
        };
        timeout(SOON, dripping).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_only_opens_and_speaks_no_tls_ends_too() {
    let both = Both::with(Limits { head: SHORT, ..Limits::default() }).await;
    let mut silent = TcpStream::connect(both.servers[1].address()).await.unwrap();
    assert_eq!(to_the_end(&mut silent).await, "");
}

/// A request of each kind, as far as its end is told.
const ENDS: [&str; 5] = [
    HEALTH,
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
    "POST /api/v2/admin/terraform-versions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}",
    "POST /api/v2/admin/terraform-versions HTTP/1.1\r\nHost: localhost\r\n\
     Authorization: Bearer demo-admin-token\r\nContent-Length: 31\r\n\r\n{\"data\":null,\"more\":\"01234567\"}",
    "POST /api/v2/admin/terraform-versions HTTP/1.1\r\nHost: localhost\r\n\
     Authorization: Bearer demo-admin-token\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
];

#[tokio::test]
async fn between_two_requests_there_is_more_time_than_for_a_head_and_then_it_is_over() {
    let both = Both::with(Limits { head: SHORT / 10, idle: SHORT, ..Limits::default() }).await;
    for request in ENDS {
        let mut plain = TcpStream::connect(both.servers[0].address()).await.unwrap();
        send(&mut plain, request).await;
        answer(&mut plain).await;
        let answered = Instant::now();
        assert_eq!(to_the_end(&mut plain).await, "");
        let waited = answered.elapsed();
        assert!(waited > SHORT / 2 && waited < SOON / 3, "{waited:?} after {request}");
    }
}

#[tokio::test]
async fn a_half_head_that_came_with_the_request_before_gets_the_time_of_a_head() {
    let both = Both::with(Limits { head: SHORT, idle: SOON * 9, ..Limits::default() }).await;
    for requests in [ENDS[0], ENDS[1], ENDS[2], ENDS[3], ENDS[4], &format!("{HEALTH}{HEALTH}")] {
        for server in &both.servers {
            let mut client = both.connect_to(server).await;
            send(&mut client, format!("{requests}GET /healthz HTT")).await;
            let said = to_the_end(&mut client).await;
            assert!(said.starts_with("HTTP/1.1 "), "{said}");
        }
    }
}

#[tokio::test]
async fn a_document_that_is_not_there_in_time_is_a_408_in_the_words_of_its_api() {
    let both = Both::with(Limits { document: SHORT, ..Limits::default() }).await;
    let legacy = "/api/v1/terraform/configurations/hashicorp/atlas/versions";
    for (path, shape) in [(VERSIONS, r#"{"errors":[{"#), (legacy, r#"{"errors":["The body did not arrive"#)] {
        for mut client in both.connect().await {
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin-token\r\nContent-Length: 1000\r\n\r\n"
            );
            send(&mut client, head + "{").await;
            let (head, body) = answer(&mut client).await;
            assert!(head.starts_with("http/1.1 408 "), "{head}");
            assert!(body.starts_with(shape), "{body}");
        }
    }
}

#[tokio::test]
async fn an_archive_may_take_longer_than_a_document() {
    let limits = Limits { document: SHORT, ..Limits::default() };
    let server = start(Options { limits, ..Options::default() }).await.unwrap();
    let address = server.address();
    let path = new_upload(address).await;
    let bytes = archive(1000);
    let mut upload = TcpStream::connect(address).await.unwrap();
    send(&mut upload, put(&path, bytes.len())).await;
    send(&mut upload, &bytes[..500]).await;
    let mut late = TcpStream::connect(address).await.unwrap();
    let head = "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin-token\r\nContent-Length: 9\r\n\r\n";
    send(&mut late, format!("POST {VERSIONS} {head}")).await;
    assert!(answer(&mut late).await.0.starts_with("http/1.1 408 "));
    send(&mut upload, &bytes[500..]).await;
    assert!(answer(&mut upload).await.0.starts_with("http/1.1 200 "));
}

#[tokio::test]
async fn an_answer_that_nobody_reads_is_broken_off() {
    let assets = tempfile::tempdir().unwrap();
    let length = 64 * 1024 * 1024;
    fs::File::create(assets.path().join("large.js")).unwrap().set_len(length).unwrap();
    let limits = Limits { write: SHORT, idle: SHORT * 4, ..Limits::default() };
    let options = Options { limits, assets: assets.path().to_owned(), ..Options::default() };
    let server = start(options).await.unwrap();
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    send(&mut client, "GET /large.js HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    // By then it is long over.
    to_the_end(&mut is_healthy(server.address()).await).await;
    let read = to_the_end(&mut client).await.len() as u64;
    assert!(read > 0 && read < length, "{read}");
}

#[tokio::test]
async fn a_head_that_does_not_end_is_refused() {
    let both = Both::with(Limits::default()).await;
    for mut client in both.connect().await {
        send(&mut client, format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {}", "x".repeat(40_000))).await;
        assert!(to_the_end(&mut client).await.starts_with("HTTP/1.1 431 "));
    }
}
