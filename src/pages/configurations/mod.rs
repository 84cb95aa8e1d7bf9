//! `/configurations`: creating configuration versions and uploading their archives through the legacy API.
//!
//! Everything here is loaded when the first of these pages is opened: nothing else may use it.

mod errors;
mod new;
mod open;
mod page_header;
mod progress;
mod recent;
mod show;
mod upload_progress;

use leptos::prelude::*;

use self::{new::NewPage, open::OpenPage, progress::ProgressPage, show::ShowPage};
use crate::paths::{ConfigurationPage, Page};

/// The page at one of the addresses below `/configurations`.
pub fn page(page: Page) -> AnyView {
    match page {
        Page::Configurations => view! { <OpenPage/> }.into_any(),
        Page::Configuration(configuration, ConfigurationPage::Latest) => view! { <ShowPage configuration/> }.into_any(),
        Page::Configuration(configuration, ConfigurationPage::NewVersion) => {
            view! { <NewPage configuration/> }.into_any()
        }
        Page::Configuration(configuration, ConfigurationPage::Progress(token)) => {
            view! { <ProgressPage configuration token/> }.into_any()
        }
        _ => ().into_any(),
    }
}
