//! A server on a port, in the same process: how the end-to-end tests use it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tfe_console_server::{Data, EmbeddedOptions, Mode, OpenError, Options, Seed, StartError, Tokens, start};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{VERSIONS, document, new_version};

const LONG: Duration = Duration::from_secs(30);

/// The head of a create whose body is `length` bytes and waits to be asked for.
fn create_head(length: usize) -> String {
    format!(
        "POST {VERSIONS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-admin-token\r\n\
         Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    )
}

async fn read_until(stream: &mut TcpStream, wanted: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 1024];
    while !text.contains(wanted) {
        let count = stream.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "the connection ended after {text:?}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    text
}

#[tokio::test]
async fn two_servers_take_free_ports_of_this_machine_and_tell_them() {
    let (one, other) = (start(Options::default()).await.unwrap(), start(Options::default()).await.unwrap());
    assert_ne!(one.address(), other.address());
    assert!(one.address().ip().is_loopback());
    let mut stream = TcpStream::connect(one.address()).await.unwrap();
    let get =
        format!("GET {VERSIONS} HTTP/1.1\r\nHost: tfe.localhost\r\nAuthorization: Bearer demo-admin-token\r\n\r\n");
    stream.write_all(get.as_bytes()).await.unwrap();
    let answer = read_until(&mut stream, "total-count").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\"self\":\"http://tfe.localhost/api/v2/admin/terraform-versions?"), "{answer}");
    assert!(one.stop_within(LONG).await && other.stop_within(LONG).await);
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_stops() {
    let server = start(EmbeddedOptions { seed: Some(Seed::Empty), ..EmbeddedOptions::default() }).await.unwrap();
    let address = server.address();
    let body = document(new_version("1.0.0"));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(create_head(body.len()).as_bytes()).await.unwrap();
    read_until(&mut stream, "100 Continue").await;
    let stopped = tokio::spawn(server.stop_within(LONG));
    let refuses = async { while TcpStream::connect(address).await.is_ok() {} };
    timeout(LONG, refuses).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    assert!(read_until(&mut stream, "\r\n\r\n").await.contains("201 Created"));
    assert!(stopped.await.unwrap(), "it did not wait");
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_server() {
    let server = start(Options::default()).await.unwrap();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(create_head(10).as_bytes()).await.unwrap();
    read_until(&mut stream, "100 Continue").await;
    assert!(!server.stop_within(Duration::from_millis(1)).await);
}

#[tokio::test]
async fn a_port_that_is_taken_and_data_that_cannot_be_used_are_told() {
    let server = start(Options::default()).await.unwrap();
    let taken = server.address();
    let error = start(Options { listen: taken, ..Options::default() }).await.unwrap_err();
    assert!(matches!(error, StartError::Listen(address, _) if address == taken));
    assert!(error.to_string().starts_with(&format!("cannot listen on {taken}: ")), "{error}");

    let data = Data::File("/nowhere/at/all.db".into());
    let tokens = Tokens::new("s3cret", None).unwrap();
    let mode = Mode::Embedded(EmbeddedOptions { data, tokens, ..EmbeddedOptions::default() });
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let error = start(Options { mode, listen, ..Options::default() }).await.unwrap_err();
    assert!(matches!(error, StartError::Data(OpenError::NoFolder(_))));
    assert_eq!(error.to_string(), "the folder /nowhere/at does not exist");
}
