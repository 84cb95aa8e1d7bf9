//! The application: how it is set up, what every page can ask for, and the pages.

use std::sync::Arc;

use api::{Client, Dialect, FetchTransport, Transport};
use domain::config::{self, Config};
use leptos::{mount::mount_to, prelude::*};
use web_sys::HtmlElement;

use crate::{
    components::{LegacyClient, ListAddresses, ToastRegion, Toasts},
    inventory::Inventories,
    lazy, paths,
    router::provide_router,
    routes::Routes,
    session::Session,
    ui::{Button, Notice, NoticeKind, TimeFormat, meta},
};

/// The whole console in the page, for as long as the page is there.
pub async fn start(parent: HtmlElement) {
    paths::set_base(&meta("public-url").unwrap_or_default());
    match api::config::load(&window(), &paths::at(&["/", config::FILE].concat())).await {
        Ok(config) => mount_to(parent, move || view! { <App transport=Arc::new(FetchTransport) config/> }).forget(),
        Err(reason) => mount_to(parent, move || view! { <CannotStart reason/> }).forget(),
    }
}

/// The whole console, speaking through `transport`.
#[component]
pub fn App(
    /// What carries the requests.
    transport: Arc<dyn Transport>,
    /// How the console is set up.
    config: Config,
) -> impl IntoView {
    let session = Session::restore();
    provide_context(session);
    let legacy = Client::new(
        Arc::clone(&transport),
        Arc::new(session.legacy()),
        &[&config.api, "/v1"].concat(),
        Dialect::Legacy,
    );
    provide_context(LegacyClient(legacy));
    let client = Client::new(transport, Arc::new(session), &[&config.api, "/v2"].concat(), Dialect::JsonApi);
    provide_context(Inventories::new(session, &client, lazy::inventory_reader));
    provide_context(client);
    provide_context(config);
    provide_context(Toasts::default());
    provide_context(TimeFormat::default());
    provide_context(ListAddresses::default());
    provide_router();
    view! {
        <ToastRegion/>
        <Routes/>
    }
}

#[component]
fn CannotStart(reason: String) -> impl IntoView {
    const HEADING: &str = "The console cannot start";
    document().set_title(&[HEADING, " · tfe-console"].concat());
    let reload = |()| {
        // It fails only in a page that is going away.
        let _ = window().location().reload();
    };
    let file = ["The file ", &paths::at(&["/", config::FILE].concat()), " beside this page cannot be used. "].concat();
    view! {
        <main class="connect">
            <h1>{HEADING}</h1>
            <Notice kind=NoticeKind::Error text=file + &reason>
                <Button on_press=reload>"Reload the page"</Button>
            </Notice>
        </main>
    }
}
