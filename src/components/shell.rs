//! What is around every page once connected.

use api::Client;
use leptos::{html, prelude::*};

use super::{Nav, Shortcuts, check_token};
use crate::{
    paths,
    query::Task,
    router::{Redirect, use_location},
    session::Session,
    ui::dynamic,
};

/// The navigation, the page, and what belongs to every page. Without a token it leads to `/connect` and back.
#[component]
pub fn Shell(
    /// The page.
    children: ChildrenFn,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let location = use_location();
    let connected = Memo::new(move |_| session.is_connected());
    dynamic(move || {
        if connected.get() {
            view! { <Frame page=children.clone()/> }.into_any()
        } else {
            view! { <Redirect path=paths::connect(Some(&location.url_untracked()))/> }.into_any()
        }
    })
}

#[component]
fn Frame(page: ChildrenFn) -> impl IntoView {
    let shortcuts_open = RwSignal::new(false);
    let main = NodeRef::<html::Main>::new();
    recognise_owner();
    let skip = move |event: leptos::ev::MouseEvent| {
        // Not a step in the history, as following the fragment would be.
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            // It can be focused, for it has a tabindex.
            let _ = main.focus();
        }
    };
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=skip>
                "Skip to the content"
            </a>
            <Nav on_shortcuts=Callback::new(move |()| shortcuts_open.set(true))/>
            <main id="main" tabindex="-1" node_ref=main>
                {page()}
            </main>
            <Shortcuts open=shortcuts_open/>
        </div>
    }
}

/// After a reload the token is there but its owner is not known yet. Whether a token works is told by the page's own
/// requests, so a failure here says nothing.
fn recognise_owner() {
    let session = expect_context::<Session>();
    // Not tracked: whoever calls this would be made anew with every answer, and what is typed in the page with it.
    if untrack(|| session.account().is_some()) {
        return;
    }
    let client = expect_context::<Client>();
    let token = untrack(|| session.api_token()).unwrap_or_default();
    Task::new().start(Box::pin(async move {
        if let Ok(account) = check_token(&client, &token).await {
            session.set_account(account);
        }
    }));
}
