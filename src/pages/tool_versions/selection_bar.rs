//! The region "Selection" below the list.

use std::sync::Arc;

use domain::{
    count::{self, grouped},
    plan::Action,
};
use leptos::prelude::*;

use super::{export::ExportDialog, list::ListView};
use crate::{
    paths,
    router::{NavigateOptions, use_navigate},
    ui::{Button, ButtonKind, focus_heading},
};

/// How many versions are selected, and what can be done with them. Loaded when the first version is selected.
#[component]
pub fn SelectionBar(
    /// What the list shows.
    view: ListView,
) -> impl IntoView {
    let navigate = use_navigate();
    let (tool, selection) = (view.tool, view.inventory.selection());
    let count = move || selection.with(|selection| selection.count());
    let hidden = Memo::new(move |_| {
        view.listing
            .with(|listing| selection.with(|selection| selection.count() - selection.count_in(&listing.found().places)))
    });
    let more = Memo::new(move |_| {
        let matching = view.count();
        let is_page =
            view.shown.with(|shown| shown.len() < matching && selection.with(|selection| selection.has_all(shown)));
        let is_all =
            view.listing.with(|listing| selection.with(|selection| selection.has_all(&listing.found().places)));
        (is_page && !is_all).then_some(matching as u64)
    });
    let select_all = move |()| {
        let places = view.listing.with_untracked(|listing| listing.found().places.clone());
        selection.update(|selection| selection.set(places, true));
        // The button goes away: its place is taken by what can be done now.
        focus_heading();
    };
    let all = move || {
        more.get().map(|count| {
            let words = ["Select all ", &grouped(count), " matching"].concat();
            view! { <Button kind=ButtonKind::Quiet on_press=select_all>{words}</Button> }
        })
    };
    let clear = move |()| {
        selection.update(|selection| {
            let places = selection.places();
            selection.set(places, false);
        });
        focus_heading();
    };
    let export_open = RwSignal::new(false);
    let versions = Signal::derive(move || {
        let places = selection.with(|selection| selection.places());
        view.inventory.with(|store| {
            let entries = places.iter().filter_map(|place| store.get(*place));
            entries.map(|entry| Arc::clone(entry.version())).collect()
        })
    });
    let exported = Signal::derive(move || count::versions(versions.with(Vec::len) as u64));
    let told = move || {
        let (count, hidden) = (grouped(count() as u64), hidden.get());
        let hidden = if hidden > 0 { [", ", &grouped(hidden as u64), " not shown"].concat() } else { String::new() };
        [&count, " selected", &hidden].concat()
    };
    let actions = Action::ALL.map(|action| {
        let press = move |()| navigate(&paths::plan_tool_versions(tool, action.word()), NavigateOptions::default());
        let kind = if action == Action::Delete { ButtonKind::Danger } else { ButtonKind::Secondary };
        view! { <Button kind on_press=press>{action.label()}</Button> }
    });
    view! {
        <section class="selection" aria-label="Selection">
            <p role="status">
                {told}
            </p>
            {all}
            <Button kind=ButtonKind::Quiet on_press=clear>
                "Clear selection"
            </Button>
            <div class="selection-actions">
                {actions} <Button on_press=move |()| export_open.set(true)>"Export"</Button>
            </div>
            <ExportDialog id="export" tool open=export_open versions told=exported/>
        </section>
    }
}
