//! A client that sends everything before it reads, as browsers do, reads why it was refused.

use std::{net::TcpListener, num::NonZeroU32, time::Duration};

use tfe_console_server::{EmbeddedOptions, Farewell, Limits, Options, UpstreamOptions, start};
use tokio::{io::AsyncWriteExt, net::TcpStream, time::timeout};

use super::support::{Both, Client, SHORT, Stream, answer, new_upload, send, to_the_end};
use crate::{
    program::SOON,
    upstream::support::{Installation, Then, impatient, on_the_wire},
};

/// More than any buffer between the two holds.
const MUCH: usize = 12 * 1024 * 1024;

const ADMINISTRATOR: &str = "Authorization: Bearer demo-admin-token";
const NOBODY: &str = "Authorization: Bearer nobody";
const LEGACY: &str = "/api/v1/terraform/configurations/a/b/versions";

/// Sends all of it and then reads.
async fn is_told(client: &mut (impl Stream + ?Sized), request: &str, header: &str, status: u16) {
    let head = format!("{request} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Length: {MUCH}\r\n\r\n");
    send(client, head).await;
    timeout(SOON, send(client, vec![b'x'; MUCH])).await.unwrap();
    let (head, _) = answer(client).await;
    assert!(head.starts_with(&format!("http/1.1 {status} ")), "{request}: {head}");
}

#[tokio::test]
async fn every_route_with_a_body_reads_to_its_end() {
    let both = Both::with(Limits::default()).await;
    for (request, header, status) in [
        ("POST /api/v2/admin/terraform-versions", NOBODY, 401),
        ("POST /api/v2/admin/terraform-versions", ADMINISTRATOR, 413),
        ("PATCH /api/v2/admin/terraform-versions/none", ADMINISTRATOR, 413),
        ("DELETE /api/v2/admin/terraform-versions/none", ADMINISTRATOR, 404),
        ("PUT /api/v2/ping", ADMINISTRATOR, 405),
        ("POST /api/nowhere", ADMINISTRATOR, 404),
        (&format!("POST {LEGACY}"), NOBODY, 401),
        (&format!("POST {LEGACY}"), ADMINISTRATOR, 413),
        ("PUT /api/v1/uploads/none", NOBODY, 404),
        ("POST /", NOBODY, 405),
        ("GET /healthz", NOBODY, 200),
    ] {
        let mut client = both.connect_to(&both.servers[0]).await;
        is_told(&mut client, request, header, status).await;
    }
}

#[tokio::test]
async fn too_many_requests_are_told_too() {
    let server = start(EmbeddedOptions { rate_limit: NonZeroU32::new(1), ..EmbeddedOptions::default() }).await.unwrap();
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    send(&mut client, format!("GET /api/v2/ping HTTP/1.1\r\nHost: localhost\r\n{ADMINISTRATOR}\r\n\r\n")).await;
    answer(&mut client).await;
    is_told(&mut client, "POST /api/v2/admin/terraform-versions", ADMINISTRATOR, 429).await;
}

#[tokio::test]
async fn what_is_forwarded_or_not_is_told_too() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = start(UpstreamOptions::new(format!("http://{gone}").parse().unwrap())).await.unwrap();
    for (request, status) in [
        ("POST /api/v2/elsewhere", 404),
        ("PUT /api/v2/ping", 405),
        ("POST /api/v2/admin/terraform-versions", 413),
        ("PUT /api/v1/uploads/elsewhere.example/x", 404),
    ] {
        let mut client = TcpStream::connect(server.address()).await.unwrap();
        is_told(&mut client, request, ADMINISTRATOR, status).await;
    }
}

/// A store that answers before it has read an archive, and then reads nothing of it.
#[tokio::test]
async fn what_an_installation_refuses_at_once_is_told_too() {
    let refusal = "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 9\r\n\r\ntoo much\n";
    let store = on_the_wire(refusal.into(), Then::IsSilent).await;
    let created = format!(r#"{{"version":1,"upload_path":"http://{store}/x","token":"t"}}"#);
    let installation = Installation::answering(200, &[("content-type", "application/json")], &created).await;
    let upload_hosts = vec![format!("http://{store}").parse().unwrap()];
    let options = UpstreamOptions { upload_hosts, ..impatient(&format!("http://{}", installation.address)) };
    let server = start(options).await.unwrap();
    let path = new_upload(server.address()).await;
    let mut client = TcpStream::connect(server.address()).await.unwrap();
    is_told(&mut client, &format!("PUT {path}"), NOBODY, 413).await;
    is_told(&mut client, &format!("POST {LEGACY}"), "Content-Type: application/json", 401).await;
}

#[tokio::test]
async fn the_next_request_of_the_connection_is_answered() {
    let both = Both::with(Limits::default()).await;
    for mut client in both.connect().await {
        for _ in 0..2 {
            is_told(&mut client, "POST /api/v2/admin/terraform-versions", NOBODY, 401).await;
        }
    }
}

/// Limits for what is thrown away.
async fn refused_with(farewell: Farewell) -> (Both, Vec<Client>) {
    let both = Both::with(Limits { farewell, ..Limits::default() }).await;
    let mut clients = both.connect().await;
    for client in &mut clients {
        let head = "POST /api/nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\nx";
        send(client, head).await;
        assert!(answer(client).await.0.starts_with("http/1.1 404 "));
    }
    (both, clients)
}

const LONG: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn what_is_thrown_away_is_bounded_in_bytes_and_time() {
    for farewell in [
        Farewell { bytes: 1_000_000, time: LONG, silence: LONG },
        Farewell { bytes: u64::MAX, time: SHORT, silence: LONG },
    ] {
        let (_both, clients) = refused_with(farewell).await;
        for mut client in clients {
            let endless = async { while client.write_all(&[0; 64 * 1024]).await.is_ok() {} };
            timeout(SOON, endless).await.unwrap();
        }
    }
}

#[tokio::test]
async fn whoever_goes_silent_is_not_waited_for() {
    let (_both, clients) = refused_with(Farewell { bytes: u64::MAX, time: LONG, silence: SHORT }).await;
    for mut client in clients {
        assert_eq!(to_the_end(&mut client).await, "");
    }
}

#[tokio::test]
async fn limits_are_those_of_the_documents() {
    let limits = Options::default().limits;
    let seconds =
        [limits.head, limits.document, limits.idle, limits.write, limits.farewell.time].map(|it| it.as_secs());
    assert_eq!(seconds, [15, 30, 75, 60, 120]);
}
