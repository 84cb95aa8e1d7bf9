//! The pager below the list.

use api::ListOptions;
use domain::Tool;
use leptos::prelude::*;

use super::listing::{Listing, SIZES};
use crate::{
    paths,
    query::Query,
    router::{NavigateOptions, use_navigate},
    ui::{Pagination, dynamic},
};

/// The pager, once there is something to go through.
#[component]
pub fn Pager(
    /// Whose versions.
    tool: Tool,
    /// The page on screen.
    query: Query<Listing>,
    /// What the address asks for.
    options: Memo<ListOptions>,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = move |options: ListOptions| navigate(&paths::tool_versions(tool, &options), NavigateOptions::default());
    let total_pages = move || query.with(|listing| listing.page.pagination.total_pages).unwrap_or(1).max(1);
    let page = move || options.with(|options| options.page);
    let is_needed = Memo::new(move |_| query.with(|listing| listing.page.pagination.total_count > 0).unwrap_or(false));
    let turn = Callback::new(move |page| go(ListOptions { page, ..options.get_untracked() }));
    let resize = Callback::new(move |size: u64| {
        let now = options.get_untracked();
        // The row at the top of the page stays on the page.
        let page = (now.page - 1).saturating_mul(now.size) / size.max(1) + 1;
        go(ListOptions { page, size, ..now });
    });
    let pagination = move || {
        view! {
            <Pagination
                range=Signal::derive(move || query.with(Listing::range).unwrap_or_default())
                previous=Signal::derive(move || (page() > 1).then(|| (page() - 1).min(total_pages())))
                next=Signal::derive(move || (page() < total_pages()).then(|| page() + 1))
                size=Signal::derive(move || options.with(|options| options.size))
                sizes=SIZES
                busy=Signal::derive(move || query.is_busy())
                on_page=turn
                on_size=resize
            />
        }
    };
    dynamic(move || is_needed.get().then(pagination))
}
