//! A version's row.

use std::sync::Arc;

use domain::{archs, text::visible, tool_versions::usage_text};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use wire::ToolVersion;

use super::{row_actions::ROW_MENU, rows::Opened, view::ListView};
use crate::{
    pages::tool_versions::attribute::{Created, Status},
    paths,
    router::Link,
    ui::{dynamic, hide_popover},
};

/// A row stays as long as its version is on the page, and follows what changes in it; then it may show another one
/// ([`TableRows`](super::rows::TableRows)).
#[component]
pub fn VersionRow(
    /// What is shown.
    view: ListView,
    /// The place of its version.
    place: Memo<u32>,
    /// The version whose actions are open.
    opened: RwSignal<Option<Opened>>,
    /// The place of the box that was ticked last: where a range begins.
    anchor: StoredValue<Option<u32>>,
) -> impl IntoView {
    let inventory = view.inventory;
    // It keeps what it has in the moment between losing its version and going away.
    let shown = Memo::new(move |known: Option<&Option<Shown>>| {
        let place = place.get();
        let shown = inventory.with(|store| {
            let version = store.get(place)?.version().clone();
            Some(Shown { version, is_changed: store.is_changed(place) })
        });
        shown.or_else(|| known.cloned().flatten())
    });
    let cells = move || {
        let Shown { version, is_changed } = shown.get()?;
        let (known, name) = (&version.attributes, name_of(&version));
        let name = if paths::can_name(&version.id) {
            view! { <Link href=paths::tool_version(view.tool, &version.id)>{name}</Link> }.into_any()
        } else {
            view! { <span>{name}</span> }.into_any()
        };
        let changed = is_changed.then(|| view! { <span class="changed">"changed"</span> });
        Some(view! {
            <th scope="row">{name} {changed}</th>
            <td>
                <Status version=known/>
            </td>
            <td data-label="Architectures">{archs::names(known)}</td>
            <td data-label="Usage">{usage_text(known.usage)}</td>
        })
    };
    let open_actions = move || {
        let place = place.get_untracked();
        inventory.look_at(place);
        let version = shown.with_untracked(|shown| Some(ToolVersion::clone(&shown.as_ref()?.version)));
        let now = version.map(|version| Opened { place, version });
        if opened.with_untracked(|opened| *opened != now) {
            // Another row's menu may be open: this press, which opens or closes it, is to open it here.
            hide_popover(ROW_MENU);
        }
        opened.set(now);
    };
    let created = move || Some(view! { <Created at=shown.get()?.version.attributes.created_at.clone()/> });
    let label = move |before: &'static str| {
        Signal::derive(move || shown.with(|shown| Some([before, &name_of(&shown.as_ref()?.version)].concat())))
    };
    let selection = inventory.selection();
    view! {
        <tr>
            <td class="select">
                <input
                    type="checkbox"
                    aria-label=label("Select ")
                    prop:checked=Signal::derive(move || selection.with(|selection| selection.has(place.get())))
                    on:click=move |event| select(view, place.get_untracked(), anchor, &event)
                    on:keydown=move |event| select_on(&event)
                />
            </td>
            {dynamic(cells)}
            <td data-label="Created" class="created">
                {dynamic(created)}
                <button
                    type="button"
                    class="row-actions"
                    aria-label=label("Actions for ")
                    popovertarget=ROW_MENU
                    on:click=move |_| open_actions()
                ></button>
            </td>
        </tr>
    }
}

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    version: Arc<ToolVersion>,
    is_changed: bool,
}

fn name_of(version: &ToolVersion) -> String {
    let name = visible(&version.attributes.version);
    if name.trim().is_empty() { "(no version)".to_owned() } else { name }
}

/// Ticks the box of a row, or with Shift the boxes of all rows from the one that was ticked before. Shift and Space is a
/// click as well.
fn select(view: ListView, place: u32, anchor: StoredValue<Option<u32>>, event: &MouseEvent) {
    let Some(box_of_row) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let is_ticked = box_of_row.checked();
    let from = anchor.get_value().filter(|_| event.shift_key()).unwrap_or(place);
    let range = view.shown.with_untracked(|shown| {
        let place_of = |wanted: u32| shown.iter().position(|it| *it == wanted);
        let (from, to) = (place_of(from)?, place_of(place)?);
        shown.get(from.min(to)..=from.max(to)).map(<[u32]>::to_vec)
    });
    view.inventory.selection().update(|selection| selection.set(range.unwrap_or_else(|| vec![place]), is_ticked));
    anchor.set_value(Some(place));
}

/// Shift with an arrow goes to the box of the next row and ticks all on the way, as in a list of files.
fn select_on(event: &KeyboardEvent) {
    let key = event.key();
    if !event.shift_key() || !(key == "ArrowDown" || key == "ArrowUp") {
        return;
    }
    let Some(here) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let row = here.closest("tr").ok().flatten();
    let next =
        row.and_then(
            |row: Element| {
                if key == "ArrowDown" { row.next_element_sibling() } else { row.previous_element_sibling() }
            },
        );
    let next = next.and_then(|row| row.query_selector("input").ok().flatten());
    let Some(next) = next.and_then(|next| next.dyn_into::<HtmlInputElement>().ok()) else { return };
    event.prevent_default();
    for row in [&here, &next] {
        if !row.checked() {
            HtmlElement::click(row);
        }
    }
    // It can be focused, for it is a box on the page.
    let _ = next.focus();
}
