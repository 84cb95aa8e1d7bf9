//! Pages that are rarely opened, as a piece of the console that is loaded when the first of them is.
//!
//! `cargo xtask build` makes a wasm file of its own of everything that only [`load`] reaches
//! (docs/decisions/0010-split-wasm.md). In every other build it is part of the one wasm.
#![cfg_attr(split, expect(unsafe_code, reason = "the split point is an imported function"))]

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    pages::configurations,
    paths::Page,
    query::Task,
    ui::{ButtonKind, NoticeKind, View, button, dynamic, el, focus_heading, notice},
};

/// The pages of the piece: a view for each address of it.
type Pages = fn(Page) -> View;

/// The piece could not be loaded.
struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(split)]
#[wasm_split_helpers::wasm_split(configurations, fallible)]
fn load() -> Result<Pages, NotLoaded> {
    Ok(configurations::page)
}

#[cfg(not(split))]
async fn load() -> Result<Pages, NotLoaded> {
    Ok(configurations::page)
}

/// The page, as soon as its piece is there.
pub fn lazy_page(page: Page) -> View {
    let pages = RwSignal::new(None::<Pages>);
    let failed = RwSignal::new(false);
    let task = Task::new();
    let start: Rc<dyn Fn()> = Rc::new(move || {
        failed.set(false);
        task.start(Box::pin(async move {
            match load().await {
                // The page may have gone meanwhile.
                Ok(loaded) => drop(pages.try_set(Some(loaded))),
                Err(NotLoaded) => drop(failed.try_set(true)),
            }
        }));
    });
    start();
    dynamic(move || match pages.get() {
        Some(pages) => pages(page.clone()),
        None if failed.get() => not_loaded(start.clone()),
        None => el("p").attr("role", "status").class("visually-hidden").child("Loading the page…").into(),
    })
}

fn not_loaded(start: Rc<dyn Fn()>) -> View {
    let text = "This part of the console cannot be loaded. Check the network connection and try again. If the console was \
                updated meanwhile, reload the page.";
    let retry = button(ButtonKind::Secondary, "Try again", move || {
        // The button goes away with the notice: the focus needs another place.
        focus_heading();
        start();
    });
    let reload = button(ButtonKind::Secondary, "Reload the page", || {
        // It fails only in a page that is going away.
        let _ = window().location().reload();
    });
    View::from(el("h1").attr("tabindex", "-1").child("Configuration versions")).and(notice(
        NoticeKind::Error,
        text,
        View::from(retry).and(reload),
    ))
}
