//! Versions as a file: the dialog "Export versions".

use std::sync::Arc;

use domain::{
    Tool,
    count::{self, grouped},
    export::Format,
};
use leptos::prelude::*;
use wire::ToolVersion;

use super::{list::ListView, plan::download};
use crate::{
    components::Copy,
    ui::{Button, ButtonKind, Dialog, Notice, NoticeKind},
};

/// The dialog, open, for all versions of the list that the filters let through. Loaded when it is wanted.
#[component]
pub fn ExportList(
    /// What the list shows.
    view: ListView,
) -> impl IntoView {
    let inventory = view.inventory;
    let versions = Signal::derive(move || {
        let places = view.listing.with(|listing| listing.found().places.clone());
        inventory.with(|store| {
            let entries = places.iter().filter_map(|place| store.get(*place));
            entries.map(|entry| Arc::clone(entry.version())).collect()
        })
    });
    let told = Signal::derive(move || {
        let known = count::versions(inventory.with(|store| store.count()) as u64);
        let found = grouped(view.count() as u64);
        let is_filtered = view.has_filters();
        if is_filtered { [&found, " of ", &known, ": those that match the filters"].concat() } else { known }
    });
    let is_partial = Signal::derive(move || inventory.progress().with(|progress| progress.is_partial));
    let open = RwSignal::new(true);
    view! { <ExportDialog id="export-list" tool=view.tool open versions told is_partial/> }
}

/// Asks how to write the versions, and copies or saves them.
#[component]
pub fn ExportDialog(
    /// Unique in the page.
    id: &'static str,
    /// Whose versions.
    tool: Tool,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Those that are exported.
    versions: Signal<Vec<Arc<ToolVersion>>>,
    /// Which they are: "12 versions".
    told: Signal<String>,
    /// Whether they are a part of those that are meant, since not all are loaded.
    #[prop(optional, into)]
    is_partial: Signal<bool>,
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
    let partial = move || {
        let text = "Not all versions of the installation are loaded: these are a part of them.";
        is_partial.get().then(|| view! { <Notice kind=NoticeKind::Warning text/> })
    };
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog id open heading="Export versions" on_dismiss=close>
            <p>{move || [&told.get(), ". No token is in the file."].concat()}</p>
            {partial}
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
