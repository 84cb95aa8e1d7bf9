//! `/terraform-versions` and its twins: the versions of a tool that the installation knows.

mod archs;
mod attribute;
mod changes;
mod chart;
mod conflict;
mod delete;
mod edit;
mod export;
mod form;
mod list;
mod new;
mod plan;
mod selection_bar;
mod show;
mod version;

use leptos::prelude::*;

use self::{edit::EditPage, new::NewPage, plan::PlanPage, show::ShowPage};
use crate::paths::Page;

pub use chart::Chart;
pub use export::ExportList;
pub use list::{ListPage, ListView, RowActions};
pub use plan::InterruptedRun;
pub use selection_bar::SelectionBar;

/// The page at one of the addresses below the list.
///
/// Loaded when the first of these pages is opened: what only they use is no part of the first load.
pub fn page(page: Page) -> AnyView {
    match page {
        Page::NewToolVersion(tool) => view! { <NewPage tool/> }.into_any(),
        Page::ToolVersion(tool, id) => view! { <ShowPage tool id/> }.into_any(),
        Page::EditToolVersion(tool, id) => view! { <EditPage tool id/> }.into_any(),
        _ => ().into_any(),
    }
}

/// The page at the address of a plan. Loaded when the first plan is made.
pub fn plan_page(page: Page) -> AnyView {
    match page {
        Page::PlanToolVersions(tool) => view! { <PlanPage tool/> }.into_any(),
        _ => ().into_any(),
    }
}
