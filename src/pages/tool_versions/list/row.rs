//! A version's row.

use domain::{archs, text::visible, tool_versions::usage_text};
use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use wire::ToolVersion;

use super::{row_actions::ROW_MENU, view::ListView};
use crate::{
    pages::tool_versions::attribute::{Created, Status},
    paths,
    router::Link,
    ui::{dynamic, hide_popover},
};

/// A row stays as long as its version is on the page, and follows what changes in it.
#[component]
pub fn VersionRow(
    /// What is shown.
    view: ListView,
    /// The place of its version.
    place: u32,
    /// The version whose actions are open.
    opened: RwSignal<Option<ToolVersion>>,
    /// The place of the box that was ticked last: where a range begins.
    anchor: StoredValue<Option<u32>>,
) -> impl IntoView {
    let inventory = view.inventory;
    // It keeps what it has in the moment between losing its version and going away.
    let version = Memo::new(move |known: Option<&Option<ToolVersion>>| {
        let version = inventory.with(|store| store.get(place).map(|entry| ToolVersion::clone(entry.version())));
        version.or_else(|| known.cloned().flatten())
    });
    let cells = move || {
        let known = version.get()?.attributes;
        Some(view! {
            <td>
                <Status version=&known/>
            </td>
            <td data-label="Architectures">{archs::names(&known)}</td>
            <td data-label="Usage">{usage_text(known.usage)}</td>
        })
    };
    let open_actions = move || {
        inventory.look_at(place);
        let version = version.get_untracked();
        if opened.with_untracked(|opened| *opened != version) {
            // Another row's menu may be open: this press, which opens or closes it, is to open it here.
            hide_popover(ROW_MENU);
        }
        opened.set(version);
    };
    let created = move || Some(view! { <Created at=version.get()?.attributes.created_at/> });
    let name = Signal::derive(move || {
        let name = version.with(|version| version.as_ref().map(|version| visible(&version.attributes.version)));
        name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "(no version)".to_owned())
    });
    let link = move || {
        let id = version.with(|version| version.as_ref().map(|version| version.id.clone())).unwrap_or_default();
        if !paths::can_name(&id) {
            return view! { <span>{name}</span> }.into_any();
        }
        let href = paths::tool_version(view.tool, &id);
        view! { <Link href>{name}</Link> }.into_any()
    };
    let changed = move || {
        inventory.with(|store| store.is_changed(place)).then(|| view! { <span class="changed">"changed"</span> })
    };
    let selection = inventory.selection();
    view! {
        <tr>
            <td class="select">
                <input
                    type="checkbox"
                    aria-label=Signal::derive(move || ["Select ", &name.get()].concat())
                    prop:checked=Signal::derive(move || selection.with(|selection| selection.has(place)))
                    on:click=move |event| select(view, place, anchor, &event)
                    on:keydown=move |event| select_on(&event)
                />
            </td>
            <th scope="row">
                {dynamic(link)}
                {dynamic(changed)}
            </th>
            {dynamic(cells)}
            <td data-label="Created">
                {dynamic(created)}
                <button
                    type="button"
                    class="row-actions"
                    aria-label=Signal::derive(move || ["Actions for ", &name.get()].concat())
                    popovertarget=ROW_MENU
                    on:click=move |_| open_actions()
                ></button>
            </td>
        </tr>
    }
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
