//! One connection from its first byte to its last: TLS if there is any, then HTTP/1.

use std::{convert::Infallible, future::poll_fn, net::SocketAddr, pin::pin, sync::Arc};

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::{
    heard::{Arriving, Heard},
    held::Held,
    open::Place,
    pulse::Pulse,
    socket::Socket,
};

/// The longest head of a request.
const LONGEST_HEAD: usize = 32 * 1024;

/// The most of a request or an answer that is held at once.
const BUFFER: usize = 64 * 1024;

/// Serves a connection to its end.
pub(super) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
    app: Router,
    place: Place,
) {
    // Small answers go out at once. A connection that does not allow it is served all the same.
    stream.set_nodelay(true).ok();
    let pulse = place.pulse.clone();
    let socket = Socket::new(stream, pulse.clone());
    let work = async {
        match tls {
            None => http(socket, peer, app, &pulse).await,
            Some(config) => {
                // Whoever does not speak TLS is not answered.
                if let Ok(stream) = TlsAcceptor::from(config).accept(socket).await {
                    http(stream, peer, app, &pulse).await;
                }
            }
        }
    };
    let end = pulse.watch(work).await;
    place.ended(end);
}

async fn http(stream: impl AsyncRead + AsyncWrite + Unpin, peer: SocketAddr, app: Router, pulse: &Pulse) {
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let busy = pulse.begin();
        let mut request: Request = if request.body().is_end_stream() {
            request.map(|_| Body::empty())
        } else {
            request.map(|body| Body::new(Arriving::new(body, Arc::clone(&busy))))
        };
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(pulse.clone());
        let answer = app.clone().oneshot(request);
        async move {
            let response = answer.await?;
            Ok::<_, Infallible>(response.map(|body| Held::new(body, busy)))
        }
    });
    let mut builder = http1::Builder::new();
    // The pulse keeps the time: this one would count a connection that waits for its next request as well.
    builder.header_read_timeout(None).max_header_size(LONGEST_HEAD).max_buf_size(BUFFER);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Heard::new(stream, pulse)), service));
    let mut is_stopping = false;
    let end = poll_fn(|context| {
        if !is_stopping && pulse.is_stopping() {
            is_stopping = true;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(context)
    });
    // A client that breaks off is nobody's fault.
    end.await.ok();
}
