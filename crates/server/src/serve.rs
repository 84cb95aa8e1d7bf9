//! Starts a server on a port and stops it: the same for the program and for a test in the same process.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, spawn_blocking},
};

use crate::{
    app::{AppState, app},
    connections,
    options::Options,
    start_error::StartError,
    tls::{Tls, TlsError},
};

/// A server that listens. Dropped, it stops as if it was given [`Running::QUIET`].
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<Option<Duration>>,
    tls: Option<Arc<Tls>>,
    task: JoinHandle<bool>,
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
    let tls = options.tls.clone().map(Tls::new).transpose()?.map(Arc::new);
    let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let app = app(state);
    let (stop, stopped) = watch::channel(None);
    let config = tls.clone();
    let config = move || config.as_ref().map(|tls| tls.config());
    let (limits, proxies) = (options.limits.clone(), options.trusted_proxies.clone());
    let task = tokio::spawn(connections::accept(listener, app, limits, proxies, config, stopped));
    Ok(Running { address, stop, tls, task })
}

impl Running {
    /// How long a request may be quiet while the server stops.
    pub const QUIET: Duration = connections::QUIET;

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a browser finds it: `http://127.0.0.1:8080`, or `https://` with a certificate.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.tls.is_some() { "https" } else { "http" }, self.address)
    }

    /// Reads the certificate and its key again, for new connections. If they are wrong, those in use stay. Returns
    /// whether there is a certificate.
    pub async fn read_certificate_again(&self) -> Result<bool, TlsError> {
        let Some(tls) = self.tls.clone() else { return Ok(false) };
        spawn_blocking(move || tls.read_again()).await.unwrap_or(Ok(())).map(|()| true)
    }

    /// Takes no more requests and waits for those under way: for an upload as long as it moves at least once in this
    /// time, for everything else so long in all. Returns whether all were answered.
    pub async fn stop_within(self, quiet: Duration) -> bool {
        // The server may have ended by itself: then there is nobody to tell.
        self.stop.send(Some(quiet)).ok();
        self.task.await.unwrap_or(false)
    }
}
