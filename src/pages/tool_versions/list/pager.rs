//! The pager below the list.

use domain::count::on_page;
use leptos::prelude::*;

use super::view::{ListView, SIZES};
use crate::{
    paths::ListQuery,
    ui::{Pagination, dynamic},
};

/// The pager, once there is something to go through.
#[component]
pub fn Pager(
    /// What is shown.
    view: ListView,
) -> impl IntoView {
    let go = view.go();
    let query = view.query;
    let page = move || query.with(|query| query.page);
    let size = move || query.with(|query| query.size);
    let count = Signal::derive(move || view.count() as u64);
    let last_page = move || count.get().div_ceil(size()).max(1);
    // Of what the rows show: what is typed begins at the first page before the address does.
    let range = move || view.listing.with(|listing| on_page(listing.asked().first, listing.asked().size, count.get()));
    let turn = Callback::new(move |page| go(ListQuery { page, ..query.get_untracked() }, false));
    let resize = Callback::new(move |size: u64| {
        let now = query.get_untracked();
        // The row at the top of the page stays on the page.
        let page = (now.page - 1).saturating_mul(now.size) / size.max(1) + 1;
        go(ListQuery { page, size, ..now }, false);
    });
    let pagination = move || {
        view! {
            <Pagination
                range=Signal::derive(range)
                previous=Signal::derive(move || (page() > 1).then(|| (page() - 1).min(last_page())))
                next=Signal::derive(move || (page() < last_page()).then(|| page() + 1))
                size=Signal::derive(size)
                sizes=SIZES
                busy=Signal::derive(move || view.inventory.is_busy())
                on_page=turn
                on_size=resize
            />
        }
    };
    let is_needed = Memo::new(move |_| count.get() > 0);
    dynamic(move || is_needed.get().then(pagination))
}
