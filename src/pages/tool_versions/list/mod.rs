//! `/terraform-versions`: all versions, to be searched, filtered, sorted and selected. What is shown is in the address.

mod head;
mod notices;
mod page_actions;
mod pager;
mod row;
mod row_actions;
mod rows;
mod toolbar;
mod typed_field;
mod view;

use domain::{Tool, text::visible};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;
use wire::ToolVersion;

use self::{
    head::Head,
    notices::Missing,
    page_actions::PageActions,
    pager::Pager,
    row::VersionRow,
    row_actions::ROW_MENU,
    rows::{Opened, TableRows},
    toolbar::Toolbar,
};
use super::plan::was_interrupted;
use crate::{
    components::{LinkButton, LoadState, LoadStates, PageHeader, Skeleton, not_an_administrator, role_missing},
    inventory::{Selection, Store},
    paths::{self, ListQuery},
    session::Session,
    ui::{Button, ButtonKind, Icon, dynamic, keyed},
};

pub use row_actions::RowActions;
pub use view::ListView;

/// The name of the chart below the list.
pub const CHART: &str = "Workspaces by minor version";

/// A narrower window has the chart folded, in CSS pixels.
const WIDE: f64 = 768.0;

/// The list.
#[component]
pub fn ListPage(
    /// Whose versions.
    tool: Tool,
    /// What can be done with the version of a row.
    row_actions: fn(Tool, ToolVersion) -> AnyView,
    /// What can be done with the versions that are selected.
    selection_bar: fn(ListView) -> AnyView,
    /// How many workspaces use what.
    chart: fn(ListView) -> AnyView,
    /// The dialog that exports what the list shows.
    export: fn(ListView) -> AnyView,
    /// What is said of a run that was left before it was over.
    interrupted_run: fn(ListView) -> AnyView,
) -> impl IntoView {
    let view = ListView::new(tool);
    let inventory = view.inventory;
    inventory.open();
    // An installation without versions offers it where its versions would be.
    let has_add = Memo::new(move |_| inventory.with(Store::count) > 0);
    let selection = inventory.selection();
    let has_selection = Memo::new(move |_| selection.with(Selection::count) > 0);
    let state = Memo::new(move |_| {
        let has_rows = view.shown.with(|shown| !shown.is_empty());
        let is_loading = inventory.is_busy() && inventory.progress().with(|progress| progress.is_partial);
        match (inventory.progress().with(|progress| progress.has_begun), inventory.error()) {
            (_, Some(api::ApiError::NotFound)) => LoadState::Missing,
            (true, _) if has_rows => LoadState::Ready,
            // What is asked for may still come.
            (true, _) if is_loading => LoadState::Loading,
            (true, _) => LoadState::Empty,
            (false, Some(_)) => LoadState::Nothing,
            (false, None) => LoadState::Loading,
        }
    });
    view! {
        <PageHeader heading=tool.versions()>
            {dynamic(move || has_add.get().then(|| view! { <PageActions view export/> }))}
        </PageHeader>
        {was_interrupted(tool).then(|| interrupted_run(view))}
        <Toolbar view/>
        <Missing view/>
        <LoadStates
            state
            error=Signal::derive(move || inventory.error())
            busy=Signal::derive(move || inventory.is_busy())
            on_retry=Callback::new(move |()| inventory.refresh())
            loading=move || view! { <Skeleton what=tool.versions() rows=20 is_table=true/> }
            empty=move || view! { <EmptyList view/> }
            missing=move || view! { <NoAccess tool/> }
            ready=move || view! { <Rows view row_actions/> }
        />
        {dynamic(move || has_selection.get().then(|| selection_bar(view)))}
        <Pager view/>
        {dynamic(move || has_add.get().then(|| view! { <FoldedChart view chart/> }))}
    }
}

/// The chart, loaded when it is unfolded.
#[component]
fn FoldedChart(view: ListView, chart: fn(ListView) -> AnyView) -> impl IntoView {
    let is_wide = window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width >= WIDE);
    let is_open = RwSignal::new(is_wide);
    let unfold = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    view! {
        <details class="card folded" open=is_wide on:toggle=unfold>
            <summary>{CHART}</summary>
            {dynamic(move || is_open.get().then(|| chart(view)))}
        </details>
    }
}

#[component]
fn Rows(view: ListView, row_actions: fn(Tool, ToolVersion) -> AnyView) -> impl IntoView {
    let tool = view.tool;
    // One menu for all rows, in the browser's own popover.
    let opened = RwSignal::new(None);
    let anchor = StoredValue::new(None);
    let rows = TableRows::new(view.shown, opened);
    let row = move |(_, number)| view! { <VersionRow view place=rows.place(number) opened anchor/> }.into_any();
    view! {
        <div id=ROW_MENU class="menu" popover="auto" role="group" aria-label="Actions">
            {dynamic(move || opened.get().map(|opened: Opened| row_actions(tool, opened.version)))}
        </div>
        <div class="table-scroll">
            <table class="table stacked versions">
                <caption class="visually-hidden">{tool.versions()}</caption>
                <thead>
                    <Head view/>
                </thead>
                <tbody>{keyed(move || rows.keys(), row)}</tbody>
            </table>
        </div>
    }
}

#[component]
fn AddVersion(tool: Tool) -> impl IntoView {
    view! {
        <LinkButton kind=ButtonKind::Primary icon=Icon::Add href=paths::new_tool_version(tool)>
            "Add version"
        </LinkButton>
    }
}

/// Nothing to show: because there is nothing, because of the filters, or because the page is beyond the end.
#[component]
fn EmptyList(view: ListView) -> impl IntoView {
    dynamic(move || {
        let (text, way_out) = why_empty(view);
        view! {
            <div class="empty">
                <p>{text}</p>
                {way_out}
            </div>
        }
    })
}

fn why_empty(view: ListView) -> (String, AnyView) {
    let (tool, query) = (view.tool, view.query.get());
    let found = view.count() as u64;
    let (has_filters, search) =
        (view.has_filters(), view.listing.with(|listing| listing.asked().filters.search.clone()));
    if found > 0 {
        let last = ListQuery { page: found.div_ceil(query.size), ..query.clone() };
        let text = format!("There is no page {}. The list ends at page {}.", query.page, last.page);
        let href = paths::tool_versions(tool, &last);
        (text, view! { <LinkButton href>"Go to the last page"</LinkButton> }.into_any())
    } else if has_filters {
        let is_search_alone = query.is.is_empty() && query.arch.is_empty() && query.range.is_empty();
        let text = if is_search_alone {
            format!("No version contains “{}”.", visible(&search))
        } else {
            "No version matches all of the filters.".to_owned()
        };
        let clear = view.clear();
        (text, view! { <Button on_press=move |()| clear()>"Clear filters"</Button> }.into_any())
    } else {
        let text = [
            "This installation knows no ",
            tool.title(),
            " version yet. Workspaces can run nothing until there is one.",
        ];
        (text.concat(), view! { <AddVersion tool/> }.into_any())
    }
}

/// The list answers 404 only for a token that has no right to it, and where there is no such API.
#[component]
fn NoAccess(tool: Tool) -> impl IntoView {
    let session = expect_context::<Session>();
    let text = Signal::derive(move || match session.is_administrator() {
        Some(false) => not_an_administrator(tool),
        _ => role_missing(tool),
    });
    view! {
        <div class="empty" role="alert">
            <p>{text}</p>
        </div>
    }
}
