//! The log of a run in `sessionStorage`, so that a reload in the middle of it loses no knowledge. No token is in it.

use domain::{Tool, run::Run};
use leptos::prelude::window;
use web_sys::Storage;

use super::runner::AT_ONCE;
use crate::{inventory::RUNS, paths};

/// The key of the mark that a run is under way, behind the prefix.
const UNDER_WAY: &str = "under-way";

/// The key of the last place whose state there was no room for, behind the prefix. What is there keeps its length, so that
/// there is room for it when there is none for anything else.
const LOST: &str = "lost";
const NOTHING_LOST: &str = "      none";

/// Whether a run with the versions of a tool was left before it was over, and nobody has read its report since.
pub fn was_interrupted(tool: Tool) -> bool {
    let key = paths::in_storage(&[RUNS, tool.resource(), ".", UNDER_WAY].concat());
    let storage = window().session_storage().ok().flatten();
    storage.is_some_and(|storage| storage.get_item(&key).is_ok_and(|mark| mark.is_some()))
}

/// The log of the last run with the versions of a tool.
pub struct Log {
    storage: Option<Storage>,
    /// Of all its keys.
    prefix: String,
}

impl Log {
    /// What is kept in this tab.
    pub fn of(tool: Tool) -> Self {
        let prefix = paths::in_storage(&[RUNS, tool.resource(), "."].concat());
        Self { storage: window().session_storage().ok().flatten(), prefix }
    }

    /// Forgets the run.
    pub fn clear(&self) {
        for (key, _) in self.entries() {
            self.remove(key.strip_prefix(&self.prefix).unwrap_or_default());
        }
    }

    /// Begins the log of a run, in place of the one before. Whether there is room for it.
    pub fn begin(&self, run: &Run) -> bool {
        self.clear();
        self.set(LOST, NOTHING_LOST) && self.set("plan", &run.saved_plan())
    }

    /// Marks that the run is under way.
    pub fn open(&self) {
        self.set(UNDER_WAY, "");
    }

    /// The run is over, or its report is read.
    pub fn end(&self) {
        self.remove(UNDER_WAY);
    }

    /// Notes where an item is. Whether there is room for it; where there is none, that is noted.
    pub fn note(&self, run: &Run, place: usize) -> bool {
        let key = place.to_string();
        let is_noted = self.set(&key, &run.saved_state(place));
        if !is_noted {
            // What was noted before is not so any more.
            self.remove(&key);
            if !run.is_untouched(place) && self.lost().is_none_or(|lost| lost < place) {
                let indent = " ".repeat(NOTHING_LOST.len().saturating_sub(key.len()));
                // There was room for as much.
                let _ = self.set(LOST, &[indent, key].concat());
            }
        }
        is_noted
    }

    fn lost(&self) -> Option<usize> {
        self.storage.as_ref()?.get_item(&[self.prefix.as_str(), LOST].concat()).ok()??.trim().parse().ok()
    }

    /// The run as it was left, if there is one.
    pub fn restore(&self) -> Option<Run> {
        let entries = self.entries();
        let of_key = |(key, text): &(String, String)| Some((key.strip_prefix(&self.prefix)?.to_owned(), text.clone()));
        let entries: Vec<(String, String)> = entries.iter().filter_map(of_key).collect();
        let plan = entries.iter().find(|(key, _)| key == "plan").map(|(_, text)| text)?;
        let states = entries.iter().filter_map(|(key, text)| Some((key.parse().ok()?, text.as_str())));
        Run::restore(plan, states, self.lost(), AT_ONCE)
    }

    fn set(&self, name: &str, text: &str) -> bool {
        let key = [self.prefix.as_str(), name].concat();
        self.storage.as_ref().is_some_and(|storage| storage.set_item(&key, text).is_ok())
    }

    fn remove(&self, name: &str) {
        if let Some(storage) = &self.storage {
            // It fails only where nothing can be stored either.
            let _ = storage.remove_item(&[self.prefix.as_str(), name].concat());
        }
    }

    fn entries(&self) -> Vec<(String, String)> {
        let Some(storage) = &self.storage else { return Vec::new() };
        let keys = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
        let ours: Vec<String> = keys.filter(|key| key.starts_with(&self.prefix)).collect();
        ours.into_iter().filter_map(|key| storage.get_item(&key).ok().flatten().map(|text| (key, text))).collect()
    }
}
