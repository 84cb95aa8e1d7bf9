//! Where in the tab's history the report of the last run stands: Back leads to the report again, not to a new plan.

use domain::Tool;
use leptos::prelude::window;

use crate::{inventory::RUNS, paths};

/// The report of the last run stands at the entry of this number.
pub fn keep(tool: Tool, number: i32) {
    if let Some(storage) = window().session_storage().ok().flatten() {
        // With no room for it, Back leads to a new plan.
        let _ = storage.set_item(&key(tool), &number.to_string());
    }
}

/// Whether the report of the last run stands at the entry of this number.
pub fn is_at(tool: Tool, number: i32) -> bool {
    let kept =
        window().session_storage().ok().flatten().and_then(|storage| storage.get_item(&key(tool)).ok().flatten());
    kept.is_some_and(|kept| kept.parse() == Ok(number))
}

/// Beside the log, with which it goes.
fn key(tool: Tool) -> String {
    paths::in_storage(&[RUNS, tool.resource(), ".entry"].concat())
}
