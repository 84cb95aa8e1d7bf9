//! A version that someone else changed while it was edited here: both sides, and the choice.

use leptos::prelude::*;
use wire::ToolVersion;

use super::{changes::change_table, draft::VersionDraft};
use crate::ui::{ButtonKind, El, View, button, dialog, dialog_actions, el};

/// The dialog "This version was changed meanwhile".
pub struct Conflict {
    /// Whether it is shown.
    pub open: RwSignal<bool>,
    /// What the installation had when the form was opened.
    pub known: RwSignal<ToolVersion>,
    /// What is typed here.
    pub draft: RwSignal<VersionDraft>,
    /// What the installation has now.
    pub latest: RwSignal<Option<ToolVersion>>,
    /// Sends the changes made here over it.
    pub on_overwrite: Callback<()>,
    /// Takes what the installation has into the form.
    pub on_reload: Callback<()>,
}

impl Conflict {
    /// The dialog.
    pub fn view(self) -> El {
        let Self { open, known, draft, latest, on_overwrite, on_reload } = self;
        let content = move || {
            let changes = latest.with_untracked(|latest| {
                let latest = latest.as_ref().map(|latest| &latest.attributes);
                latest.map(|latest| draft.with_untracked(|draft| draft.changes(latest))).unwrap_or_default()
            });
            let sides =
                (!changes.is_empty()).then(|| change_table("Both sides", ["On the installation", "Here"], &changes));
            let has_other_archs = latest.with_untracked(|latest| {
                let latest = latest.as_ref().map(|latest| &latest.attributes.archs);
                known.with_untracked(|known| latest.is_some_and(|archs| *archs != known.attributes.archs))
            });
            let archs = has_other_archs.then(|| el("p").child("The architectures were changed on the installation."));
            let explained = "“Overwrite” sends the fields that you changed; the others stay as they are on the \
                             installation. “Reload” takes the installation's values into the form, in place of what you \
                             typed.";
            let actions = [
                button(ButtonKind::Secondary, "Cancel", move || open.set(false)),
                button(ButtonKind::Secondary, "Reload", move || on_reload.run(())),
                button(ButtonKind::Danger, "Overwrite", move || on_overwrite.run(())),
            ];
            View::from(el("p").child("Somebody else changed it after you opened this page. Nothing was sent yet."))
                .and(sides)
                .and(archs)
                .and(el("p").child(explained))
                .and(dialog_actions(actions))
        };
        dialog("conflict", open, || "This version was changed meanwhile".to_owned(), content, || ())
    }
}
