//! What is around every page once connected.

use leptos::prelude::*;

use super::{Nav, Shortcuts, recognise_owner};
use crate::{
    paths,
    router::{Redirect, use_location},
    session::Session,
    ui::{dynamic, focus_at_once},
};

/// The id of what a page is in.
const CONTENT: &str = "main";

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
    let location = use_location();
    Effect::new(move |_| {
        // Back and Forward lead on behind the list, too.
        location.pathname();
        shortcuts_open.set(false);
    });
    recognise_owner();
    let skip = move |event: leptos::ev::MouseEvent| {
        // Not a step in the history, as following the fragment would be.
        event.prevent_default();
        focus_at_once(CONTENT);
    };
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=skip>
                "Skip to the content"
            </a>
            <Nav on_shortcuts=Callback::new(move |()| shortcuts_open.set(true))/>
            <main id=CONTENT tabindex="-1">
                {page()}
            </main>
            <Shortcuts open=shortcuts_open/>
        </div>
    }
}
