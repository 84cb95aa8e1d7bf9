//! Installations to forward to: one that writes down what it was asked, and ones that misbehave on the wire.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, Method, Response},
};
use tfe_console_server::UpstreamOptions;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::Server;

/// What an installation was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: Method,
    pub path_and_query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// An installation that answers everything alike.
pub struct Installation {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Installation {
    /// Answers with this status, these headers and this body.
    pub async fn answering(status: u16, headers: &'static [(&'static str, &'static str)], body: &str) -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (notes, body) = (Arc::clone(&asked), body.to_owned());
        let app = Router::new().fallback(move |request: Request| {
            let (notes, body) = (Arc::clone(&notes), body.clone());
            async move {
                let (parts, sent) = request.into_parts();
                let sent = to_bytes(sent, usize::MAX).await.unwrap();
                notes.lock().unwrap().push(Asked {
                    method: parts.method,
                    path_and_query: parts.uri.to_string(),
                    headers: parts.headers,
                    body: sent,
                });
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(*name, *value);
                }
                response.body(Body::from(body)).unwrap()
            }
        });
        Self { address: serving(app).await, asked }
    }

    /// Everything that it was asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// A server that forwards to it.
    pub fn forwarded(&self) -> Server {
        Server::with(patient(&format!("http://{}", self.address)))
    }
}

/// Answers at an address of its own.
pub async fn serving(app: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// A server that forwards to this address, with little patience.
pub fn forwarding_to(address: SocketAddr) -> Server {
    Server::with(impatient(&format!("http://{address}")))
}

/// Options for an installation there that answers.
pub fn patient(origin: &str) -> UpstreamOptions {
    UpstreamOptions::new(origin.parse().unwrap())
}

/// Options for an installation there, with little patience.
pub fn impatient(origin: &str) -> UpstreamOptions {
    UpstreamOptions { connect: Duration::from_secs(2), silence: Duration::from_secs(1), ..patient(origin) }
}

/// What a misbehaving installation does after what it has written.
#[derive(Clone, Copy)]
pub enum Then {
    Closes,
    IsSilent,
}

/// Reads a request's head, writes these bytes, and then does that.
pub async fn on_the_wire(written: Vec<u8>, then: Then) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            read_head(&mut stream).await;
            stream.write_all(&written).await.unwrap();
            if matches!(then, Then::IsSilent) {
                open.push(stream);
            }
        }
    });
    address
}

async fn read_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
}
