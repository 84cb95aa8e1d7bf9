//! The pager below the list.

use std::rc::Rc;

use leptos::prelude::*;

use super::list::{Listing, SIZES};
use crate::{
    api::ListOptions,
    paths,
    query::Query,
    router::Router,
    ui::{Pagination, View, dynamic},
};

/// The pager, once there is something to go through.
pub fn pager(router: Router, query: Query<Listing>, options: Memo<ListOptions>) -> View {
    let is_needed = Memo::new(move |_| query.with(|listing| listing.page.pagination.total_count > 0).unwrap_or(false));
    dynamic(move || is_needed.get().then(|| pagination(router, query, options).view()))
}

fn pagination(router: Router, query: Query<Listing>, options: Memo<ListOptions>) -> Pagination {
    let total_pages = move || query.with(|listing| listing.page.pagination.total_pages).unwrap_or(1).max(1);
    let page = move || options.with(|options| options.page);
    let go = move |options: ListOptions| router.go(&paths::terraform_versions(&options));
    Pagination {
        range: Rc::new(move || query.with(range_text).unwrap_or_default()),
        previous: Rc::new(move || (page() > 1).then(|| (page() - 1).min(total_pages()))),
        next: Rc::new(move || (page() < total_pages()).then(|| page() + 1)),
        size: Rc::new(move || options.with(|options| options.size)),
        sizes: SIZES,
        busy: Rc::new(move || query.is_busy()),
        on_page: Rc::new(move |page| go(ListOptions { page, ..options.get_untracked() })),
        on_size: Box::new(move |size| {
            let now = options.get_untracked();
            // The row at the top of the page stays on the page.
            let page = (now.page - 1).saturating_mul(now.size) / size.max(1) + 1;
            go(ListOptions { page, size, ..now });
        }),
    }
}

/// "21–40 of 70", of the page that is on screen.
fn range_text(listing: &Listing) -> String {
    let page = &listing.page;
    let total = page.pagination.total_count;
    match u64::try_from(page.items.len()).unwrap_or(total) {
        0 => format!("0 of {total}"),
        shown => format!("{}–{} of {total}", page.first, page.first.saturating_add(shown - 1)),
    }
}
