//! The application: what every page can ask for, and the pages.

use std::sync::Arc;

use any_spawner::Executor;
use leptos::prelude::*;
use web_sys::Element;

use crate::{
    api::{Client, Dialect, Transport},
    components::{LegacyClient, Toasts, toast_region},
    router::Router,
    routes::routes,
    session::Session,
    ui::View,
};

/// Where the API is: on the console's own origin.
const API: &str = "/api/v2";

/// Where the legacy API is.
const LEGACY_API: &str = "/api/v1";

/// The whole console at the end of `parent`, speaking through `transport`. It ends when the owner is dropped, but
/// leaves its elements there.
pub fn mount(parent: &Element, transport: Arc<dyn Transport>) -> Owner {
    // It fails only when there is one already, which then serves as well.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let session = Session::restore();
        provide_context(session);
        let legacy = Arc::new(session.legacy());
        provide_context(LegacyClient(Client::new(Arc::clone(&transport), legacy, LEGACY_API, Dialect::Legacy)));
        provide_context(Client::new(transport, Arc::new(session), API, Dialect::JsonApi));
        provide_context(Toasts::default());
        provide_context(Router::start());
        View::from(toast_region()).and(routes()).mount(parent);
    });
    owner
}
