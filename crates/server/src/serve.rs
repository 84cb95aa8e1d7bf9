//! Starts a server on a port and stops it: the same for the program and for a test in the same process.

use std::{io, net::SocketAddr, time::Duration};

use axum::{middleware, serve::ListenerExt};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};

use crate::{
    app::{AppState, app},
    options::Options,
    own_origin,
    start_error::StartError,
    tls::TlsOptions,
};

/// A server that listens. Dropped, it takes no more requests and ends with those under way.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    is_secure: bool,
    task: JoinHandle<io::Result<()>>,
}

/// Opens the data and listens: all in one, for tests.
///
/// ```no_run
/// # async fn test() -> Result<(), tfe_console_server::StartError> {
/// use std::time::Duration;
/// use tfe_console_server::{Options, start};
///
/// let server = start(Options { assets: "dist".into(), ..Options::default() }).await?;
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// server.stop_within(Duration::from_secs(1)).await;
/// # Ok(())
/// # }
/// ```
pub async fn start(options: impl Into<Options>) -> Result<Running, StartError> {
    let options = options.into();
    listen(AppState::open(&options)?, &options).await
}

/// Serves from now on, as a task of the runtime of the caller.
pub async fn listen(state: AppState, options: &Options) -> Result<Running, StartError> {
    let refused = |error| StartError::Listen(options.listen, error);
    let tls = options.tls.as_ref().map(TlsOptions::load).transpose()?;
    let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let (stop, stopped) = oneshot::channel();
    let Some(tls) = tls else {
        // Small answers go out at once. A connection that does not allow it is served all the same.
        let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
        let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) });
        return Ok(Running { address, stop, is_secure: false, task: tokio::spawn(server.into_future()) });
    };
    let tls = RustlsConfig::from_config(tls);
    let listener = listener.into_std().map_err(refused)?;
    let service = app(state).layer(middleware::map_request(own_origin::say_that_it_is_secure));
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
    let server = axum_server::from_tcp(listener).map_err(refused)?.acceptor(acceptor).handle(handle.clone());
    tokio::spawn(async move {
        drop(stopped.await);
        handle.graceful_shutdown(None);
    });
    Ok(Running { address, stop, is_secure: true, task: tokio::spawn(server.serve(service)) })
}

impl Running {
    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a browser finds it: `http://127.0.0.1:8080`, or `https://` with a certificate.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.is_secure { "https" } else { "http" }, self.address)
    }

    /// Takes no more requests and waits until those under way are answered, at most so long. Returns whether all were.
    pub async fn stop_within(self, limit: Duration) -> bool {
        // The server may have ended by itself: then there is nobody to tell.
        self.stop.send(()).ok();
        timeout(limit, self.task).await.is_ok()
    }
}
