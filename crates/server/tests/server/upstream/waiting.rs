//! How long an installation is waited for, and what it may do before it has everything.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request},
    routing::{post, put},
};
use futures_util::{StreamExt, stream};
use serde_json::json;
use tfe_console_server::UpstreamOptions;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    time::{sleep, timeout},
};

use super::support::{Installation, impatient, serving};
use crate::support::Server;

const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";
const SILENCE: Duration = Duration::from_millis(500);
/// Longer than anything takes that happens at all.
const LONG: Duration = Duration::from_secs(30);

/// A server that waits so long for an installation with its store there, and an upload path.
async fn creating(store: SocketAddr, silence: Duration, upload_answer: Duration) -> (Server, String) {
    let body = json!({"upload_path": format!("http://{store}/store")}).to_string();
    let installation = Installation::answering(200, &[], &body).await;
    let upload_hosts = vec![format!("http://{store}").parse().unwrap()];
    let options = impatient(&format!("http://{}", installation.address));
    let server = Server::with(UpstreamOptions { upload_hosts, silence, upload_answer, ..options });
    let created = server.ask(Method::POST, CREATE, "{\"version\":{}}").await;
    let path = created.json["upload_path"].as_str().unwrap().strip_prefix("http://tfe.example.com").unwrap().to_owned();
    (server, path)
}

/// A store that reads everything, and then does something else for so long.
async fn thinking_for(time: Duration) -> SocketAddr {
    let store = async move |body: Body| {
        to_bytes(body, usize::MAX).await.unwrap();
        sleep(time).await;
    };
    serving(Router::new().route("/store", put(store))).await
}

#[tokio::test]
async fn a_store_that_answers_long_after_the_last_byte_is_waited_for() {
    let (server, path) = creating(thinking_for(3 * SILENCE).await, SILENCE, LONG).await;
    let chunked = Body::from_stream(stream::iter([Ok::<_, std::io::Error>("ab"), Ok("c")]));
    let with_length = Request::put(&path).header("content-length", 3).body(Body::from("abc")).unwrap();
    for request in [with_length, Request::put(&path).body(chunked).unwrap()] {
        assert_eq!(server.send(request).await.status, 200);
    }
}

#[tokio::test]
async fn a_store_that_never_answers_is_given_up() {
    let (server, path) = creating(thinking_for(20 * LONG).await, SILENCE, Duration::from_secs(1)).await;
    let answer = server.ask(Method::PUT, &path, "abc").await;
    answer.is_refused_with(504);
    assert!(answer.text.contains("did not answer within 1 s"), "{}", answer.text);
}

#[tokio::test]
async fn a_store_that_stops_reading_is_given_up_although_it_would_be_waited_for_later() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (server, path) = creating(listener.local_addr().unwrap(), SILENCE, 20 * LONG).await;
    let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 64 * 1024]));
    let request = Request::put(&path).body(Body::from_stream(endless)).unwrap();
    let answer = timeout(LONG, server.send(request)).await.unwrap();
    answer.is_refused_with(504);
    assert!(answer.text.contains(&format!("http://{}", listener.local_addr().unwrap())), "{}", answer.text);
}

#[tokio::test]
async fn an_archive_that_takes_longer_than_the_limit_but_moves_arrives() {
    let (tell, mut arrived) = mpsc::unbounded_channel();
    let store = async move |body: Body| {
        let mut chunks = body.into_data_stream();
        while let Some(Ok(_)) = chunks.next().await {
            tell.send(()).unwrap();
        }
    };
    let address = serving(Router::new().route("/store", put(store))).await;
    let (server, path) = creating(address, SILENCE, LONG).await;
    let slow = stream::unfold(0, move |sent| async move {
        sleep(SILENCE / 5).await;
        (sent < 8).then_some((Ok::<_, std::io::Error>("x"), sent + 1))
    });
    let request = Request::put(&path).body(Body::from_stream(slow)).unwrap();
    assert_eq!(server.send(request).await.status, 200);
    assert!(arrived.recv().await.is_some());
}

#[tokio::test]
async fn a_client_that_stops_in_the_middle_is_told_so_and_not_that_the_installation_is_silent() {
    let (server, path) = creating(thinking_for(Duration::ZERO).await, SILENCE, 20 * LONG).await;
    let half = stream::iter([Ok::<_, std::io::Error>("half")]).chain(stream::pending());
    let request = Request::put(&path).header("content-length", 8).body(Body::from_stream(half)).unwrap();
    let answer = server.send(request).await;
    answer.is_refused_with(504);
    assert!(answer.text.contains("Nothing more of the archive arrived"), "{}", answer.text);
}

#[tokio::test]
async fn a_refusal_before_the_end_of_an_archive_is_passed_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let answer = "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large";
            stream.write_all(answer.as_bytes()).await.unwrap();
            // Closed with most of the archive unread, as busy stores do.
        }
    });
    for _ in 0..10 {
        let (server, path) = creating(address, LONG, 20 * LONG).await;
        let archive = stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 64 * 1024])).take(500);
        let request = Request::put(&path).body(Body::from_stream(archive)).unwrap();
        let answer = timeout(LONG, server.send(request)).await.unwrap();
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (413, "too large"));
    }
}

#[tokio::test]
async fn a_call_is_not_waited_for_as_long_as_an_archive() {
    let late = async || sleep(20 * LONG).await;
    let address = serving(Router::new().route(CREATE, post(late))).await;
    let options = impatient(&format!("http://{address}"));
    let server = Server::with(UpstreamOptions { silence: SILENCE, ..options });
    server.ask(Method::POST, CREATE, "{}").await.is_refused_with(504);
}
