//! The whole server as a service, without a port: what it serves, and how it is put together.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header::CACHE_CONTROL},
    middleware::{self, Next},
    response::Response,
    routing::get,
};

use crate::{
    access_log::Line,
    assets::{self, Assets},
    clock::Clock,
    connections::{Limits, bodies},
    discovery, documents,
    embedded::{self, Embedded},
    opening::Opened,
    options::{Mode, Options},
    own_origin,
    proxies::{self, Refused, TrustedProxies},
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
    limits: Limits,
    is_over_tls: bool,
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
            limits: options.limits.clone(),
            is_over_tls: options.tls.is_some(),
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
    let front = Front {
        proxies: state.proxies,
        access_log: state.access_log,
        limits: state.limits,
        is_for_this_machine,
        is_over_tls: state.is_over_tls,
    };
    api.merge(discovery::router())
        .route("/healthz", get(async || ([(CACHE_CONTROL, "no-store")], "ok\n")))
        .fallback_service(assets::router(state.assets))
        .layer(middleware::from_fn_with_state(Arc::new(front), pass))
}

/// What every request passes first. One layer, since each layer is another copy of everything below it for each request.
struct Front {
    proxies: TrustedProxies,
    access_log: Option<Clock>,
    limits: Limits,
    is_for_this_machine: bool,
    is_over_tls: bool,
}

async fn pass(State(front): State<Arc<Front>>, request: Request, next: Next) -> Response {
    let line = front.access_log.as_ref().map(|clock| Line::begin(clock, &request));
    let (mut request, unanswered) = bodies::bound(&front.limits, request);
    let client = proxies::client(&front.proxies, &request);
    if let Some(client) = client {
        request.extensions_mut().insert(client);
    }
    let response = match front.refusal(&mut request) {
        None => next.run(request).await,
        Some(refusal) => {
            drop(request);
            refusal
        }
    };
    let mut response = match unanswered {
        Some(unanswered) => unanswered.answered(response),
        None => response,
    };
    security::add_headers(&mut response, front.is_over_tls);
    if let Some(line) = line {
        line.end(&response, client);
    }
    response
}

impl Front {
    /// Takes away what is not believed. The answer, if nobody may ask so.
    fn refusal(&self, request: &mut Request) -> Option<Response> {
        if self.is_for_this_machine
            && let Some(refusal) = embedded::refuse_others(request)
        {
            return Some(refusal);
        }
        if let Err(Refused(sentence)) = proxies::read(&self.proxies, request) {
            return Some(documents::error_at(request.uri().path(), StatusCode::BAD_REQUEST, sentence));
        }
        if self.is_over_tls {
            own_origin::say_that_it_is_secure(request);
        }
        None
    }
}
