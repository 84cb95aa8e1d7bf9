//! A version that someone else changed while it was edited here: both sides, and the choice.

use leptos::prelude::*;
use wire::TerraformVersion;

use super::{
    changes::{ChangeTable, Text},
    draft::{Change, VersionDraft},
};
use crate::ui::{Button, ButtonKind, Dialog};

/// The dialog "This version was changed meanwhile", while there is a `latest` to tell of.
#[component]
pub fn Conflict(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// What is typed here.
    draft: RwSignal<VersionDraft>,
    /// What the installation has now.
    #[prop(into)]
    latest: Signal<Option<TerraformVersion>>,
    /// Sends the changes made here over it.
    #[prop(into)]
    on_overwrite: Callback<()>,
    /// Takes what the installation has into the form.
    #[prop(into)]
    on_reload: Callback<()>,
) -> AnyView {
    let rows = move || {
        let latest = latest.get()?;
        let rows = draft.with(|draft| draft.changes(&latest.attributes)).into_iter().map(|Change { field, now, new }| {
            view! {
                <tr>
                    <th scope="row">{field.label()}</th>
                    <td><Text text=now/></td>
                    <td><Text text=new/></td>
                </tr>
            }
        });
        Some(view! {
            <ChangeTable columns=["Field", "On the installation", "Here"] rows=rows.collect_view().into_any()/>
        })
    };
    view! {
        <Dialog id="conflict" open heading="This version was changed meanwhile">
            <p>"Somebody else changed it after you opened this page. Nothing was sent yet."</p>
            {rows}
            <p>
                "“Overwrite” sends the fields that you changed; the others stay as they are on the installation. "
                "“Reload” takes the installation's values into the form, in place of what you typed."
            </p>
            <div class="dialog-actions">
                <Button label="Cancel" on_press=move |()| open.set(false)/>
                <Button label="Reload" on_press=on_reload/>
                <Button kind=ButtonKind::Danger label="Overwrite" on_press=on_overwrite/>
            </div>
        </Dialog>
    }
    .into_any()
}
