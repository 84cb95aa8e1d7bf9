//! A version that someone else changed while it was edited here: both sides, and the choice.

use domain::{archs, version_draft::VersionDraft};
use leptos::prelude::*;
use wire::ToolVersion;

use super::changes::ChangeTable;
use crate::ui::{Button, ButtonKind, Dialog};

/// The dialog "This version was changed meanwhile", while there is a `latest`.
#[component]
pub fn Conflict(
    /// What the installation had when the form was opened.
    known: StoredValue<ToolVersion>,
    /// What is typed here.
    #[prop(into)]
    draft: Signal<VersionDraft>,
    /// What the installation has now, once it turned out to be something else.
    latest: RwSignal<Option<ToolVersion>>,
    /// Sends the changes made here over it.
    on_overwrite: Callback<()>,
    /// Takes what the installation has into the form.
    on_reload: Callback<ToolVersion>,
) -> impl IntoView {
    let cancel = Callback::new(move |()| latest.set(None));
    let overwrite = move |()| {
        latest.set(None);
        on_overwrite.run(());
    };
    let reload = move |()| {
        if let Some(theirs) = latest.get_untracked() {
            latest.set(None);
            on_reload.run(theirs);
        }
    };
    let sides = move || {
        let theirs = latest.get_untracked()?;
        let changes = draft.with_untracked(|draft| draft.changes(&theirs.attributes));
        let has_other_archs = known.with_value(|known| !archs::are_same(&theirs.attributes, &known.attributes));
        let table = (!changes.is_empty()).then(|| {
            view! { <ChangeTable name="Both sides" columns=&["Field", "On the installation", "Here"] changes/> }
        });
        let archs = has_other_archs.then(|| view! { <p>"The architectures were changed on the installation."</p> });
        Some(view! {
            {table}
            {archs}
        })
    };
    view! {
        <Dialog
            id="conflict"
            open=Signal::derive(move || latest.with(Option::is_some))
            heading="This version was changed meanwhile"
            on_dismiss=cancel
        >
            <p>"Somebody else changed it after you opened this page. Nothing was sent yet."</p>
            {sides()}
            <p>
                "“Overwrite” sends the fields that you changed; the others stay as they are on the installation. “Reload” takes the installation's values into the form, in place of what you typed."
            </p>
            <div class="dialog-actions">
                <Button on_press=cancel>"Cancel"</Button>
                <Button on_press=reload>"Reload"</Button>
                <Button kind=ButtonKind::Danger on_press=overwrite>"Overwrite"</Button>
            </div>
        </Dialog>
    }
}
