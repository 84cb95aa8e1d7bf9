//! The application: how it is set up, what every page can ask for, and the pages.

use std::{mem, sync::Arc};

use any_spawner::Executor;
use leptos::prelude::*;
use web_sys::Element;

use crate::{
    api::{self, Client, Dialect, FetchTransport, Transport},
    components::{LegacyClient, Toasts, toast_region},
    domain::config::{self, Config},
    paths,
    router::Router,
    routes::routes,
    session::Session,
    ui::{ButtonKind, NoticeKind, View, button, el, meta, notice},
};

/// The whole console in the page, for as long as the page is there.
pub async fn start(parent: &Element) {
    paths::set_base(&meta("public-url").unwrap_or_default());
    match api::config::load(&window(), &paths::at(&["/", config::FILE].concat())).await {
        Ok(config) => mem::forget(mount(parent, Arc::new(FetchTransport), config)),
        Err(reason) => cannot_start(&reason).mount(parent),
    }
}

/// The whole console at the end of `parent`, speaking through `transport`. It ends when the owner is dropped, but
/// leaves its elements there.
pub fn mount(parent: &Element, transport: Arc<dyn Transport>, config: Config) -> Owner {
    // It fails only when there is one already, which then serves as well.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(|| {
        let session = Session::restore();
        provide_context(session);
        let legacy = Arc::new(session.legacy());
        let legacy_api = [&config.api, "/v1"].concat();
        provide_context(LegacyClient(Client::new(Arc::clone(&transport), legacy, &legacy_api, Dialect::Legacy)));
        let api = [&config.api, "/v2"].concat();
        provide_context(Client::new(transport, Arc::new(session), &api, Dialect::JsonApi));
        provide_context(config);
        provide_context(Toasts::default());
        provide_context(Router::start());
        View::from(toast_region()).and(routes()).mount(parent);
    });
    owner
}

fn cannot_start(reason: &str) -> View {
    const HEADING: &str = "The console cannot start";
    document().set_title(&[HEADING, " · tfe-console"].concat());
    let reload = button(ButtonKind::Secondary, "Reload the page", || {
        // It fails only in a page that is going away.
        let _ = window().location().reload();
    });
    let file = ["The file ", &paths::at(&["/", config::FILE].concat()), " beside this page cannot be used."].concat();
    let said = notice(NoticeKind::Error, &[&file, " ", reason].concat(), reload.into());
    el("main").class("connect").child(el("h1").child(HEADING)).child(said).into()
}
