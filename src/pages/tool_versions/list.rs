//! `/terraform-versions`: a page of the versions, with search and pager. Page, size and search are in the address.

use api::ListOptions;
use domain::{Tool, archs, text::visible, tool_versions::usage_text};
use leptos::prelude::*;
use wire::ToolVersion;

use super::{
    attribute::{Created, Status},
    listing::{Listing, listing_query, options_of},
    pager::Pager,
    row_actions::ROW_MENU,
    search::Search,
};
use crate::{
    components::{LinkButton, ListAddresses, LoadView, PageHeader, Skeleton, not_an_administrator, role_missing},
    paths::{self, Page},
    query::Query,
    router::{Link, NavigateOptions, use_location, use_navigate},
    session::Session,
    ui::{Button, ButtonKind, Icon, Key, Notice, NoticeKind, Table, dynamic, focus_by_id, hide_popover, keyed},
};

/// The list.
#[component]
pub fn ListPage(
    /// Whose versions.
    tool: Tool,
    /// What can be done with the version of a row.
    row_actions: fn(Tool, ToolVersion) -> AnyView,
) -> impl IntoView {
    let location = use_location();
    let lists = expect_context::<ListAddresses>();
    // In the moment of leaving, the address is another page's already.
    let options = Memo::new(move |known: Option<&ListOptions>| match known {
        Some(known) if Page::at(&location.pathname()) != Page::ToolVersions(tool) => known.clone(),
        _ => options_of(location),
    });
    Effect::new(move |_| lists.keep(tool, paths::tool_versions(tool, &options.get())));
    let query = listing_query(tool, options);
    // An installation without versions offers it where its versions would be.
    let has_add = Memo::new(move |_| !query.with(Listing::is_bare).unwrap_or(false));
    view! {
        <PageHeader heading=tool.versions()>
            {dynamic(move || has_add.get().then(|| view! { <AddVersion tool/> }))}
        </PageHeader>
        <Search tool options/>
        <LoadView
            query
            loading=move || view! { <Skeleton what=tool.versions() rows=20 is_table=true/> }
            is_empty=Listing::is_empty
            empty=move || view! { <EmptyList tool query/> }
            missing=move || view! { <NoAccess tool/> }
            ready=move |listing| view! { <Rows tool listing row_actions/> }.into_any()
        />
        <Pager tool query options/>
    }
}

#[component]
fn Rows(tool: Tool, listing: Signal<Listing>, row_actions: fn(Tool, ToolVersion) -> AnyView) -> impl IntoView {
    // One menu for all rows, in the browser's own popover.
    let opened = RwSignal::new(None);
    let row = move |key| view! { <VersionRow tool listing opened key/> }.into_any();
    view! {
        <Unreadable listing/>
        <SearchDoubt listing/>
        <div id=ROW_MENU class="menu" popover="auto" role="group" aria-label="Actions">
            {dynamic(move || opened.get().map(|version| row_actions(tool, version)))}
        </div>
        <Table
            name=tool.versions()
            columns=&["Version", "Status", "Architectures", "Usage", "Created"]
            class="stacked versions"
        >
            {keyed(move || listing.with(Listing::keys), row)}
        </Table>
    }
}

/// A row stays as long as its version is on the page, and follows what changes in it.
#[component]
fn VersionRow(tool: Tool, listing: Signal<Listing>, opened: RwSignal<Option<ToolVersion>>, key: Key) -> impl IntoView {
    let href = paths::tool_version(tool, &key.0);
    // It keeps what it has in the moment between losing its version and going away.
    let version = Memo::new(move |known: Option<&Option<ToolVersion>>| {
        listing.with(|listing| listing.find(&key).cloned()).or_else(|| known.cloned().flatten())
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
    view! {
        <tr>
            <th scope="row">
                <Link href>{name}</Link>
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

/// The versions of the page that cannot be read, each by its place in the answer.
#[component]
fn Unreadable(listing: Signal<Listing>) -> impl IntoView {
    let text = Memo::new(move |_| listing.with(Listing::unreadable_text));
    dynamic(move || Some(view! { <Notice kind=NoticeKind::Error text=text.get()?/> }))
}

/// Installations before v202201-2 do not know the search and answer with everything, and others refuse it.
#[component]
fn SearchDoubt(listing: Signal<Listing>) -> impl IntoView {
    let doubted = Memo::new(move |_| {
        listing.with(|Listing { options, page }| {
            let searched = options.search.to_ascii_lowercase();
            let is_found = |it: &ToolVersion| it.attributes.version.to_ascii_lowercase().contains(&searched);
            if page.is_search_refused {
                return Some("This installation refuses to search. All of its versions are listed.".to_owned());
            }
            let search = (!page.items.iter().all(is_found)).then(|| visible(&options.search))?;
            let end = "”. This installation may not support searching.";
            Some(["Not all of these versions contain “", &search, end].concat())
        })
    });
    dynamic(move || Some(view! { <Notice kind=NoticeKind::Warning text=doubted.get()?/> }))
}

#[component]
fn AddVersion(tool: Tool) -> impl IntoView {
    view! {
        <LinkButton kind=ButtonKind::Primary icon=Icon::Add href=paths::new_tool_version(tool)>
            "Add version"
        </LinkButton>
    }
}

/// Nothing to show: because there is nothing, because of the search, or because the page is beyond the end.
#[component]
fn EmptyList(tool: Tool, query: Query<Listing>) -> impl IntoView {
    dynamic(move || {
        query.with(|listing| {
            let (text, way_out) = why_empty(tool, listing);
            view! {
                <div class="empty">
                    <p>{text}</p>
                    {way_out}
                </div>
            }
        })
    })
}

fn why_empty(tool: Tool, Listing { options, page }: &Listing) -> (String, AnyView) {
    let total = page.pagination.total_count;
    if total > 0 {
        let last = ListOptions { page: page.pagination.total_pages.max(1), ..options.clone() };
        let text = format!("There is no page {}. The list ends at page {}.", options.page, last.page);
        let href = paths::tool_versions(tool, &last);
        (text, view! { <LinkButton href>"Go to the last page"</LinkButton> }.into_any())
    } else if !options.search.is_empty() {
        let navigate = use_navigate();
        let text = format!("No version contains “{}”.", visible(&options.search));
        let all = paths::tool_versions(tool, &ListOptions { page: 1, search: String::new(), ..options.clone() });
        let clear = move |()| {
            navigate(&all, NavigateOptions::default());
            focus_by_id("search");
        };
        (text, view! { <Button on_press=clear>"Clear filters"</Button> }.into_any())
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
