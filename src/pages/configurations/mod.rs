//! `/configurations`: creating configuration versions and uploading their archives through the legacy API.
//!
//! Everything here is loaded when the first of these pages is opened: nothing else may use it.

mod configuration_header;
mod errors;
mod new;
mod open;
mod progress;
mod recent;
mod said;
mod show;

use crate::{
    paths::{ConfigurationPage, Page},
    ui::View,
};

/// The page at one of the addresses below `/configurations`.
pub fn page(page: Page) -> View {
    match page {
        Page::Configurations => open::open_page(),
        Page::Configuration(configuration, ConfigurationPage::Latest) => show::show_page(configuration),
        Page::Configuration(configuration, ConfigurationPage::NewVersion) => new::new_page(configuration),
        Page::Configuration(configuration, ConfigurationPage::Progress(token)) => {
            progress::progress_page(configuration, token)
        }
        _ => View::default(),
    }
}
