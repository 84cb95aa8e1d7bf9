//! A real installation's API on the console's own origin, because Terraform Enterprise sends no CORS headers.
//!
//! Only what the console uses is forwarded, with the headers that it needs (`headers`). `send` streams a request there
//! and the answer back; `uploads` gives archives a path on this origin; `failure` tells why there is no answer.
//! What it must not do: follow a redirect, keep a token, or write one anywhere.

mod failure;
mod headers;
mod origin;
mod send;
mod uploads;

use std::{fmt, fs, io, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, header::CACHE_CONTROL},
    middleware,
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{any, get, post, put},
};
use reqwest::{Certificate, Client, redirect::Policy};

use self::failure::Failure;
pub use self::origin::{Origin, OriginError};

/// Which installation, and how patient.
#[derive(Clone, Debug)]
pub struct UpstreamOptions {
    /// Where `/api/v2` is.
    pub api: Origin,
    /// Where `/api/v1` is, if elsewhere.
    pub legacy: Option<Origin>,
    /// Where archives may be sent to, beside those two.
    pub upload_hosts: Vec<Origin>,
    /// A file with the certificates of authorities that are trusted beside the machine's own: PEM.
    pub authorities: Option<PathBuf>,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long nothing may happen, neither sent nor received.
    pub silence: Duration,
}

impl UpstreamOptions {
    /// For an installation with a certificate that the machine trusts.
    pub fn new(api: Origin) -> Self {
        Self {
            api,
            legacy: None,
            upload_hosts: Vec::new(),
            authorities: None,
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(60),
        }
    }
}

/// Why forwarding cannot begin. Reads as one line.
#[derive(Debug)]
pub enum UpstreamError {
    /// The file of authorities cannot be read.
    Authorities(PathBuf, io::Error),
    /// The file of authorities holds no certificate.
    NoCertificate(PathBuf),
    /// The HTTP client cannot be made.
    Client(String),
}

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Upstream {
    client: Client,
    options: Arc<UpstreamOptions>,
}

impl Upstream {
    pub(crate) fn new(options: UpstreamOptions) -> Result<Self, UpstreamError> {
        // Another part of the process may have chosen one, which serves as well.
        rustls::crypto::ring::default_provider().install_default().ok();
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(options.connect)
            // Shorter than the installation's own, so that no request meets a connection that is just being closed.
            .pool_idle_timeout(Duration::from_secs(15));
        if options.api.is_loopback() {
            builder = builder.no_proxy();
        }
        if let Some(path) = &options.authorities {
            builder = builder.tls_certs_merge(authorities(path.clone())?);
        }
        let client = builder.build().map_err(|error| UpstreamError::Client(error.to_string()))?;
        Ok(Self { client, options: Arc::new(options) })
    }

    /// Where the legacy API is.
    fn legacy(&self) -> &Origin {
        self.options.legacy.as_ref().unwrap_or(&self.options.api)
    }

    /// The place for archives with this host and port, if it was named.
    fn upload_host(&self, authority: &str) -> Option<&Origin> {
        let named = self.options.upload_hosts.iter().chain([self.legacy(), &self.options.api]);
        named.into_iter().find(|origin| origin.authority().eq_ignore_ascii_case(authority))
    }
}

fn authorities(path: PathBuf) -> Result<Vec<Certificate>, UpstreamError> {
    let pem = fs::read(&path).map_err(|error| UpstreamError::Authorities(path.clone(), error))?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(UpstreamError::NoCertificate(path)),
    }
}

/// Everything below `/api`.
pub(crate) fn router(upstream: Upstream) -> Router {
    const VERSIONS: &str = "/api/v2/admin/terraform-versions";
    const CONFIGURATION: &str = "/api/v1/terraform/configurations/{username}/{name}/versions";
    let nothing = || any(async || Failure::NotForwarded);
    Router::new()
        .route("/api/v2/ping", get(ping))
        .route("/api/v2/account/details", get(api))
        .route(VERSIONS, get(api).post(api))
        .route(&format!("{VERSIONS}/{{id}}"), get(api).patch(api).delete(api))
        .route(CONFIGURATION, post(uploads::create))
        .route(&format!("{CONFIGURATION}/latest"), get(legacy))
        .route(&format!("{CONFIGURATION}/progress/{{token}}"), get(legacy))
        .route(&format!("{}/{{host}}/{{*path}}", uploads::PATH), put(uploads::upload))
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*elsewhere}", nothing())
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(middleware::from_fn(report))
        .with_state(upstream)
}

async fn api(State(upstream): State<Upstream>, request: Request) -> Result<Response, Failure> {
    let origin = upstream.options.api.clone();
    upstream.forward(&origin, request).await
}

async fn legacy(State(upstream): State<Upstream>, request: Request) -> Result<Response, Failure> {
    let origin = upstream.legacy().clone();
    upstream.forward(&origin, request).await
}

/// Also says which installation it is, for the console to show.
async fn ping(State(upstream): State<Upstream>, request: Request) -> Response {
    let origin = upstream.options.api.clone();
    let mut response = upstream.forward(&origin, request).await.into_response();
    if let Ok(name) = HeaderValue::from_str(&origin.authority()) {
        response.headers_mut().insert(HeaderName::from_static("x-tfe-console-upstream"), name);
    }
    response
}

/// Keeps answers out of caches, and tells whoever watches why there was none. By the route, never by the path.
async fn report(method: Method, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Some(Told(text)) = response.extensions().get() {
        let route = route.as_ref().map_or("?", MatchedPath::as_str);
        tracing::error!("{method} {route}: {} {text}", response.status().as_u16());
    }
    response
}

/// The sentence of a failure, for [`report`].
#[derive(Clone)]
struct Told(String);

impl fmt::Display for UpstreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authorities(path, error) => write!(formatter, "cannot read {}: {error}", path.display()),
            Self::NoCertificate(path) => write!(formatter, "there is no PEM certificate in {}", path.display()),
            Self::Client(reason) => write!(formatter, "cannot forward: {reason}"),
        }
    }
}

impl std::error::Error for UpstreamError {}
