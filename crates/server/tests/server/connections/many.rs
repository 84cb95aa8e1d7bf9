//! How many connections there may be, and who has to go.

use std::net::SocketAddr;

use tfe_console_server::{Limits, Network, Options, Running, start};
use tokio::net::{TcpSocket, TcpStream};

use super::support::{HEALTH, answer, is_healthy, new_upload, put, send, to_the_end};
use crate::{legacy::support::archive, program::Program};

async fn server(connections: usize, of_an_address: usize) -> Running {
    let limits = Limits { connections, connections_of_an_address: of_an_address, ..Limits::default() };
    start(Options { limits, ..Options::default() }).await.unwrap()
}

/// A connection from this address of the machine, which is known to be there once it is answered.
async fn from(address: &str, server: &Running) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    let mut client = socket.connect(server.address()).await.unwrap();
    is_answered(&mut client).await;
    client
}

async fn is_answered(client: &mut TcpStream) {
    send(client, HEALTH).await;
    assert_eq!(answer(client).await.1, "ok\n");
}

#[tokio::test]
async fn many_that_say_nothing_keep_nobody_out() {
    let server = server(20, 15).await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(TcpStream::connect(server.address()).await.unwrap());
    }
    is_healthy(server.address()).await;
    assert_eq!(to_the_end(&mut silent[0]).await, "", "the first to come is the first to go");
}

#[tokio::test]
async fn one_address_takes_the_place_of_no_other() {
    let server = server(10, 3).await;
    let mut other = from("127.0.0.2", &server).await;
    let mut many = Vec::new();
    for _ in 0..12 {
        many.push(from("127.0.0.3", &server).await);
    }
    for gone in &mut many[..9] {
        assert_eq!(to_the_end(gone).await, "");
    }
    is_answered(&mut other).await;
    is_answered(&mut many[9]).await;
}

#[tokio::test]
async fn a_proxy_that_is_trusted_has_the_connections_of_many() {
    let limits = Limits { connections: 10, connections_of_an_address: 3, ..Limits::default() };
    let trusted_proxies = ["127.0.0.3".parse::<Network>().unwrap()].into_iter().collect();
    let server = start(Options { limits, trusted_proxies, ..Options::default() }).await.unwrap();
    let mut many = Vec::new();
    for _ in 0..8 {
        many.push(from("127.0.0.3", &server).await);
    }
    for client in &mut many {
        is_answered(client).await;
    }
}

#[tokio::test]
async fn an_upload_under_way_is_not_what_goes() {
    let server = server(3, 3).await;
    let bytes = archive(1000);
    let mut upload = under_way(server.address(), bytes.len()).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(TcpStream::connect(server.address()).await.unwrap());
    }
    is_healthy(server.address()).await;
    send(&mut upload, &bytes).await;
    assert!(answer(&mut upload).await.0.starts_with("http/1.1 200 "));
}

#[tokio::test]
async fn where_all_are_at_work_a_new_one_is_told_so() {
    let server = server(2, 2).await;
    let (one, other) = (under_way(server.address(), 9).await, under_way(server.address(), 9).await);
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    assert!(to_the_end(&mut client).await.starts_with("HTTP/1.1 503 "));
    drop((one, other));
}

/// An upload that was asked to go on.
async fn under_way(address: SocketAddr, length: usize) -> TcpStream {
    let head =
        put(&new_upload(address).await, length).replace("Host: localhost", "Host: localhost\r\nExpect: 100-continue");
    let mut upload = TcpStream::connect(address).await.unwrap();
    send(&mut upload, head).await;
    assert!(answer(&mut upload).await.0.starts_with("http/1.1 100 "));
    upload
}

/// The program finds out by itself how many connections it can have.
#[tokio::test]
async fn few_open_files_are_enough_for_many_connections() {
    let program = Program::spawn_with_open_files(128);
    let address = program.address.parse().unwrap();
    let mut silent = Vec::new();
    for _ in 0..300 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    is_healthy(address).await;
}

#[tokio::test]
async fn a_document_that_does_not_come_makes_room_and_one_that_is_there_does_not() {
    let server = server(3, 3).await;
    let head = "POST /api/v2/admin/terraform-versions HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\
                Authorization: Bearer demo-admin-token\r\nContent-Length: 2\r\n\r\n";
    let mut waiting = Vec::new();
    for _ in 0..3 {
        let mut client = TcpStream::connect(server.address()).await.unwrap();
        send(&mut client, head).await;
        assert!(answer(&mut client).await.0.starts_with("http/1.1 100 "));
        waiting.push(client);
    }
    is_healthy(server.address()).await;
    assert_eq!(to_the_end(&mut waiting[0]).await, "", "the one that has waited the longest is gone");
    for client in &mut waiting[1..] {
        send(client, "{}").await;
        assert!(answer(client).await.0.starts_with("http/1.1 422 "));
    }
}
