//! `/terraform-versions`: a page of the versions, with search and pager. Page, size and search are in the address.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wire::TerraformVersion;

use super::{archs::arch_names, status::Status};
use crate::{
    api::{
        Client,
        terraform_versions::{self, ListOptions, VersionPage},
    },
    components::{LoadView, PageHeader},
    domain::{terraform_versions::usage_text, text::visible},
    paths,
    query::Query,
    router::Router,
    session::Session,
    ui::{Button, Pagination, Time, focus_by_id},
};

/// An answer with what was asked: while the next page loads, the address is ahead of what is on screen.
#[derive(Clone, PartialEq)]
struct Listing {
    options: ListOptions,
    page: VersionPage,
}

const SIZES: &[u64] = &[20, 50, 100];
/// Typing pauses this long before it is searched for: shorter than a glance, longer than the gap between two keys.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The list.
#[component]
pub fn ListPage() -> AnyView {
    let client = expect_context::<Client>();
    let router = expect_context::<Router>();
    let options = Memo::new(move |_| {
        let number = |name: &str| router.query(name).and_then(|text| text.parse::<u64>().ok());
        let usual = ListOptions::default();
        ListOptions {
            page: number("page").filter(|page| *page > 0).unwrap_or(usual.page),
            size: number("size").filter(|size| SIZES.contains(size)).unwrap_or(usual.size),
            search: router.query("search").unwrap_or_default(),
        }
    });
    let query = Query::new(
        move || options.get(),
        move |options| {
            let client = client.clone();
            async move { terraform_versions::list(&client, &options).await.map(|page| Listing { options, page }) }
        },
    );
    let go = Callback::new(move |(options, replace): (ListOptions, bool)| {
        let url = paths::terraform_versions(&options);
        if replace { router.replace(&url) } else { router.go(&url) }
    });

    view! {
        <PageHeader heading="Terraform versions">
            <a class="button" data-kind="primary" href=paths::new_terraform_version()>"Add version"</a>
        </PageHeader>
        <Search options go/>
        <LoadView
            query
            what="Terraform versions"
            is_empty=|listing| listing.page.items.is_empty()
            empty=Callback::new(move |listing| view! { <Empty listing go/> }.into_any())
            ready=Callback::new(|listing: Listing| view! { <Table items=listing.page.items/> }.into_any())
            missing=Callback::new(|()| view! { <NoAccess/> }.into_any())
        />
        <Pager query options go/>
    }
    .into_any()
}

#[component]
fn Search(options: Memo<ListOptions>, go: Callback<(ListOptions, bool)>) -> AnyView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    on_cleanup(stop);
    let search = move |text: String| {
        stop();
        let now = options.get_untracked();
        if text != now.search {
            // The first search is a step that Back undoes; correcting it is not another one.
            let replace = !now.search.is_empty();
            go.run((ListOptions { page: 1, search: text, ..now }, replace));
        }
    };
    let search_soon = move |text: String| {
        stop();
        timer.set_value(set_timeout_with_handle(move || search(text), TYPING_PAUSE).ok());
    };
    view! {
        <form class="toolbar" role="search" novalidate on:submit=move |event| event.prevent_default()>
            <label for="search" class="visually-hidden">"Search versions"</label>
            <input
                id="search"
                class="input"
                type="search"
                placeholder="Search versions"
                autocomplete="off"
                spellcheck="false"
                prop:value=move || options.get().search
                on:input:target=move |event| search_soon(event.target().value())
                on:change:target=move |event| search(event.target().value())
            />
        </form>
    }
    .into_any()
}

