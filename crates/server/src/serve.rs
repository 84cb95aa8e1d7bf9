//! Starts a server on a port and stops it: the same for the program and for a test in the same process.

use std::{collections::HashSet, fmt, io, net::SocketAddr, time::Duration};

use axum::{middleware, serve::ListenerExt};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};

use crate::{
    Clock, Options, Seed, TlsError, TlsOptions, TrustedProxies, app,
    assets::Assets,
    embedded::{Embedded, Uploads, table, table::Selection, uploaded_ids},
    own_origin,
    seed::plant,
    store::{Archives, OpenError, Store},
    upstream::{Upstream, UpstreamError},
};

/// What [`app`] serves: the folder of the console, and the API with its data.
#[derive(Clone)]
pub struct AppState {
    pub(crate) assets: Assets,
    pub(crate) api: Api,
    pub(crate) proxies: TrustedProxies,
    /// The clock of the access log, if there is one.
    pub(crate) access_log: Option<Clock>,
    tls: Option<RustlsConfig>,
    seeded: bool,
}

/// Who answers what is below `/api`.
#[derive(Clone)]
pub(crate) enum Api {
    Embedded(Embedded),
    Upstream(Upstream),
}

/// A server that listens. Dropped, it takes no more requests and ends with those under way.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    is_secure: bool,
    task: JoinHandle<io::Result<()>>,
}

/// Why a server does not start. Each reads as one line.
#[derive(Debug)]
pub enum StartError {
    /// The data cannot be used.
    Data(OpenError),
    /// There is no way to the installation.
    Upstream(UpstreamError),
    /// There is no TLS.
    Tls(TlsError),
    /// The address cannot be listened on, for example because another program does.
    Listen(SocketAddr, io::Error),
}

impl AppState {
    /// Opens the data and fills it if it is new, or empty and a seed was asked for. Blocks for a moment. With an upstream
    /// there is no data.
    pub fn open(options: &Options) -> Result<Self, StartError> {
        let assets = Assets::new(options.assets.clone());
        let tls = options.tls.as_ref().map(TlsOptions::load).transpose().map_err(StartError::Tls)?;
        let access_log = options.access_log.then(|| options.clock.clone());
        let proxies = options.trusted_proxies.clone();
        if let Some(upstream) = &options.upstream {
            let api =
                Api::Upstream(Upstream::new(upstream.clone(), options.clock.clone()).map_err(StartError::Upstream)?);
            return Ok(Self { assets, api, proxies, access_log, tls, seeded: false });
        }
        let (embedded, seeded) = Self::embedded(options).map_err(StartError::Data)?;
        Ok(Self { assets, api: Api::Embedded(embedded), proxies, access_log, tls, seeded })
    }

    fn embedded(options: &Options) -> Result<(Embedded, bool), OpenError> {
        let mut seeded = false;
        let mut uploaded = HashSet::new();
        let store = Store::open(&options.data, |transaction, new| {
            uploaded = uploaded_ids(transaction)?;
            let seed = options.seed.or(new.then_some(Seed::Demo));
            match seed {
                Some(seed) if table::count(transaction, &Selection::All)? == 0 => {
                    seeded = true;
                    plant(transaction, seed)
                }
                _ => Ok(()),
            }
        })?;
        let archives = Archives::of(&options.data);
        archives.sweep(&uploaded)?;
        let uploads = Uploads::new(archives, options.clock.clone(), options.upload_limit, options.upload_expires);
        Ok((Embedded::new(store, options.tokens.clone(), options.rate_limit, uploads), seeded))
    }

    /// Whether [`Options::seed`] was followed: not if the data had versions already.
    pub fn was_seeded(&self) -> bool {
        self.seeded
    }

    /// Whether the folder of the console has a build, as of now.
    pub fn console_is_built(&self) -> bool {
        self.assets.is_built()
    }
}

/// Opens the data and listens: all in one, for tests.
///
/// ```no_run
/// # async fn test() -> Result<(), tfe_console_server::StartError> {
/// use std::time::Duration;
/// use tfe_console_server::{Options, start};
///
/// let server = start(Options { assets: "dist".into(), ..Options::default() }).await?;
/// println!("http://{}", server.address());
/// server.stop_within(Duration::from_secs(1)).await;
/// # Ok(())
/// # }
/// ```
pub async fn start(options: Options) -> Result<Running, StartError> {
    let state = AppState::open(&options)?;
    listen(state, options.listen).await
}

/// Serves from now on, as a task of the runtime of the caller.
pub async fn listen(state: AppState, address: SocketAddr) -> Result<Running, StartError> {
    let refused = |error| StartError::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let (stop, stopped) = oneshot::channel();
    let tls = state.tls.clone();
    let Some(tls) = tls else {
        // Small answers go out at once. A connection that does not allow it is served all the same.
        let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
        let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) });
        return Ok(Running { address, stop, is_secure: false, task: tokio::spawn(server.into_future()) });
    };
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

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data(error) => error.fmt(formatter),
            Self::Upstream(error) => error.fmt(formatter),
            Self::Tls(error) => error.fmt(formatter),
            Self::Listen(address, error) => write!(formatter, "cannot listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
