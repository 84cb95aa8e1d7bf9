//! `/terraform-versions`: the versions of Terraform that the installation knows.

mod archs;
mod attribute;
mod changes;
mod conflict;
mod delete;
pub mod draft;
mod edit;
mod form;
mod list;
mod new;
mod pager;
mod search;
mod show;

pub use list::list_page;

use crate::{paths::Page, ui::View};

/// The page at one of the addresses below `/terraform-versions`.
///
/// Loaded when the first of these pages is opened: what only they use is no part of the first load.
pub fn page(page: Page) -> View {
    match page {
        Page::NewTerraformVersion => new::new_page(),
        Page::ToolVersion(id) => show::show_page(id),
        Page::EditTerraformVersion(id) => edit::edit_page(id),
        _ => View::default(),
    }
}
