//! Who is waited for when the server stops.

use tfe_console_server::{EmbeddedOptions, Limits, Options, UpstreamOptions, start};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{interval, timeout},
};

use super::support::{Both, HEALTH, SHORT, answer, new_upload, put, send, to_the_end};
use crate::{
    legacy::support::archive,
    program::SOON,
    support::VERSIONS,
    upstream::support::{Installation, patient},
};

#[tokio::test]
async fn a_half_sent_head_and_an_idle_connection_are_not_waited_for() {
    let both = Both::with(Limits::default()).await;
    let mut half = both.connect().await;
    let mut idle = both.connect().await;
    for (half, idle) in half.iter_mut().zip(&mut idle) {
        send(half, HEALTH.trim_end()).await;
        send(idle, HEALTH).await;
        answer(idle).await;
    }
    for server in both.servers {
        assert!(timeout(SOON, server.stop_within(SOON * 9)).await.unwrap(), "nothing was under way");
    }
    for client in half.iter_mut().chain(&mut idle) {
        assert_eq!(to_the_end(client).await, "");
    }
}

#[tokio::test]
async fn an_upload_is_waited_for_as_long_as_it_moves() {
    let server = start(EmbeddedOptions::default()).await.unwrap();
    let address = server.address();
    let path = new_upload(address).await;
    let bytes = archive(1000);
    let mut upload = TcpStream::connect(address).await.unwrap();
    send(&mut upload, put(&path, bytes.len())).await;
    let mut chunks = bytes.chunks(50);
    send(&mut upload, chunks.next().unwrap()).await;
    let stopped = tokio::spawn(server.stop_within(SHORT));
    let mut ticks = interval(SHORT / 5);
    for chunk in chunks {
        ticks.tick().await;
        send(&mut upload, chunk).await;
    }
    assert!(answer(&mut upload).await.0.starts_with("http/1.1 200 "));
    assert!(timeout(SOON, stopped).await.unwrap().unwrap());
}

#[tokio::test]
async fn what_does_not_move_any_more_is_not_waited_for_and_is_told_so() {
    let head = "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin-token\r\nContent-Length: 9\r\n\r\n";
    for is_upload in [true, false] {
        let server = start(Options::default()).await.unwrap();
        let address = server.address();
        let path = new_upload(address).await;
        let mut client = TcpStream::connect(address).await.unwrap();
        let head = if is_upload { put(&path, 9) } else { format!("POST {VERSIONS} {head}") };
        let head = head.replace("Host: localhost", "Host: localhost\r\nExpect: 100-continue");
        send(&mut client, head).await;
        assert!(answer(&mut client).await.0.starts_with("http/1.1 100 "));
        assert!(!timeout(SOON, server.stop_within(SHORT)).await.unwrap(), "it was not answered as asked");
        let said = to_the_end(&mut client).await.to_lowercase();
        assert!(said.starts_with("http/1.1 503 ") && said.contains("connection: close\r\n"), "{said}");
        assert!(said.contains("the server is stopping"), "{said}");
    }
}

#[tokio::test]
async fn an_archive_on_its_way_to_an_installation_that_does_not_move_any_more_is_told_so() {
    let store = Installation::answering(200, &[], "").await;
    let created = format!(r#"{{"version":1,"upload_path":"http://{}/x","token":"t"}}"#, store.address);
    let installation = Installation::answering(200, &[("content-type", "application/json")], &created).await;
    let upload_hosts = vec![format!("http://{}", store.address).parse().unwrap()];
    let options = UpstreamOptions { upload_hosts, ..patient(&format!("http://{}", installation.address)) };
    let server = start(options).await.unwrap();
    let path = new_upload(server.address()).await;
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    let head = put(&path, 9).replace("Host: localhost", "Host: localhost\r\nExpect: 100-continue");
    send(&mut client, head).await;
    assert!(answer(&mut client).await.0.starts_with("http/1.1 100 "));
    assert!(!timeout(SOON, server.stop_within(SHORT)).await.unwrap(), "it was not answered as asked");
    let said = to_the_end(&mut client).await;
    assert!(said.starts_with("HTTP/1.1 503 "), "{said}");
}

#[tokio::test]
async fn a_call_whose_body_nobody_reads_is_under_way_until_it_is_answered() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = start(patient(&format!("http://{}", silent.local_addr().unwrap()))).await.unwrap();
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    let head = "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token\r\nContent-Length: 9\r\n\r\nx";
    send(&mut client, format!("GET {VERSIONS} {head}")).await;
    let _forwarded = timeout(SOON, silent.accept()).await.unwrap().unwrap();
    assert!(!timeout(SOON, server.stop_within(SHORT)).await.unwrap(), "it was not answered");
    assert_eq!(to_the_end(&mut client).await, "");
}

#[tokio::test]
async fn a_document_that_still_drips_is_told_so_over_either_kind_of_connection() {
    let both = Both::with(Limits::default()).await;
    let mut dripping = Vec::new();
    for mut client in both.connect().await {
        let head = "HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin-token\r\n\
                    Expect: 100-continue\r\nContent-Length: 9000\r\n\r\n";
        send(&mut client, format!("POST {VERSIONS} {head}")).await;
        assert!(answer(&mut client).await.0.starts_with("http/1.1 100 "));
        dripping.push(tokio::spawn(async move {
            let mut said = [0; 12];
            // It goes on sending until it hears something.
            while timeout(SHORT / 10, client.read(&mut said)).await.is_err() {
                client.write_all(b" ").await.unwrap();
                client.flush().await.unwrap();
            }
            said
        }));
    }
    let stops: Vec<_> = both.servers.into_iter().map(|server| tokio::spawn(server.stop_within(SHORT))).collect();
    for said in dripping {
        assert_eq!(&timeout(SOON, said).await.unwrap().unwrap(), b"HTTP/1.1 503");
    }
    for stopped in stops {
        assert!(!timeout(SOON, stopped).await.unwrap().unwrap(), "it was not answered as asked");
    }
}
