//! What will be done to which versions: seen before anything is sent.
//!
//! A plan is made of a selection and an [`Action`], of different changes of different versions, or of what a run did. All
//! of them are run by the same machine (`run`). An item holds only what changes, and the old values of that.

mod alike;
pub(crate) mod attributes;
mod notes;
mod purpose;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wire::{CreateToolVersion, ToolVersion, ToolVersionAttributes, UpdateToolVersion};

pub use alike::Alike;
pub use purpose::{Action, Purpose};

use crate::{
    count::grouped,
    text::tidy,
    tool_versions::{why_not_delete, why_not_disable},
};

/// What will be done to one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// It is changed.
    Change {
        /// Only what changes.
        update: Box<UpdateToolVersion>,
        /// The update that takes it back.
        reverse: Box<UpdateToolVersion>,
    },
    /// It is added.
    Create(Box<CreateToolVersion>),
    /// It is deleted, with all that it was.
    Delete(Box<ToolVersionAttributes>),
    /// Nothing: it is so already.
    AlreadySo,
    /// Nothing: the installation would refuse it, with the reason as a sentence.
    Refused(String),
}

impl Kind {
    /// Whether a request is sent for it.
    pub fn is_sent(&self) -> bool {
        matches!(self, Self::Change { .. } | Self::Create(_) | Self::Delete(_))
    }
}

/// A row of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The id of the version; empty for one that is added.
    pub id: String,
    /// Its number.
    pub version: String,
    /// What will be done.
    pub kind: Kind,
    /// What is so now, in words.
    pub now: String,
    /// What will be so.
    pub after: String,
    /// What to know of it, as sentences.
    pub note: String,
    /// The version as it was when the plan was made. Not kept over a reload, which the old values are.
    #[serde(skip)]
    pub known: Option<Arc<ToolVersion>>,
}

impl Item {
    /// What an action does to a selected version. `reason` is what was typed for [`Action::Deprecate`].
    pub fn of_action(action: Action, reason: &str, version: &Arc<ToolVersion>) -> Self {
        match action.update(&tidy(reason)) {
            Some(update) => Self::change(version, update),
            None => Self::delete(version),
        }
    }

    /// The change of a version: what of it is not so already, and whether it would be refused.
    pub fn change(version: &Arc<ToolVersion>, mut update: UpdateToolVersion) -> Self {
        let (it, whole) = (&version.attributes, update.clone());
        let now = || attributes::texts(it, &whole).0;
        if !attributes::keep_changes(&mut update, it) {
            return Self::nothing(version, Kind::AlreadySo, now(), "Already so.");
        }
        if let Some(why) = why_not_change(version, &update) {
            let note = ["Refused: ", &why].concat();
            return Self::nothing(version, Kind::Refused(why), now(), &note);
        }
        let (now, after) = attributes::texts(it, &update);
        let note = notes::of_change(it, &update);
        let reverse = Box::new(attributes::reverse(&update, it));
        Self::new(version, Kind::Change { update: Box::new(update), reverse }, now, after, note)
    }

    /// The deletion of a version, or why it would be refused.
    pub fn delete(version: &Arc<ToolVersion>) -> Self {
        let it = &version.attributes;
        let now = attributes::status(it);
        if let Some(why) = why_not_gone(version) {
            let note = ["Refused: ", &why].concat();
            return Self::nothing(version, Kind::Refused(why), now, &note);
        }
        Self::new(version, Kind::Delete(Box::new(it.clone())), now, "Deleted".to_owned(), notes::of_deletion(it))
    }

    /// A version that is added.
    pub fn create(create: CreateToolVersion, note: &str) -> Self {
        Self {
            id: String::new(),
            version: create.version.clone(),
            kind: Kind::Create(Box::new(create)),
            now: "Not there".to_owned(),
            after: "Added".to_owned(),
            note: note.to_owned(),
            known: None,
        }
    }

    /// A version to which nothing is done, and why.
    pub(crate) fn refused(id: &str, version: &str, now: &str, why: &str) -> Self {
        Self {
            id: id.to_owned(),
            version: version.to_owned(),
            kind: Kind::Refused(why.to_owned()),
            now: now.to_owned(),
            after: now.to_owned(),
            note: ["Refused: ", why].concat(),
            known: None,
        }
    }

    fn nothing(version: &Arc<ToolVersion>, kind: Kind, now: String, note: &str) -> Self {
        Self::new(version, kind, now.clone(), now, note.to_owned())
    }

    fn new(version: &Arc<ToolVersion>, kind: Kind, now: String, after: String, note: String) -> Self {
        Self {
            id: version.id.clone(),
            version: version.attributes.version.clone(),
            kind,
            now,
            after,
            note,
            known: Some(Arc::clone(version)),
        }
    }
}

/// How many items of a plan there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Will be sent.
    pub changes: usize,
    /// Are so already.
    pub already_so: usize,
    /// Would be refused.
    pub refused: usize,
}

/// What will be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is for.
    pub purpose: Purpose,
    /// The versions, in the order in which they are changed.
    pub items: Vec<Item>,
}

impl Counts {
    /// "12 will change, 1 already so, 1 refused"
    pub fn summary(self) -> String {
        let [changes, already_so, refused] =
            [self.changes, self.already_so, self.refused].map(|count| grouped(count as u64));
        [&changes, " will change, ", &already_so, " already so, ", &refused, " refused"].concat()
    }
}

impl Plan {
    /// An action on the selected versions. `reason` is what was typed for [`Action::Deprecate`].
    pub fn of_selection(action: Action, reason: &str, versions: &[Arc<ToolVersion>]) -> Self {
        let item = |version| Item::of_action(action, reason, version);
        Self { purpose: Purpose::Selected(action), items: versions.iter().map(item).collect() }
    }

    /// Different changes of different versions.
    pub fn of_changes(changes: Vec<(Arc<ToolVersion>, UpdateToolVersion)>) -> Self {
        let items = changes.into_iter().map(|(version, update)| Item::change(&version, update)).collect();
        Self { purpose: Purpose::Change, items }
    }

    /// How many there are of each kind.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in &self.items {
            match item.kind {
                Kind::AlreadySo => counts.already_so += 1,
                Kind::Refused(_) => counts.refused += 1,
                _ => counts.changes += 1,
            }
        }
        counts
    }

    /// "12 will change, 1 already so, 1 refused"
    pub fn summary(&self) -> String {
        self.counts().summary()
    }

    /// The heading of its page: "Disable 14 versions?"
    pub fn heading(&self) -> String {
        self.purpose.heading(self.items.len())
    }

    /// The button that begins it: "Disable 12 versions".
    pub fn button(&self) -> String {
        self.purpose.button(self.counts().changes)
    }
}

/// Why nothing can be sent for the version: a browser would resolve the address to another one.
fn why_not_named(version: &ToolVersion) -> Option<String> {
    let id = version.id.as_str();
    matches!(id, "" | "." | "..")
        .then(|| ["The installation gives it the id “", id, "”, which no address can name."].concat())
}

/// Why the installation would refuse the change. An update that disables what is disabled already is none.
fn why_not_change(version: &ToolVersion, update: &UpdateToolVersion) -> Option<String> {
    let is_disabled = update.enabled == Some(false);
    why_not_named(version).or_else(|| is_disabled.then(|| why_not_disable(&version.attributes))?)
}

/// Why the installation would refuse the deletion.
fn why_not_gone(version: &ToolVersion) -> Option<String> {
    why_not_named(version).or_else(|| why_not_delete(&version.attributes))
}

#[cfg(test)]
mod tests;
