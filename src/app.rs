//! The application: what every page can ask for, and the pages.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    api::{Client, Transport},
    components::{ToastRegion, Toasts},
    router::Router,
    routes::AppRoutes,
    session::Session,
};

/// Where the API is: on the console's own origin.
const API: &str = "/api/v2";

/// The whole console, speaking through `transport`.
pub fn app(transport: Arc<dyn Transport>) -> impl IntoView {
    let session = Session::restore();
    provide_context(session);
    provide_context(Client::new(transport, Arc::new(session), API));
    provide_context(Toasts::default());
    provide_context(Router::start());
    view! {
        <AppRoutes/>
        <ToastRegion/>
    }
}
