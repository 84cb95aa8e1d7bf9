//! The whole server as a service, without a port: what it serves, and how it is put together.

use std::sync::Arc;

use axum::{Router, http::header::CACHE_CONTROL, middleware, routing::get};

use crate::{
    access_log,
    assets::{self, Assets},
    clock::Clock,
    connections::{Limits, bodies},
    discovery,
    embedded::{self, Embedded},
    opening::Opened,
    options::{Mode, Options},
    proxies::{self, TrustedProxies},
    security,
    start_error::StartError,
    upstream::{self, Upstream},
};

/// What [`app`] serves: the folder of the console, and the API with its data.
#[derive(Clone)]
pub struct AppState {
    assets: Assets,
    api: Api,
    proxies: TrustedProxies,
    /// The clock of the access log, if there is one.
    access_log: Option<Clock>,
    limits: Arc<Limits>,
    seeded: bool,
    notices: Vec<String>,
}

/// Who answers what is below `/api`.
#[derive(Clone)]
enum Api {
    Embedded(Embedded),
    Upstream(Upstream),
}

impl AppState {
    /// Opens the data and fills it if it is new, or empty and a seed was asked for. Blocks for a moment.
    pub fn open(options: &Options) -> Result<Self, StartError> {
        let (api, seeded, notices) = match &options.mode {
            Mode::Embedded(embedded) => {
                let Opened { embedded, seeded, notices } = Opened::open(embedded, &options.clock)?;
                (Api::Embedded(embedded), seeded, notices)
            }
            Mode::Upstream(upstream) => {
                (Api::Upstream(Upstream::new(upstream.clone(), options.clock.clone())?), false, Vec::new())
            }
        };
        let access_log = options.access_log.then(|| options.clock.clone());
        Ok(Self {
            assets: Assets::new(options.assets.clone()),
            api,
            proxies: options.trusted_proxies.clone(),
            access_log,
            limits: Arc::new(options.limits.clone()),
            seeded,
            notices,
        })
    }

    /// Whether [`EmbeddedOptions::seed`] was followed: not if the data had versions already.
    pub fn was_seeded(&self) -> bool {
        self.seeded
    }

    /// What whoever starts the server should know of its data, a sentence each: archives that are missing, or unknown.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Whether the folder of the console has a build, as of now.
    pub fn console_is_built(&self) -> bool {
        self.assets.is_built()
    }
}

/// The whole server as a service: the API below `/api`, the console everywhere else, security headers on both.
pub fn app(state: AppState) -> Router {
    let is_for_this_machine = matches!(&state.api, Api::Embedded(embedded) if embedded.is_for_this_machine());
    let api = match state.api {
        Api::Embedded(embedded) => embedded::router(embedded),
        Api::Upstream(upstream) => upstream::router(upstream),
    };
    let everything = api
        .merge(discovery::router())
        .route("/healthz", get(async || ([(CACHE_CONTROL, "no-store")], "ok\n")))
        .fallback_service(assets::router(state.assets));
    let everything = everything.layer(middleware::from_fn_with_state(state.proxies, proxies::read));
    // Before what nobody believes is taken away: another name is a reason to refuse, whoever says it.
    let everything = if is_for_this_machine { embedded::only_loopback(everything) } else { everything };
    let everything = everything
        .layer(middleware::from_fn_with_state(state.limits, bodies::bound))
        .layer(middleware::map_response(security::add_headers));
    match state.access_log {
        Some(clock) => everything.layer(middleware::from_fn_with_state(clock, access_log::log)),
        None => everything,
    }
}
