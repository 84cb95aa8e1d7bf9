//! Pages that the first load does without, in pieces that are loaded when the first of their pages is opened.
//!
//! `cargo xtask build` makes a wasm file of its own of everything that only one of the loaders here reaches
//! (docs/decisions/0010-split-wasm.md). In every other build it is part of the one wasm.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    pages::{configurations, terraform_versions},
    paths::Page,
    query::Task,
    ui::{ButtonKind, NoticeKind, View, button, dynamic, el, focus_heading, notice},
};

/// A piece of the console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The pages of one version of Terraform.
    TerraformVersion,
    /// The pages of the legacy API.
    Configurations,
}

/// A view for each address of a piece.
type Pages = fn(Page) -> View;

/// A piece could not be loaded.
struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

#[cfg(split)]
mod loaders {
    use super::{NotLoaded, Pages, configurations, terraform_versions};

    #[wasm_split_helpers::wasm_split(terraform_version, fallible)]
    pub fn load_terraform_version() -> Result<Pages, NotLoaded> {
        Ok(terraform_versions::page)
    }

    #[wasm_split_helpers::wasm_split(configurations, fallible)]
    pub fn load_configurations() -> Result<Pages, NotLoaded> {
        Ok(configurations::page)
    }
}

#[cfg(not(split))]
mod loaders {
    use super::{NotLoaded, Pages, configurations, terraform_versions};

    pub async fn load_terraform_version() -> Result<Pages, NotLoaded> {
        Ok(terraform_versions::page)
    }

    pub async fn load_configurations() -> Result<Pages, NotLoaded> {
        Ok(configurations::page)
    }
}

impl Piece {
    async fn load(self) -> Result<Pages, NotLoaded> {
        match self {
            Self::TerraformVersion => loaders::load_terraform_version().await,
            Self::Configurations => loaders::load_configurations().await,
        }
    }

    /// The heading while there is none of the page's own.
    fn heading(self) -> &'static str {
        match self {
            Self::TerraformVersion => "Terraform versions",
            Self::Configurations => "Configuration versions",
        }
    }
}

/// The page, as soon as its piece is there.
pub fn lazy_page(piece: Piece, page: Page) -> View {
    let pages = RwSignal::new(None::<Pages>);
    let failed = RwSignal::new(false);
    let task = Task::new();
    let start: Rc<dyn Fn()> = Rc::new(move || {
        failed.set(false);
        task.start(Box::pin(async move {
            match piece.load().await {
                // The page may have gone meanwhile.
                Ok(loaded) => drop(pages.try_set(Some(loaded))),
                Err(NotLoaded) => drop(failed.try_set(true)),
            }
        }));
    });
    start();
    dynamic(move || match pages.get() {
        Some(pages) => pages(page.clone()),
        None if failed.get() => not_loaded(piece, start.clone()),
        None => el("p").attr("role", "status").class("visually-hidden").child("Loading the page…").into(),
    })
}

fn not_loaded(piece: Piece, start: Rc<dyn Fn()>) -> View {
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
    View::from(el("h1").attr("tabindex", "-1").child(piece.heading())).and(notice(
        NoticeKind::Error,
        text,
        View::from(retry).and(reload),
    ))
}
