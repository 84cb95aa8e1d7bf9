//! An installation's API, answered by this process from a database of its own.
//!
//! Each resource is a module with its own `router()`. A handler that only an administrator may call takes
//! [`auth::Administrator`] as an argument, so that the check cannot be forgotten.
//! What it must not know: the console, and where the database is.

mod account;
mod auth;
mod body;
mod configuration_versions;
mod error;
mod id;
mod legacy_error;
mod loopback;
mod once;
mod page;
mod rate_limit;
mod terraform_versions;

use std::{any::Any, num::NonZeroU32, sync::Arc};

use axum::{
    Router,
    http::{HeaderName, HeaderValue, StatusCode, header::CACHE_CONTROL},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;

pub(crate) use configuration_versions::{Uploads, table as uploads_table};
pub(crate) use loopback::refuse_others;
pub(crate) use terraform_versions::{Version, table};

use crate::{store::Store, tokens::Tokens};
use error::ApiError;
use rate_limit::RateLimiter;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Embedded {
    store: Store,
    tokens: Arc<Tokens>,
    limiter: Option<Arc<RateLimiter>>,
    uploads: Arc<Uploads>,
}

impl Embedded {
    pub(crate) fn new(store: Store, tokens: Tokens, rate_limit: Option<NonZeroU32>, uploads: Uploads) -> Self {
        let limiter = rate_limit.map(|limit| Arc::new(RateLimiter::new(limit)));
        Self { store, tokens: Arc::new(tokens), limiter, uploads: Arc::new(uploads) }
    }

    /// Whether a token opens it that everyone knows.
    pub(crate) fn is_for_this_machine(&self) -> bool {
        self.tokens.any_is_demo()
    }
}

/// Everything below `/api`. Expired uploads are removed as long as it is there.
pub(crate) fn router(state: Embedded) -> Router {
    configuration_versions::expiry::begin(&state.store, &state.uploads);
    let nothing = || any(async || ApiError::NotFound);
    let second = Router::new()
        .route("/ping", get(async || StatusCode::NO_CONTENT))
        .merge(account::router())
        .merge(terraform_versions::router())
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed);
    let all = Router::new()
        .nest("/api/v1", configuration_versions::router())
        .nest("/api/v2", second)
        .route("/api", nothing())
        .route("/api/", nothing())
        .route("/api/{*elsewhere}", nothing());
    guarded(all, state)
}

/// Puts around the routes what holds for every answer: the rate limit, the headers, and an error for a panic.
fn guarded(routes: Router<Embedded>, state: Embedded) -> Router {
    // One layer of three, the outermost first: each layer of its own would be another copy of everything below it.
    let layers = (
        middleware::map_response(add_headers),
        middleware::from_fn_with_state(state.clone(), rate_limit::enforce),
        CatchPanicLayer::custom(panicked),
    );
    routes.layer(layers).with_state(state)
}

/// Names the API's version and who answers it, as an installation does on every answer (facts.md 1.7).
async fn add_headers(mut response: Response) -> Response {
    response.headers_mut().extend([
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("tfp-api-version"), HeaderValue::from_static("2.6")),
        (HeaderName::from_static("tfp-appname"), HeaderValue::from_static("tfe-console embedded server")),
    ]);
    response
}

fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| cause.downcast_ref::<String>().cloned());
    ApiError::Internal(format!("a handler panicked: {}", text.unwrap_or_default())).into_response()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, and one is about a panic")]

    use std::time::Duration;

    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;
    use crate::{
        clock::Clock,
        store::{Archives, Data, Quota},
    };

    #[tokio::test]
    async fn a_panic_is_a_500_with_an_error_document_and_the_next_request_is_answered() {
        let store = Store::open(&Data::Memory, |_, _| Ok(())).unwrap();
        let (archives, quota) = (Archives::of(&Data::Memory), Quota::new(0, 0));
        let uploads = Uploads::new(archives, quota, Clock::system(), 0, Duration::ZERO, 0);
        let state = Embedded::new(store, Tokens::demo(), None, uploads);
        let routes = Router::new().route("/panic", get(async || -> StatusCode { panic!("on purpose") }));
        let app = guarded(routes, state);
        for _ in 0..2 {
            let request = Request::get("/panic").body(Body::empty()).unwrap();
            let response = app.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers().get("content-type").unwrap(), "application/vnd.api+json");
        }
    }
}
