//! Hosts the console and answers the API it speaks, on one origin.
//!
//! Modules in reading order: [`Options`] say what to run, [`start`] runs it on a port, [`app`] is the same without a
//! port, for tests. `assets` hosts the built console, `embedded` is an installation's API on a database of its own,
//! `upstream` forwards to a real one in its place, `store` opens the database, `seed` fills it, `security` writes the headers of
//! every answer, `access_log` a line for each.
//!
//! What it must not know: the console's pages and routes. Whatever is not a file and not below `/api` is a page.

mod access_log;
mod assets;
mod clock;
mod discovery;
mod embedded;
mod limits;
mod options;
mod own_origin;
mod proxies;
mod security;
mod seed;
mod serve;
mod store;
mod tls;
mod tokens;
mod upstream;

use axum::{Router, http::header::CACHE_CONTROL, middleware, routing::get};

pub use clock::Clock;
pub use options::Options;
pub use proxies::{Network, NetworkError, TrustedProxies};
pub use seed::{Seed, UnknownSeed};
use serve::Api;
pub use serve::{AppState, Running, StartError, listen, start};
pub use store::{Data, OpenError};
pub use tls::{TlsError, TlsOptions};
pub use tokens::{DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN, TokenError, Tokens};
pub use upstream::{Origin, OriginError, SealKey, UpstreamError, UpstreamOptions};

/// The whole server as a service: the API below `/api`, the console everywhere else, security headers on both.
pub fn app(state: AppState) -> Router {
    let api = match state.api {
        Api::Embedded(embedded) => embedded::router(embedded),
        Api::Upstream(upstream) => upstream::router(upstream),
    };
    let everything = api
        .merge(discovery::router())
        .route("/healthz", get(async || ([(CACHE_CONTROL, "no-store")], "ok\n")))
        .fallback_service(assets::router(state.assets))
        .layer(middleware::from_fn_with_state(state.proxies, proxies::read))
        .layer(middleware::map_response(security::add_headers));
    match state.access_log {
        Some(clock) => everything.layer(middleware::from_fn_with_state(clock, access_log::log)),
        None => everything,
    }
}
