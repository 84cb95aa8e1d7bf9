//! What is around every page once connected.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Outlet,
    hooks::{use_location, use_navigate},
};

use super::{ConnectAgain, LeaveDialog, LeaveGuard, Nav, Shortcuts, check_token};
use crate::{api::Client, paths, query::Query, session::Session};

/// The navigation, the page, and what belongs to every page. Without a token it leads to `/connect` and back.
#[component]
pub fn Shell() -> AnyView {
    let session = expect_context::<Session>();
    provide_context(LeaveGuard::default());
    let connected = Memo::new(move |_| session.is_connected());
    (move || if connected.get() { view! { <Frame/> }.into_any() } else { view! { <ToConnect/> }.into_any() }).into_any()
}

#[component]
fn Frame() -> AnyView {
    let shortcuts = RwSignal::new(false);
    recognise_owner();
    view! {
        <div class="shell">
            <a class="skip-link" href="#main">"Skip to the content"</a>
            <Nav on_shortcuts=move |()| shortcuts.set(true)/>
            <main id="main" tabindex="-1">
                <Outlet/>
            </main>
            <LeaveDialog/>
            <Shortcuts open=shortcuts/>
            <ConnectAgain/>
        </div>
    }
    .into_any()
}

/// Leads to `/connect`, which leads back here.
#[component]
fn ToConnect() -> AnyView {
    let location = use_location();
    let asked_for = location.pathname.get_untracked() + &location.search.with_untracked(|search| match search.as_str() {
        "" => String::new(),
        search => format!("?{search}"),
    });
    use_navigate()(&paths::connect(Some(&asked_for)), NavigateOptions { replace: true, ..Default::default() });
    ().into_any()
}

/// After a reload the token is there but its owner is not known yet. Whether a token works is told by the page's own
/// requests, so a failure here says nothing.
fn recognise_owner() {
    let session = expect_context::<Session>();
    if session.account().is_some() {
        return;
    }
    let client = expect_context::<Client>();
    Query::new(
        move || session.api_token(),
        move |token| {
            let client = client.clone();
            async move {
                let account = check_token(&client, &token.unwrap_or_default()).await?;
                session.set_account(account.clone());
                Ok(account)
            }
        },
    );
}
