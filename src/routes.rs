//! The one table of addresses.

use leptos::prelude::*;

use crate::{
    components::Shell,
    lazy::{LazyPage, Piece},
    pages::{ConnectPage, NotFoundPage, tool_versions::ListPage},
    paths::{self, Page},
    router::{Redirect, use_location},
};

/// The page at the present address. All but `/connect` stand in the shell, which asks for a token first.
#[component]
pub fn Routes() -> impl IntoView {
    let location = use_location();
    let page = Memo::new(move |_| Page::at(&location.pathname()));
    let in_shell = Memo::new(move |_| page.get() != Page::Connect);
    move || {
        if in_shell.get() {
            view! { <Shell>{move || page_view(page.get())}</Shell> }.into_any()
        } else {
            view! { <ConnectPage/> }.into_any()
        }
    }
}

fn page_view(page: Page) -> AnyView {
    match page {
        Page::Home => view! { <Redirect path=paths::start()/> }.into_any(),
        Page::ToolVersions(tool) => view! { <ListPage tool/> }.into_any(),
        page @ (Page::NewToolVersion(_) | Page::ToolVersion(..) | Page::EditToolVersion(..)) => {
            view! { <LazyPage piece=Piece::ToolVersion page/> }.into_any()
        }
        page @ (Page::Configurations | Page::Configuration(..)) => {
            view! { <LazyPage piece=Piece::Configurations page/> }.into_any()
        }
        // In the moment of going there.
        Page::Connect => ().into_any(),
        Page::Unknown => view! { <NotFoundPage/> }.into_any(),
    }
}
