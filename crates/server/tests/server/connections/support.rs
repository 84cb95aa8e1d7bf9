//! Clients that do on a socket what they like, plain or over TLS.

use std::{net::SocketAddr, pin::pin, time::Duration};

use serde_json::Value;
use tfe_console_server::{Limits, Options, Running, start};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{program::SOON, tls::Certificate};

/// Long enough to be told from an accident, short enough to be waited for.
pub const SHORT: Duration = Duration::from_millis(300);

pub const HEALTH: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

pub type Client = Box<dyn Stream>;

/// The same server twice: plain, and with a certificate.
pub struct Both {
    pub servers: Vec<Running>,
    certificate: Certificate,
}

impl Both {
    pub async fn with(limits: Limits) -> Self {
        let certificate = Certificate::new();
        let plain = Options { limits, ..Options::default() };
        let secure = Options { tls: certificate.options().tls, ..plain.clone() };
        Self { servers: vec![start(plain).await.unwrap(), start(secure).await.unwrap()], certificate }
    }

    /// A connection to each.
    pub async fn connect(&self) -> Vec<Client> {
        let mut clients = Vec::new();
        for server in &self.servers {
            clients.push(self.connect_to(server).await);
        }
        clients
    }

    pub async fn connect_to(&self, server: &Running) -> Client {
        if server.url().starts_with("https") {
            Box::new(self.certificate.connect(server).await)
        } else {
            Box::new(TcpStream::connect(server.address()).await.unwrap())
        }
    }
}

pub async fn send(client: &mut (impl Stream + ?Sized), bytes: impl AsRef<[u8]>) {
    client.write_all(bytes.as_ref()).await.unwrap();
    client.flush().await.unwrap();
}

/// Everything until the connection ends, in whatever way.
pub async fn to_the_end(client: &mut (impl Stream + ?Sized)) -> String {
    let mut bytes = Vec::new();
    let reading = async {
        let mut buffer = [0; 16 * 1024];
        while let Ok(count @ 1..) = client.read(&mut buffer).await {
            bytes.extend_from_slice(&buffer[..count]);
        }
    };
    timeout(SOON, reading).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The next answer, whose length is told.
pub async fn answer(client: &mut (impl Stream + ?Sized)) -> (String, String) {
    let mut client = pin!(client);
    let reading = async {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let length = head.split_once("content-length: ").map(|(_, rest)| rest.split_once('\r').unwrap().0);
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        client.read_exact(&mut body).await.unwrap();
        (head, String::from_utf8(body).unwrap())
    };
    timeout(SOON, reading).await.unwrap()
}

/// That the server answers on a new connection.
pub async fn is_healthy(address: SocketAddr) -> TcpStream {
    let mut client = TcpStream::connect(address).await.unwrap();
    send(&mut client, HEALTH).await;
    assert_eq!(answer(&mut client).await.1, "ok\n");
    client
}

/// The path of a new upload.
pub async fn new_upload(address: SocketAddr) -> String {
    let mut client = TcpStream::connect(address).await.unwrap();
    let create = "POST /api/v1/terraform/configurations/hashicorp/atlas/versions HTTP/1.1\r\nHost: localhost\r\n\
                  X-Atlas-Token: demo-admin-token\r\nContent-Length: 14\r\n\r\n{\"version\":{}}";
    send(&mut client, create).await;
    let created: Value = serde_json::from_str(&answer(&mut client).await.1).unwrap();
    created["upload_path"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned()
}

pub fn put(path: &str, length: usize) -> String {
    format!("PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n")
}
