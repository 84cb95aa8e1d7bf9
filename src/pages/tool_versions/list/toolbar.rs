//! What is above the list: the search, the filters, and how much of the inventory is shown.

use domain::{
    count::grouped,
    inventory::{ArchFilter, Facet, Facets},
    version_range::VersionRange,
};
use leptos::prelude::*;

use super::{
    notices::Shown,
    typed_field::{text_of, use_typed_field},
    view::ListView,
};
use crate::{
    inventory::Store,
    paths::ListQuery,
    ui::{Button, ButtonKind, Icon, IconView, dynamic, true_if},
};

/// The field that `/` and "Clear filters" lead to.
pub const SEARCH: &str = "search";
const RANGE: &str = "range";
const RANGE_ERROR: &str = "range-error";

/// The search field, the group "Filters" with what it shows, and the button "Refresh".
#[component]
pub fn Toolbar(
    /// What is shown.
    view: ListView,
) -> impl IntoView {
    let (text, type_in, enter) = use_typed_field(view, view.search, |query| &mut query.search);
    let inventory = view.inventory;
    view! {
        <form class="toolbar" role="search" on:submit=|event| event.prevent_default()>
            <label class="visually-hidden" for=SEARCH>
                "Search versions"
            </label>
            <div class="search">
                <IconView icon=Icon::Search/>
                <input
                    id=SEARCH
                    class="input"
                    type="search"
                    placeholder="Search versions"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=text
                    on:input:target=move |event| type_in(event.target().value())
                    on:change:target=move |event| enter(event.target().value())
                />
            </div>
            <Filters view/>
            <Button
                kind=ButtonKind::Quiet
                icon=Icon::Refresh
                busy=Signal::derive(move || inventory.is_busy())
                on_press=move |()| {
                    if !inventory.is_loading() {
                        inventory.refresh();
                    }
                }
            >
                "Refresh"
            </Button>
        </form>
    }
}

#[component]
fn Filters(view: ListView) -> impl IntoView {
    let (go, query) = (view.go(), view.query);
    let choose_arch = move |arch: String| go(ListQuery { page: 1, arch, ..query.get_untracked() }, false);
    let option = |it: ArchFilter| {
        let is_chosen = move || query.with(|query| query.arch == it.query());
        view! { <option value=it.query() prop:selected=Signal::derive(is_chosen)>{it.label()}</option> }.into_any()
    };
    let options: Vec<AnyView> = ArchFilter::ALL.into_iter().map(option).collect();
    let buttons: Vec<AnyView> = Facet::ALL.into_iter().map(|facet| view! { <Toggle view facet/> }.into_any()).collect();
    // A range that cannot be read is there to be cleared. Where nothing is left, the button stands there.
    let has_filters = Memo::new(move |_| {
        let has_range = !text_of(view.range, query, |query| &mut query.range).trim().is_empty();
        (has_range || view.has_filters()) && view.count() > 0
    });
    let clear = view.clear();
    let clear = move || {
        has_filters.get().then(|| {
            let press = move |()| clear();
            view! { <Button kind=ButtonKind::Quiet on_press=press>"Clear filters"</Button> }
        })
    };
    // As wide as the largest count can be, so that no button moves while it is pressed.
    let digits = Signal::derive(move || {
        let (known, total) = (view.inventory.with(Store::count) as u64, view.inventory.progress().with(|it| it.total));
        [&grouped(total.unwrap_or_default().max(known)).len().to_string(), "ch"].concat()
    });
    view! {
        <div role="group" aria-label="Filters" class="filters">
            <label class="filter">
                "Architecture"
                <select class="input" on:change:target=move |event| choose_arch(event.target().value())>
                    <option value="" prop:selected=Signal::derive(move || query.with(|query| query.arch.is_empty()))>
                        "any"
                    </option>
                    {options}
                </select>
            </label>
            <RangeField view/>
            <div class="toggles" style:--digits=digits>
                {buttons}
            </div>
            <div class="outcome">
                <Shown view/>
                {dynamic(clear)}
            </div>
        </div>
    }
}

/// A button of the group, with the number of versions that it shows.
#[component]
fn Toggle(view: ListView, facet: Facet) -> impl IntoView {
    let (go, query) = (view.go(), view.query);
    let press = move |_| {
        let mut next = query.get_untracked();
        next.page = 1;
        next.is = Facets::parse(&next.is).toggled(facet).query();
        go(next, false);
    };
    let is_pressed = Signal::derive(move || query.with(|query| Facets::parse(&query.is).contains(facet)).to_string());
    let count = Signal::derive(move || view.listing.with(|listing| grouped(listing.found().count(facet).into())));
    view! {
        <button type="button" class="toggle" aria-pressed=is_pressed on:click=press>
            {facet.label()}
            " "
            <span class="count">{count}</span>
        </button>
    }
}

#[component]
fn RangeField(view: ListView) -> impl IntoView {
    let (text, type_in, enter) = use_typed_field(view, view.range, |query| &mut query.range);
    // Of what is in the address: nobody is told of an error while still typing.
    let error = Memo::new(move |_| view.query.with(|query| VersionRange::parse(&query.range).err()));
    view! {
        <div class="filter">
            <label for=RANGE>"Version range"</label>
            <input
                id=RANGE
                class="input"
                type="text"
                placeholder=">= 1.3, < 1.6"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-invalid=true_if(move || error.with(Option::is_some))
                aria-describedby=RANGE_ERROR
                prop:value=text
                on:input:target=move |event| type_in(event.target().value())
                on:change:target=move |event| enter(event.target().value())
            />
            {dynamic(move || {
                error.get().map(|text| {
                    view! {
                        <p id=RANGE_ERROR class="field-error" role="alert">
                            {text}
                        </p>
                    }
                })
            })}
        </div>
    }
}
