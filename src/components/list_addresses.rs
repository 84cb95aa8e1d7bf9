//! Where each tool's list was left: its search and page, for the ways back to it.

use domain::Tool;
use leptos::prelude::*;

use crate::paths;

/// The addresses of the lists as they were left. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct ListAddresses(StoredValue<Vec<(Tool, String)>>);

impl Default for ListAddresses {
    fn default() -> Self {
        Self(StoredValue::new(Vec::new()))
    }
}

impl ListAddresses {
    /// Keeps the present address of a tool's list.
    pub fn keep(&self, tool: Tool, url: String) {
        self.0.update_value(|all| {
            all.retain(|(of, _)| *of != tool);
            all.push((tool, url));
        });
    }

    /// Where the list was left; its beginning if it was not opened yet.
    pub fn of(&self, tool: Tool) -> String {
        let kept = self.0.with_value(|all| all.iter().find(|(of, _)| *of == tool).map(|(_, url)| url.clone()));
        kept.unwrap_or_else(|| paths::all_tool_versions(tool))
    }
}
