//! `/terraform-versions`: a page of the versions, with search and pager. Page, size and search are in the address.

use leptos::prelude::*;
use wire::ToolVersion;

use super::{
    archs::arch_names,
    attribute::{created, status},
    pager::pager,
    search::search,
};
use crate::{
    api::{
        Client, VersionPage,
        terraform_versions::{self, ListOptions},
    },
    components::{LoadView, page_header},
    domain::{terraform_versions::usage_text, text::visible},
    paths,
    query::Query,
    router::Router,
    session::Session,
    ui::{ButtonKind, El, NoticeKind, View, button, dynamic, el, focus_by_id, link_button, notice, row, table},
};

/// The numbers of rows to choose from.
pub const SIZES: &[u64] = &[20, 50, 100];

/// An answer with what was asked: while the next page loads, the address is ahead of what is on screen.
#[derive(Clone, PartialEq)]
pub struct Listing {
    /// What was asked for.
    pub options: ListOptions,
    /// What came.
    pub page: VersionPage,
}

/// The list.
pub fn list_page() -> View {
    let router = expect_context::<Router>();
    let client = expect_context::<Client>();
    let options = Memo::new(move |_| options_of(router));
    let query = Query::new(move || {
        let (client, options) = (client.clone(), options.get());
        Box::pin(async move {
            let page = terraform_versions::list(&client, &options).await?;
            Ok(Listing { options, page })
        })
    });
    let faces = LoadView {
        query,
        what: "Terraform versions",
        empty: Box::new(move |listing| listing.page.items.is_empty().then(|| empty(router, listing))),
        ready: Box::new(|listing| View::from(search_doubt(&listing)).and(rows(&listing.page.items))),
        missing: no_access,
    };
    // An installation without versions offers it where its versions would be.
    let has_add = Memo::new(move |_| !query.with(is_bare).unwrap_or(false));
    let add = dynamic(move || has_add.get().then(add_version));
    View::from(page_header(|| "Terraform versions".to_owned(), add))
        .and(search(router, options))
        .and(faces.view())
        .and(pager(router, query, options))
}

/// Installations before v202201-2 do not know the search and answer with everything.
fn search_doubt(listing: &Listing) -> Option<El> {
    let Listing { options, page } = listing;
    let searched = options.search.to_ascii_lowercase();
    let is_found = |it: &ToolVersion| it.attributes.version.to_ascii_lowercase().contains(&searched);
    let text = format!(
        "Not all of these versions contain “{}”. This installation may not support searching.",
        visible(&options.search)
    );
    (!page.items.iter().all(is_found)).then(|| notice(NoticeKind::Warning, &text, View::default()))
}

/// What the address asks for; what it cannot ask for is as if it were not there.
fn options_of(router: Router) -> ListOptions {
    let number = |name: &str| router.query(name).and_then(|text| text.parse::<u64>().ok());
    let usual = ListOptions::default();
    ListOptions {
        page: number("page").filter(|page| *page > 0).unwrap_or(usual.page),
        size: number("size").filter(|size| SIZES.contains(size)).unwrap_or(usual.size),
        search: router.query("search").unwrap_or_default(),
    }
}

fn rows(items: &[ToolVersion]) -> View {
    let rows: Vec<El> = items.iter().map(version_row).collect();
    let columns = ["Version", "Status", "Architectures", "Usage", "Created"];
    let table = table("Terraform versions", &columns, rows.into()).class("table stacked versions");
    el("div").class("table-scroll").child(table).into()
}

fn version_row(version: &ToolVersion) -> El {
    let known = &version.attributes;
    let name = match visible(&known.version) {
        name if name.trim().is_empty() => "(no version)".to_owned(),
        name => name,
    };
    let link = el("a").attr("href", &paths::terraform_version(&version.id)).child(name);
    row(
        link.into(),
        [
            ("", status(known).into()),
            ("Architectures", arch_names(known).into()),
            ("Usage", usage_text(known.usage).into()),
            ("Created", created(known).into()),
        ],
    )
}

fn add_version() -> El {
    link_button(ButtonKind::Primary, "Add version", &paths::new_terraform_version())
}

/// Whether there is nothing at all, not only nothing that was searched for.
fn is_bare(listing: &Listing) -> bool {
    listing.page.pagination.total_count == 0 && listing.options.search.is_empty()
}

/// Nothing to show: because there is nothing, because of the search, or because the page is beyond the end.
fn empty(router: Router, listing: &Listing) -> View {
    let Listing { options, page } = listing;
    let (text, way_out) = if page.pagination.total_count > 0 {
        let last = ListOptions { page: page.pagination.total_pages.max(1), ..options.clone() };
        let text = format!("There is no page {}. The list ends at page {}.", options.page, last.page);
        (text, link_button(ButtonKind::Secondary, "Go to the last page", &paths::terraform_versions(&last)))
    } else if !options.search.is_empty() {
        let text = format!("No version contains “{}”.", visible(&options.search));
        let all = paths::terraform_versions(&ListOptions { page: 1, search: String::new(), ..options.clone() });
        let clear = button(ButtonKind::Secondary, "Clear filters", move || {
            router.go(&all);
            focus_by_id("search");
        });
        (text, clear)
    } else {
        let text = "This installation knows no Terraform version yet. Workspaces can run nothing until there is one.";
        (text.to_owned(), add_version())
    };
    el("div").class("empty").child(el("p").child(text)).child(way_out).into()
}

/// The list answers 404 only for a token that is not an administrator's, and where there is no such API.
fn no_access() -> View {
    let session = expect_context::<Session>();
    let text = move || match session.is_administrator() {
        Some(true) => "This installation has no Admin Terraform Versions API at this address.",
        _ => {
            "The token in use does not belong to an administrator, so the installation does not show its Terraform versions. \
             Sign out, and connect with an administrator's token."
        }
    };
    el("div").class("empty").attr("role", "alert").child(el("p").text_of(move || text().to_owned())).into()
}
