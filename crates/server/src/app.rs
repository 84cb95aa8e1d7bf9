//! The whole server as a service, without a port: what it serves, and how it is put together.

use std::collections::HashSet;

use axum::{Router, http::header::CACHE_CONTROL, middleware, routing::get};

use crate::{
    access_log,
    assets::{self, Assets},
    clock::Clock,
    discovery,
    embedded::{self, Embedded, Uploads, table, table::Selection, uploaded_ids},
    options::{EmbeddedOptions, Mode, Options},
    proxies::{self, TrustedProxies},
    security,
    seed::{Seed, plant},
    start_error::StartError,
    store::{Archives, OpenError, Store},
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
    seeded: bool,
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
        let (api, seeded) = match &options.mode {
            Mode::Embedded(embedded) => open_embedded(embedded, &options.clock)?,
            Mode::Upstream(upstream) => (Api::Upstream(Upstream::new(upstream.clone(), options.clock.clone())?), false),
        };
        let access_log = options.access_log.then(|| options.clock.clone());
        let proxies = options.trusted_proxies.clone();
        Ok(Self { assets: Assets::new(options.assets.clone()), api, proxies, access_log, seeded })
    }

    /// Whether [`EmbeddedOptions::seed`] was followed: not if the data had versions already.
    pub fn was_seeded(&self) -> bool {
        self.seeded
    }

    /// Whether the folder of the console has a build, as of now.
    pub fn console_is_built(&self) -> bool {
        self.assets.is_built()
    }
}

fn open_embedded(options: &EmbeddedOptions, clock: &Clock) -> Result<(Api, bool), OpenError> {
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
    let uploads = Uploads::new(archives, clock.clone(), options.upload_limit, options.upload_expires);
    let embedded = Embedded::new(store, options.tokens.clone(), options.rate_limit, uploads);
    Ok((Api::Embedded(embedded), seeded))
}

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
