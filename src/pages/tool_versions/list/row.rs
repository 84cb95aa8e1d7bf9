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
    /// The box that was ticked last.
    anchor: StoredValue<Option<Anchor>>,
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
                    on:keydown=move |event| select_on(view, place.get_untracked(), anchor, &event)
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

/// The box that was ticked last, where a range begins.
#[derive(Clone, Copy)]
pub struct Anchor {
    from: u32,
    /// How far Shift and the arrows have drawn the range.
    to: u32,
}

/// Ticks the box of a row, or with Shift the boxes of all rows from the one that was ticked before. Shift and Space is a
/// click as well.
fn select(view: ListView, place: u32, anchor: StoredValue<Option<Anchor>>, event: &MouseEvent) {
    let Some(box_of_row) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let is_ticked = box_of_row.checked();
    let from = anchor.get_value().filter(|_| event.shift_key()).map_or(place, |anchor| anchor.from);
    let range = view.shown.with_untracked(|shown| {
        let place_of = |wanted: u32| shown.iter().position(|it| *it == wanted);
        let (from, to) = (place_of(from)?, place_of(place)?);
        shown.get(from.min(to)..=from.max(to)).map(<[u32]>::to_vec)
    });
    view.inventory.selection().update(|selection| selection.set(range.unwrap_or_else(|| vec![place]), is_ticked));
    anchor.set_value(Some(Anchor { from: place, to: place }));
}

/// Shift with an arrow goes to the box of the next row and ticks both, or on the way back to where the range began takes
/// the one that is left out of it, as in a list of files.
fn select_on(view: ListView, place: u32, anchor: StoredValue<Option<Anchor>>, event: &KeyboardEvent) {
    let is_down = event.key() == "ArrowDown";
    if !event.shift_key() || !(is_down || event.key() == "ArrowUp") {
        return;
    }
    let begun = anchor.get_value().filter(|anchor| anchor.to == place).map(|anchor| anchor.from);
    let step = view.shown.with_untracked(|shown| {
        let at = |wanted: u32| shown.iter().position(|it| *it == wanted);
        let here = at(place)?;
        let begin = begun.and_then(at).unwrap_or(here);
        let next = if is_down { here + 1 } else { here.checked_sub(1)? };
        Some((*shown.get(begin)?, *shown.get(next)?, next.abs_diff(begin) < here.abs_diff(begin)))
    });
    let Some((from, to, is_way_back)) = step else { return };
    let here = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = here.and_then(|here| here.closest("tr").ok().flatten());
    let next = row.and_then(|row| if is_down { row.next_element_sibling() } else { row.previous_element_sibling() });
    let next = next.and_then(|row| row.query_selector("input").ok().flatten());
    let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) else { return };
    event.prevent_default();
    view.inventory.selection().update(|selection| {
        if is_way_back {
            selection.set([place], false);
        } else {
            selection.set([place, to], true);
        }
    });
    anchor.set_value(Some(Anchor { from, to }));
    // It can be focused, for it is a box on the page.
    let _ = next.focus();
}
