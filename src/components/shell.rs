//! What is around every page once connected.

use leptos::prelude::*;

use super::{ConnectAgain, LeaveDialog, Nav, Shortcuts, check_token};
use crate::{api::Client, paths, query::Query, router::Router, session::Session};

/// The navigation, the page, and what belongs to every page. Without a token it leads to `/connect` and back.
#[component]
pub fn Shell(
    /// The page.
    children: ChildrenFn,
) -> AnyView {
    let session = expect_context::<Session>();
    let router = expect_context::<Router>();
    let connected = Memo::new(move |_| session.is_connected());
    (move || {
        if connected.get() {
            return view! { <Frame page=children()/> }.into_any();
        }
        router.replace(&paths::connect(Some(&router.url())));
        ().into_any()
    })
    .into_any()
}

#[component]
fn Frame(page: AnyView) -> AnyView {
    let shortcuts = RwSignal::new(false);
    recognise_owner();
    view! {
        <div class="shell">
            <a class="skip-link" href="#main">"Skip to the content"</a>
            <Nav on_shortcuts=move |()| shortcuts.set(true)/>
            <main id="main" tabindex="-1">
                {page}
            </main>
            <LeaveDialog/>
            <Shortcuts open=shortcuts/>
            <ConnectAgain/>
        </div>
    }
    .into_any()
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
