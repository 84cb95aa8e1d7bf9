//! Where in the tab's history the report of the last run stands: Back leads to the report again, not to a new plan.

use domain::Tool;
use leptos::prelude::window;

use crate::{
    inventory::RUNS,
    paths,
    router::{History, Location},
};

/// The report of the last run stands here.
pub fn keep(tool: Tool, history: History, location: Location) {
    if let Some(storage) = window().session_storage().ok().flatten() {
        // With no room for it, Back leads to a new plan.
        let _ = storage.set_item(&key(tool), &name(history, location));
    }
}

/// Whether Back, Forward or a reload led to where the report of the last run stands.
pub fn is_back(tool: Tool, history: History, location: Location) -> bool {
    let storage = window().session_storage().ok().flatten();
    let kept = storage.and_then(|storage| storage.get_item(&key(tool)).ok().flatten());
    history.is_revisited() && kept.is_some_and(|kept| kept == name(history, location))
}

/// The entry's number and its address: where an address was typed in between, the numbers have begun again.
fn name(history: History, location: Location) -> String {
    [&history.number().to_string(), " ", &location.url_untracked()].concat()
}

/// Beside the log, with which it goes.
fn key(tool: Tool) -> String {
    paths::in_storage(&[RUNS, tool.resource(), ".entry"].concat())
}
