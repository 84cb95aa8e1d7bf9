//! Versions as a file: the dialog "Export versions".

use std::sync::Arc;

use domain::{Tool, count, export::Format};
use leptos::prelude::*;
use wire::ToolVersion;

use super::plan::download;
use crate::{
    components::Copy,
    ui::{Button, ButtonKind, Dialog},
};

/// Asks how to write the versions, and copies or saves them.
#[component]
pub fn ExportDialog(
    /// Whose versions.
    tool: Tool,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Those that are exported.
    versions: Signal<Vec<Arc<ToolVersion>>>,
) -> impl IntoView {
    let format = RwSignal::new(Format::default());
    let text = Signal::derive(move || versions.with(|versions| format.get().write(tool, versions)));
    let save = move |()| {
        download(&format.get_untracked().file_name(tool), &text.get_untracked());
    };
    let choice = move |it: Format| {
        view! {
            <label class="checkbox">
                <input
                    type="radio"
                    name="export-format"
                    prop:checked=Signal::derive(move || format.get() == it)
                    on:change=move |_| format.set(it)
                />
                {it.label()}
            </label>
        }
    };
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog id="export" open heading="Export versions" on_dismiss=close>
            <p>{move || [&count::versions(versions.with(Vec::len) as u64), ". No token is in the file."].concat()}</p>
            <fieldset class="choices">
                <legend class="visually-hidden">"Format"</legend>
                {Format::ALL.map(choice)}
            </fieldset>
            <div class="dialog-actions">
                <Button on_press=close>"Close"</Button>
                <Copy text>"Copy"</Copy>
                <Button kind=ButtonKind::Primary on_press=save>
                    "Download"
                </Button>
            </div>
        </Dialog>
    }
}