#[component]
fn Table(items: Vec<TerraformVersion>) -> AnyView {
    let rows = items.into_iter().map(|version| view! { <Row version/> }).collect_view();
    view! {
        <div class="table-scroll">
            <table class="table versions">
                <caption class="visually-hidden">"Terraform versions"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Architectures"</th>
                        <th scope="col">"Usage"</th>
                        <th scope="col">"Created"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Row(version: TerraformVersion) -> AnyView {
    let known = version.attributes;
    let name = match visible(&known.version) {
        name if name.trim().is_empty() => "(no version)".to_owned(),
        name => name,
    };
    let created = match &known.created_at {
        Some(iso) => view! { <Time iso=visible(iso)/> }.into_any(),
        None => view! { <span class="muted">"unknown"</span> }.into_any(),
    };
    let unused = known.usage == Some(0);
    view! {
        <tr>
            <th scope="row"><a href=paths::terraform_version(&version.id)>{name}</a></th>
            <td><Status version=known.clone()/></td>
            <td data-label="Architectures">{arch_names(&known)}</td>
            <td data-label="Usage" class=unused.then_some("muted")>{usage_text(known.usage)}</td>
            <td data-label="Created">{created}</td>
        </tr>
    }
    .into_any()
}

/// Nothing to show: because there is nothing, because of the search, or because the page is beyond the end.
#[component]
fn Empty(listing: Listing, go: Callback<(ListOptions, bool)>) -> AnyView {
    let Listing { options, page } = listing;
    let total = page.pagination.total_count;
    if total > 0 {
        let last = ListOptions { page: page.pagination.total_pages.max(1), ..options.clone() };
        return view! {
            <div class="empty">
                <p>{format!("There is no page {}. The list ends at page {}.", options.page, last.page)}</p>
                <p><a class="button" href=paths::terraform_versions(&last)>"Go to the last page"</a></p>
            </div>
        }
        .into_any();
    }
    if !options.search.is_empty() {
        let text = format!("No version contains “{}”.", visible(&options.search));
        let clear = move |()| {
            go.run((ListOptions { page: 1, search: String::new(), ..options.clone() }, false));
            focus_by_id("search");
        };
        return view! {
            <div class="empty">
                <p>{text}</p>
                <p><Button label="Clear filters" on_press=clear/></p>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="empty">
            <p>"This installation knows no Terraform version yet. Workspaces can run nothing until there is one."</p>
            <p><a class="button" href=paths::new_terraform_version()>"Add version"</a></p>
        </div>
    }
    .into_any()
}

/// The list answers 404 only for a token that is not an administrator's.
#[component]
fn NoAccess() -> AnyView {
    let session = expect_context::<Session>();
    let text = move || match session.is_administrator() {
        Some(true) => "This installation has no Admin Terraform Versions API at this address.",
        _ => {
            "The token in use does not belong to an administrator, so the installation does not show its Terraform versions. \
             Disconnect, and connect with an administrator's token."
        }
    };
    view! { <div class="empty" role="alert"><p>{text}</p></div> }.into_any()
}

#[component]
fn Pager(query: Query<Listing>, options: Memo<ListOptions>, go: Callback<(ListOptions, bool)>) -> AnyView {
    let (data, busy) = (query.data(), query.busy());
    let pagination = Memo::new(move |_| data.with(|page| page.as_ref().map(|listing| listing.page.pagination)));
    let range = Signal::derive(move || data.with(|page| page.as_ref().map(range_text).unwrap_or_default()));
    let previous = Signal::derive(move || {
        let known = pagination.get()?;
        let page = options.get().page;
        (page > 1).then(|| (page - 1).min(known.total_pages.max(1)))
    });
    let next = Signal::derive(move || {
        let known = pagination.get()?;
        let page = options.get().page;
        (page < known.total_pages).then_some(page + 1)
    });
    let turn = move |page| go.run((ListOptions { page, ..options.get_untracked() }, false));
    let resize = move |size: u64| {
        let now = options.get_untracked();
        // The row at the top of the page stays on the page.
        let page = (now.page - 1).saturating_mul(now.size) / size.max(1) + 1;
        go.run((ListOptions { page, size, ..now }, false));
    };
    let shown = Memo::new(move |_| pagination.get().is_some_and(|known| known.total_count > 0));
    (move || {
        shown.get().then(|| {
            view! {
                <Pagination
                    range
                    previous
                    next
                    size=Signal::derive(move || options.get().size)
                    sizes=SIZES
                    busy
                    on_page=turn
                    on_size=resize
                />
            }
        })
    })
    .into_any()
}

/// "21–40 of 70", of the page that is on screen.
fn range_text(listing: &Listing) -> String {
    let Listing { options, page } = listing;
    let total = page.pagination.total_count;
    let shown = u64::try_from(page.items.len()).unwrap_or(total);
    if shown == 0 {
        return format!("0 of {total}");
    }
    // A page that is full, but shorter than what was asked for, shows the size that the installation allows.
    let is_last = page.pagination.current_page >= page.pagination.total_pages;
    let size = if is_last { options.size } else { shown };
    let first = page.pagination.current_page.saturating_sub(1).saturating_mul(size) + 1;
    format!("{first}–{} of {total}", first + shown - 1)
}
