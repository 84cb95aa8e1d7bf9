//! The head of the table: the box that selects the page, and the headings that sort.

use domain::inventory::{Column, Sort};
use leptos::prelude::*;

use super::view::ListView;
use crate::paths::ListQuery;

/// The head's row.
#[component]
pub fn Head(
    /// What is shown.
    view: ListView,
) -> impl IntoView {
    let heading = |column, text| view! { <SortHeading view column text/> };
    view! {
        <tr>
            <th class="select" scope="col">
                <SelectPage view/>
            </th>
            {heading(Column::Version, "Version")}
            {heading(Column::Status, "Status")}
            <th scope="col">"Architectures"</th>
            {heading(Column::Usage, "Usage")}
            {heading(Column::Created, "Created")}
        </tr>
    }
}

#[component]
fn SortHeading(view: ListView, column: Column, text: &'static str) -> impl IntoView {
    let (go, query) = (view.go(), view.query);
    let sort = move |query: &ListQuery| Sort::parse(&query.sort);
    let direction = Signal::derive(move || match query.with(sort) {
        Sort { column: by, descending } if by == column => Some(if descending { "descending" } else { "ascending" }),
        _ => None,
    });
    let press = move |_| {
        let sort = query.with_untracked(sort).pressed(column);
        let sort = if sort == Sort::default() { String::new() } else { sort.query() };
        go(ListQuery { page: 1, sort, ..query.get_untracked() }, false);
    };
    view! {
        <th scope="col" aria-sort=direction>
            <button type="button" class="sort" on:click=press>
                {text}
            </button>
        </th>
    }
}

/// Selects all rows of the page, or none of them.
#[component]
fn SelectPage(view: ListView) -> impl IntoView {
    let selection = view.inventory.selection();
    let selected = Memo::new(move |_| {
        view.shown.with(|shown| selection.with(|selection| (selection.has_all(shown), selection.count_in(shown) > 0)))
    });
    view! {
        <input
            type="checkbox"
            aria-label="Select page"
            prop:checked=Signal::derive(move || selected.get().0)
            prop:indeterminate=Signal::derive(move || selected.get() == (false, true))
            on:change:target=move |event| {
                let is_selected = event.target().checked();
                let places = view.shown.get_untracked();
                selection.update(|selection| selection.set(places, is_selected));
            }
        />
    }
}
