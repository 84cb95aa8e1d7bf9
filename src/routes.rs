//! The one table of addresses, and the dialog that any page may need.

use leptos::prelude::*;

use crate::{
    components::Shell,
    lazy::{LazyPage, Piece, chart, export, interrupted_run, row_actions, selection_bar},
    pages::{
        NotFoundPage,
        connect::{ConnectPage, TokenForm},
        tool_versions::ListPage,
    },
    paths::{self, Page},
    router::{Redirect, use_location},
    session::Session,
    ui::{Dialog, dynamic},
};

/// The page at the present address. All but `/connect` stand in the shell, which asks for a token first.
#[component]
pub fn Routes() -> impl IntoView {
    let location = use_location();
    let page = Memo::new(move |_| Page::at(&location.pathname()));
    let in_shell = Memo::new(move |_| page.get() != Page::Connect);
    let content = move || {
        if in_shell.get() {
            view! { <Shell>{dynamic(move || page_view(page.get()))}</Shell> }.into_any()
        } else {
            view! {
                <main class="connect">
                    <ConnectPage/>
                </main>
            }
            .into_any()
        }
    };
    view! {
        {dynamic(content)}
        <ConnectAgain/>
    }
}

fn page_view(page: Page) -> AnyView {
    let piece = match page {
        Page::Home => return view! { <Redirect path=paths::start()/> }.into_any(),
        Page::ToolVersions(tool) => {
            return view! { <ListPage tool row_actions selection_bar chart export interrupted_run/> }.into_any();
        }
        Page::Unknown => return view! { <NotFoundPage/> }.into_any(),
        // In the moment of going there.
        Page::Connect => return ().into_any(),
        Page::NewToolVersion(_) | Page::ToolVersion(..) | Page::EditToolVersion(..) => Piece::ToolVersion,
        Page::PlanToolVersions(_) => Piece::Plan,
        Page::Configurations | Page::Configuration(..) => Piece::Configurations,
    };
    view! { <LazyPage piece page/> }.into_any()
}

/// Asks for a token while the session has requests that wait for one: the page and everything typed stay behind the
/// dialog, and the refused requests are sent again.
#[component]
fn ConnectAgain() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <Dialog
            id="connect-again"
            open=Signal::derive(move || session.question().is_some())
            heading="Connect again"
            on_dismiss=Callback::new(move |()| session.give_up())
        >
            <TokenForm/>
        </Dialog>
    }
}
