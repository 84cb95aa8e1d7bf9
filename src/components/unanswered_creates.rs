//! Which versions the installation may have added although no answer said so.

use domain::Tool;
use leptos::prelude::*;

/// The versions whose create got no answer, for as long as the console is open: whoever looks at the list in between and
/// comes back to the form has not made the first try undone. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct UnansweredCreates(StoredValue<Vec<(Tool, String)>>);

impl Default for UnansweredCreates {
    fn default() -> Self {
        Self(StoredValue::new(Vec::new()))
    }
}

impl UnansweredCreates {
    /// Notes the number of a version.
    pub fn note(&self, tool: Tool, version: &str) {
        self.0.update_value(|all| all.push((tool, version.to_owned())));
    }

    /// Whether a create of this version got no answer.
    pub fn has(&self, tool: Tool, version: &str) -> bool {
        self.0.with_value(|all| all.iter().any(|(of, number)| *of == tool && number == version))
    }
}
