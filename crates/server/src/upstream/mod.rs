//! A real installation's API on the console's own origin, because Terraform Enterprise sends no CORS headers.
//!
//! Only what the console uses is forwarded (`path`, `token`), with the headers that it needs (`headers`) and so much at
//! once (`room`). `send` streams a request there and the answer back, as long as something moves (`body_watch`); `uploads`
//! gives archives a path on this origin, which nobody else can make up (`seal`); `failure` tells why there is no answer.
//! What it must not do: follow a redirect, keep a token, or write one anywhere.

mod body_watch;
mod failure;
mod headers;
mod options;
mod origin;
mod path;
mod room;
mod seal;
mod send;
mod token;
mod uploads;

use std::{fs, io, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, header::CACHE_CONTROL},
    middleware,
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{any, get, post, put},
};
use reqwest::{Certificate, Client, Url, redirect::Policy};
use thiserror::Error;

use self::{
    failure::{Failure, Legacy},
    room::Room,
    seal::Seal,
    token::Api,
};
pub use self::{
    options::UpstreamOptions,
    origin::{Origin, OriginError},
    seal::SealKey,
};
use crate::{clock::Clock, documents};

/// Why forwarding cannot begin. Reads as one line.
#[derive(Debug, Error)]
pub enum UpstreamError {
    /// The file of authorities cannot be read.
    #[error("cannot read {path}: {1}", path = _0.display())]
    Authorities(PathBuf, #[source] io::Error),
    /// The file of authorities holds no certificate.
    #[error("there is no PEM certificate in {}", _0.display())]
    NoCertificate(PathBuf),
    /// The HTTP client cannot be made.
    #[error("cannot forward: {0}")]
    Client(#[source] reqwest::Error),
    /// What is sent to this place could be read on the way, and nobody allowed it.
    #[error(
        "what is sent to {0}, tokens among it, can be read on the way: give an https:// address, or \
         --insecure-upstream to allow it"
    )]
    Insecure(Origin),
    /// The file with the key for upload paths cannot be read.
    #[error("cannot read the seal key {path}: {1}", path = _0.display())]
    SealKey(PathBuf, #[source] io::Error),
    /// The key for upload paths could be guessed; how many bytes it needs.
    #[error("the seal key is too short: it takes {0} bytes that nobody can guess")]
    ShortSealKey(usize),
    /// There is no randomness for a key.
    #[error("there is no randomness for a key: {0}")]
    Randomness(#[source] getrandom::Error),
}

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Upstream {
    client: Client,
    options: Arc<UpstreamOptions>,
    seal: Arc<Seal>,
    room: Room,
}

impl Upstream {
    pub(crate) fn new(options: UpstreamOptions, clock: Clock) -> Result<Self, UpstreamError> {
        if let Some(open) = options.places().find(|origin| origin.is_in_the_open() && !options.insecure) {
            return Err(UpstreamError::Insecure(open.clone()));
        }
        let seal = Seal::new(&options.seal_key, clock, options.upload_expires)?;
        let room = Room::new(options.calls, options.uploads);
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
        let client = builder.build().map_err(UpstreamError::Client)?;
        Ok(Self { client, options: Arc::new(options), seal: Arc::new(seal), room })
    }

    /// Where the legacy API is.
    fn legacy(&self) -> &Origin {
        self.options.legacy.as_ref().unwrap_or(&self.options.api)
    }

    /// The place for archives that a URL is at, if it was named.
    fn upload_host(&self, url: &Url) -> Option<&Origin> {
        self.options.places().find(|origin| origin.is_host_of(url))
    }
}

fn authorities(path: PathBuf) -> Result<Vec<Certificate>, UpstreamError> {
    let pem = fs::read(&path).map_err(|error| UpstreamError::Authorities(path.clone(), error))?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(UpstreamError::NoCertificate(path)),
    }
}

/// The tools whose versions an installation may have.
const TOOLS: [&str; 3] = ["terraform", "opa", "sentinel"];

/// Everything below `/api`.
pub(crate) fn router(upstream: Upstream) -> Router {
    const CONFIGURATION: &str = "/api/v1/terraform/configurations/{username}/{name}/versions";
    let nothing = || any(async || Failure::NotForwarded);
    let versions = TOOLS.into_iter().fold(Router::new(), |router, tool| {
        let list = format!("/api/v2/admin/{tool}-versions");
        let one = format!("{list}/{{id}}");
        router.route(&list, get(api).post(api)).route(&one, get(api).patch(api).delete(api))
    });
    versions
        .route("/api/v2/ping", get(ping))
        .route("/api/v2/account/details", get(api))
        .route(CONFIGURATION, post(uploads::create))
        .route(&format!("{CONFIGURATION}/latest"), get(legacy))
        .route(&format!("{CONFIGURATION}/progress/{{token}}"), get(legacy))
        .route(&format!("{}/{{token}}", uploads::PATH), put(uploads::upload))
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*elsewhere}", nothing())
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        .layer(middleware::from_fn(report))
        .with_state(upstream)
}

async fn api(State(upstream): State<Upstream>, request: Request) -> Result<Response, Failure> {
    let origin = upstream.options.api.clone();
    upstream.forward(&origin, Api::Second, documents::LONGEST, request).await
}

async fn legacy(State(upstream): State<Upstream>, request: Request) -> Result<Response, Legacy> {
    let origin = upstream.legacy().clone();
    Ok(upstream.forward(&origin, Api::Legacy, documents::LONGEST, request).await?)
}

/// Also says which installation it is, for the console to show.
async fn ping(State(upstream): State<Upstream>, request: Request) -> Response {
    let origin = upstream.options.api.clone();
    let mut response = upstream.forward(&origin, Api::Ping, documents::LONGEST, request).await.into_response();
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
