//! What is remembered of each tool's list while the console is open: where it was left (its search and page, for the ways
//! back to it), and which versions it may have been given although no answer said so.

use domain::Tool;
use leptos::prelude::*;

use crate::paths;

/// The addresses of the lists as they were left, and the numbers of the versions whose create got no answer: whoever
/// looks at the list in between and comes back to the form has not made the first try undone. Copied freely; all copies
/// are one.
#[derive(Clone, Copy)]
pub struct ListAddresses {
    addresses: StoredValue<Vec<(Tool, String)>>,
    unanswered: StoredValue<Vec<(Tool, String)>>,
}

impl Default for ListAddresses {
    fn default() -> Self {
        Self { addresses: StoredValue::new(Vec::new()), unanswered: StoredValue::new(Vec::new()) }
    }
}

impl ListAddresses {
    /// Keeps the present address of a tool's list.
    pub fn keep(&self, tool: Tool, url: String) {
        self.addresses.update_value(|all| {
            all.retain(|(of, _)| *of != tool);
            all.push((tool, url));
        });
    }

    /// Where the list was left; its beginning if it was not opened yet.
    pub fn of(&self, tool: Tool) -> String {
        let kept = self.addresses.with_value(|all| all.iter().find(|(of, _)| *of == tool).map(|(_, url)| url.clone()));
        kept.unwrap_or_else(|| paths::all_tool_versions(tool))
    }

    /// Notes that a create of this version got no answer.
    pub fn note_unanswered(&self, tool: Tool, version: &str) {
        self.unanswered.update_value(|all| all.push((tool, version.to_owned())));
    }

    /// Whether a create of this version got no answer.
    pub fn has_unanswered(&self, tool: Tool, version: &str) -> bool {
        self.unanswered.with_value(|all| all.iter().any(|(of, number)| *of == tool && number == version))
    }
}
