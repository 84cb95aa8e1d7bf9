//! What to know of a change before it is made.

use wire::{ToolVersionAttributes, UpdateToolVersion};

use crate::{archs, text::visible, tool_versions::usage_text};

/// Whether an upgrade of the installation writes the version anew: facts.md 1.6. Those that somebody added have a date.
fn came_with_the_installation(version: &ToolVersionAttributes) -> bool {
    version.official || version.created_at.is_none()
}

/// What follows from a change.
pub(super) fn of_change(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> String {
    let mut note = String::new();
    if update.enabled == Some(false) {
        push(&mut note, &of_usage(version));
    }
    if update.deprecated == Some(true)
        && let Some(count) = version.usage.filter(|count| *count > 0)
    {
        let verb = if count == 1 { " uses it and sees a warning." } else { " use it and see a warning." };
        push(&mut note, &[&usage_text(Some(count)), verb].concat());
    }
    if update.beta == Some(true) {
        push(&mut note, "Only organizations with access to beta versions can use it.");
    }
    if update.official == Some(true) {
        push(&mut note, "It can then no longer be deleted.");
    }
    if update.archs.is_none() && (update.url.is_some() || update.sha.is_some()) {
        for name in archs::lost(version) {
            push(&mut note, &[&name, " will be removed."].concat());
        }
    }
    if let Some(archs) = &update.archs {
        let is_kept = |name: &String| archs.iter().any(|arch| archs::name(arch) == *name);
        for name in version.archs.iter().flatten().map(archs::name).filter(|name| !is_kept(name)) {
            push(&mut note, &[&name, " will be removed."].concat());
        }
    }
    if came_with_the_installation(version) {
        push(&mut note, "It came with the installation, whose next upgrade brings it back as it was.");
    }
    note
}

/// What follows from a deletion.
pub(super) fn of_deletion(version: &ToolVersionAttributes) -> String {
    let mut note = of_usage(version);
    if came_with_the_installation(version) {
        push(&mut note, "It came with the installation, whose next upgrade brings it back.");
    }
    note
}

fn of_usage(version: &ToolVersionAttributes) -> String {
    let text = if version.usage.is_none() { "The installation does not say how many workspaces use it." } else { "" };
    text.to_owned()
}

fn push(note: &mut String, sentence: &str) {
    if !note.is_empty() && !sentence.is_empty() {
        note.push(' ');
    }
    note.push_str(&visible(sentence));
}
