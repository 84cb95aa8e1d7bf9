//! Uploads over a real connection: one that is cut, a slow one, and ones that are refused while they send.

use std::{net::SocketAddr, time::Duration};

use axum::http::Uri;
use serde_json::Value;
use tfe_console_server::{EmbeddedOptions, Options, Running, start};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::support::{Created, VERSIONS, archive, archives_of, created, options_on, sha256};
use crate::support::token_of;

const SOON: Duration = Duration::from_secs(30);

/// A client on a port, with the administrator's token.
struct Client(SocketAddr, &'static str);

impl Client {
    async fn of(options: impl Into<Options>) -> (Running, Self) {
        let options = options.into();
        let token = token_of(&options);
        let running = start(options).await.unwrap();
        let address = running.address();
        (running, Self(address, token))
    }

    async fn send(&self, bytes: impl AsRef<[u8]>) -> TcpStream {
        let mut stream = TcpStream::connect(self.0).await.unwrap();
        stream.write_all(bytes.as_ref()).await.unwrap();
        stream
    }

    async fn ask(&self, head: &str, body: &str) -> Value {
        let length = body.len();
        let Self(host, token) = self;
        let request = format!(
            "{head} HTTP/1.1\r\nHost: {host}\r\nX-Atlas-Token: {token}\r\nConnection: close\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        let mut stream = self.send(request).await;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    async fn create(&self) -> Created {
        created(&self.ask(&format!("POST {VERSIONS}"), r#"{"version":{}}"#).await)
    }

    async fn progress_until(&self, created: &Created, status: &str) -> Value {
        let asked = async {
            loop {
                let progress = self.ask(&format!("GET {VERSIONS}/progress/{}", created.token), "").await;
                if progress["status"] == status {
                    return progress;
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(SOON, asked).await.unwrap()
    }
}

fn head(created: &Created, length: usize, more: &str) -> String {
    let path = created.path.parse::<Uri>().unwrap();
    format!("PUT {path} HTTP/1.1\r\nHost: localhost\r\n{more}Content-Length: {length}\r\n\r\n")
}

/// The head of the next answer.
async fn answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let read = async {
        while !text.contains("\r\n\r\n") {
            let byte = stream.read_u8().await.unwrap();
            text.push(char::from(byte));
        }
    };
    timeout(SOON, read).await.unwrap();
    text
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_and_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let (_running, client) = Client::of(options_on(&file)).await;
    let created = client.create().await;
    let bytes = archive(3_000_000);
    let chunked =
        format!("PUT {} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1f4000\r\n", created.path);
    for (head, sent) in [(head(&created, bytes.len(), ""), 2_000_000), (chunked, 1_500_000)] {
        let mut stream = client.send(head).await;
        stream.write_all(&bytes[..sent]).await.unwrap();
        let progress = client.progress_until(&created, "uploading").await;
        assert!(progress["uploaded"].as_u64().unwrap() <= sent as u64);
        drop(stream);
        let progress = client.progress_until(&created, "errored").await;
        assert_eq!(progress["reason"], format!("The upload broke off after {sent} bytes"));
        assert_eq!(archives_of(&file), [""; 0]);
    }
    let mut stream = client.send(head(&created, bytes.len(), "")).await;
    stream.write_all(&bytes).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
    let progress = client.progress_until(&created, "uploaded").await;
    assert_eq!(progress["sha256"], sha256(&bytes));
    assert_eq!(archives_of(&file), ["1.tar.gz"]);
}

#[tokio::test]
async fn a_slow_sender_is_waited_for_and_keeps_nobody_else() {
    let (_running, client) = Client::of(Options::default()).await;
    let (slow, quick) = (client.create().await, client.create().await);
    let bytes = archive(200);
    let mut stream = client.send(head(&slow, bytes.len(), "")).await;
    let (first, rest) = bytes.split_at(100);
    stream.write_all(first).await.unwrap();
    client.progress_until(&slow, "uploading").await;
    let mut other = client.send(head(&quick, bytes.len(), "")).await;
    other.write_all(&bytes).await.unwrap();
    assert!(answer(&mut other).await.starts_with("HTTP/1.1 200"));
    stream.write_all(rest).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    assert_eq!(client.progress_until(&slow, "uploaded").await["sha256"], sha256(&bytes));
}

#[tokio::test]
async fn a_client_that_only_listens_after_sending_all_reads_why_it_was_refused() {
    let (_running, client) =
        Client::of(EmbeddedOptions { upload_limit: 20_000_000, ..EmbeddedOptions::default() }).await;
    let created = client.create().await;
    for (body, status) in [(vec![0; 20_000_000], "422"), (archive(20_000_001), "413")] {
        let mut stream = client.send(head(&created, body.len(), "")).await;
        timeout(SOON, stream.write_all(&body)).await.unwrap().unwrap();
        let text = answer(&mut stream).await;
        assert!(text.starts_with(&format!("HTTP/1.1 {status} ")), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_comes_before_the_rest_is_sent() {
    let (_running, client) = Client::of(Options::default()).await;
    let created = client.create().await;
    let mut stream = client.send(head(&created, 1_000_000_000, "")).await;
    stream.write_all(b"PK").await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 422 "));
}

#[tokio::test]
async fn a_client_that_waits_to_be_asked_is_asked_only_for_what_is_wanted() {
    let (_running, client) = Client::of(EmbeddedOptions { upload_limit: 1000, ..EmbeddedOptions::default() }).await;
    let created = client.create().await;
    let expect = "Expect: 100-continue\r\n";
    let mut stream = client.send(head(&created, 1001, expect)).await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 413 "));
    let mut stream = client.send(head(&created, 1000, expect)).await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 100 Continue\r\n"));
    stream.write_all(&archive(1000)).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
    let mut stream = client.send(head(&created, 1000, expect)).await;
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 409 "));
}

#[tokio::test]
async fn an_upload_under_way_is_finished_before_the_server_stops() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let (running, client) = Client::of(options_on(&file)).await;
    let created = client.create().await;
    let bytes = archive(1000);
    let mut stream = client.send(head(&created, bytes.len(), "")).await;
    stream.write_all(&bytes[..500]).await.unwrap();
    client.progress_until(&created, "uploading").await;
    let stopped = tokio::spawn(running.stop_within(SOON));
    stream.write_all(&bytes[500..]).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
    drop(stream);
    assert!(stopped.await.unwrap());
    assert_eq!(archives_of(&file), ["1.tar.gz"]);
}
