//! An installation that is away, silent, cut off, or answers what none should.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::support::{Installation, Then, forwarding_to, on_the_wire};
use crate::support::{Answer, VERSIONS};

/// That it is told which installation did not answer, and why, without the token.
fn says(answer: &Answer, status: u16, address: SocketAddr, why: &str) {
    answer.is_refused_with(status);
    let detail = answer.problems().first().unwrap().1.to_owned();
    assert!(detail.contains(&format!("http://{address}")) && detail.contains(why), "{detail}");
    assert!(!answer.text.contains(crate::support::KEPT_TOKEN), "{}", answer.text);
}

#[tokio::test]
async fn an_installation_that_does_not_listen_is_a_502() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    says(&forwarding_to(address).get(VERSIONS).await, 502, address, "refused");
}

#[tokio::test]
async fn an_installation_that_says_nothing_is_a_504() {
    let address = on_the_wire(Vec::new(), Then::IsSilent).await;
    says(&forwarding_to(address).get(VERSIONS).await, 504, address, "within 1 s");
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_is_a_502() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Ty"] {
        let address = on_the_wire(begun.into(), Then::Closes).await;
        says(&forwarding_to(address).get(VERSIONS).await, 502, address, "connection");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_breaks_off_here_too() {
    for then in [Then::Closes, Then::IsSilent] {
        let address = on_the_wire(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\"".to_vec(), then).await;
        let server = forwarding_to(address);
        let request = axum::http::Request::get(VERSIONS)
            .header("authorization", "Bearer x")
            .body(axum::body::Body::empty())
            .unwrap();
        let response = server.raw(request).await;
        assert_eq!(response.status(), 200);
        assert!(axum::body::to_bytes(response.into_body(), usize::MAX).await.is_err());
    }
}

#[tokio::test]
async fn huge_headers_and_what_is_no_http_are_a_502() {
    let huge = format!("HTTP/1.1 200 OK\r\nX-Huge: {}\r\n\r\n", "x".repeat(4 * 1024 * 1024));
    for written in [huge.into_bytes(), b"SSH-2.0-OpenSSH_9\r\n".to_vec()] {
        let address = on_the_wire(written, Then::Closes).await;
        says(&forwarding_to(address).get(VERSIONS).await, 502, address, "cannot be reached");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_names_where_it_leads() {
    let elsewhere = Installation::answering(200, &[], "{}").await;
    let location = format!("http://{}/session?token=secret", elsewhere.address);
    let written = format!("HTTP/1.1 301 Moved Permanently\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
    let address = on_the_wire(written.into_bytes(), Then::Closes).await;
    let answer = forwarding_to(address).get(VERSIONS).await;
    says(&answer, 502, address, &format!("redirects to http://{}.", elsewhere.address));
    assert!(!answer.text.contains("secret"));
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_conditional_request_may_be_answered_with_not_modified() {
    let installation = Installation::answering(304, &[("etag", "\"1\"")], "").await;
    assert_eq!(installation.forwarded().get(VERSIONS).await.status, 304);
}

#[tokio::test]
async fn a_status_that_is_no_answer_is_a_502() {
    for status in ["101 Switching Protocols", "600 Odd", "999 Odder"] {
        let head = format!("HTTP/1.1 {status}\r\nConnection: upgrade\r\nUpgrade: x\r\nContent-Length: 0\r\n\r\n");
        let address = on_the_wire(head.into_bytes(), Then::IsSilent).await;
        let answer = forwarding_to(address).get(VERSIONS).await;
        says(&answer, 502, address, &status[..3]);
    }
}

#[tokio::test]
async fn of_two_lengths_of_an_answer_the_one_that_does_not_count_is_dropped() {
    let written = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let address = on_the_wire(written.to_vec(), Then::Closes).await;
    let answer = forwarding_to(address).get(VERSIONS).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "{}"));
    assert_eq!(answer.header("content-length"), "");
}
