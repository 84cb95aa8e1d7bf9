//! What a plan is for, and what it is called on its page.

use serde::{Deserialize, Serialize};
use wire::UpdateToolVersion;

use crate::count::grouped;

/// What can be done with the selected versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// "Enable"
    Enable,
    /// "Disable"
    Disable,
    /// "Deprecate", with a reason
    Deprecate,
    /// "Remove deprecation"
    RemoveDeprecation,
    /// "Mark official"
    MarkOfficial,
    /// "Mark custom"
    MarkCustom,
    /// "Mark beta"
    MarkBeta,
    /// "Mark stable"
    MarkStable,
    /// "Delete"
    Delete,
}

impl Action {
    /// Every one, in the order of the buttons.
    pub const ALL: [Self; 9] = [
        Self::Enable,
        Self::Disable,
        Self::Deprecate,
        Self::RemoveDeprecation,
        Self::MarkOfficial,
        Self::MarkCustom,
        Self::MarkBeta,
        Self::MarkStable,
        Self::Delete,
    ];

    /// Its button in the region "Selection".
    pub fn label(self) -> &'static str {
        match self {
            Self::Enable => "Enable",
            Self::Disable => "Disable",
            Self::Deprecate => "Deprecate",
            Self::RemoveDeprecation => "Remove deprecation",
            Self::MarkOfficial => "Mark official",
            Self::MarkCustom => "Mark custom",
            Self::MarkBeta => "Mark beta",
            Self::MarkStable => "Mark stable",
            Self::Delete => "Delete",
        }
    }

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::Deprecate => "deprecate",
            Self::RemoveDeprecation => "remove-deprecation",
            Self::MarkOfficial => "mark-official",
            Self::MarkCustom => "mark-custom",
            Self::MarkBeta => "mark-beta",
            Self::MarkStable => "mark-stable",
            Self::Delete => "delete",
        }
    }

    /// The action with that word in addresses.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// What it makes of any version; `None` deletes. An empty reason leaves the reason of a deprecated version as it is.
    pub(super) fn update(self, reason: &str) -> Option<UpdateToolVersion> {
        let mut update = UpdateToolVersion::default();
        match self {
            Self::Enable => update.enabled = Some(true),
            Self::Disable => update.enabled = Some(false),
            Self::Deprecate => {
                update.deprecated = Some(true);
                update.deprecated_reason = (!reason.is_empty()).then(|| Some(reason.to_owned()));
            }
            // The installation takes the reason away by itself.
            Self::RemoveDeprecation => update.deprecated = Some(false),
            Self::MarkOfficial => update.official = Some(true),
            Self::MarkCustom => update.official = Some(false),
            Self::MarkBeta => update.beta = Some(true),
            Self::MarkStable => update.beta = Some(false),
            Self::Delete => return None,
        }
        Some(update)
    }
}

/// Where a plan comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// An action on the selected versions.
    Selected(Action),
    /// Different changes of different versions.
    Change,
    /// The reverse of a run.
    Undo,
}

impl Purpose {
    /// The heading of its page: "Disable 14 versions?"
    pub fn heading(self, count: usize) -> String {
        let (verb, _, tail) = self.words();
        self.phrase(verb, count, tail, "?")
    }

    /// The button that begins it: "Disable 12 versions".
    pub fn button(self, count: usize) -> String {
        let (verb, _, tail) = self.words();
        self.phrase(verb, count, tail, "")
    }

    /// The heading while it runs: "Disabling 12 versions".
    pub fn running(self, count: usize) -> String {
        let (_, participle, tail) = self.words();
        self.phrase(participle, count, tail, "")
    }

    /// The heading at the end: "Report: disable".
    pub fn report(self) -> String {
        ["Report: ", &self.name()].concat()
    }

    /// Inside a sentence: "disable".
    pub fn name(self) -> String {
        match self {
            Self::Selected(action) => action.label().to_ascii_lowercase(),
            Self::Change => "change".to_owned(),
            Self::Undo => "undo".to_owned(),
        }
    }

    fn phrase(self, verb: &str, count: usize, tail: &str, end: &str) -> String {
        let noun = match (self, count) {
            (Self::Undo, 1) => " change",
            (Self::Undo, _) => " changes",
            (_, 1) => " version",
            _ => " versions",
        };
        [verb, " ", &grouped(count as u64), noun, tail, end].concat()
    }

    /// The verb, its participle, and what stands behind the versions.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        let action = match self {
            Self::Selected(action) => action,
            Self::Change => return ("Change", "Changing", ""),
            Self::Undo => return ("Undo", "Undoing", ""),
        };
        match action {
            Action::Enable => ("Enable", "Enabling", ""),
            Action::Disable => ("Disable", "Disabling", ""),
            Action::Deprecate => ("Deprecate", "Deprecating", ""),
            Action::RemoveDeprecation => ("Remove deprecation of", "Removing deprecation of", ""),
            Action::MarkOfficial => ("Mark", "Marking", " official"),
            Action::MarkCustom => ("Mark", "Marking", " custom"),
            Action::MarkBeta => ("Mark", "Marking", " beta"),
            Action::MarkStable => ("Mark", "Marking", " stable"),
            Action::Delete => ("Delete", "Deleting", ""),
        }
    }
}
