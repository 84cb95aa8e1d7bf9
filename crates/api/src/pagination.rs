//! Where a page stands, told so that a pager can rely on it.

use wire::{AnyJson, Pagination};

/// Reads `meta.pagination` of a list of which `shown` resources arrived after `page` and `size` were asked for, and
/// which of all resources the first of them is, from 1.
///
/// `meta` may be anything: a mistake in it must not hide what arrived. Without it everything is on one page. Where it contradicts itself or what arrived, what arrived is believed, and then
/// the larger number: pages count from 1, a page with something on it exists, and whatever is on a page is counted.
pub(super) fn pagination(meta: Option<&AnyJson>, page: u64, size: u64, shown: usize) -> (Pagination, u64) {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let said = meta.and_then(|meta| meta.get("pagination")).filter(|it| matches!(it, AnyJson::Object(_)));
    let number = |name: &str| said?.get(name)?.count();
    let current_page = match said {
        Some(_) => number("current-page").filter(|&it| it > 0).unwrap_or(page),
        None => 1,
    };
    let is_empty = shown == 0;
    let next_page = number("next-page").filter(|&it| it > current_page && !is_empty);
    let said_count = number("total-count").unwrap_or(0);
    let total_pages = number("total-pages")
        .filter(|&it| it > 0)
        .unwrap_or_else(|| said_count.div_ceil(size))
        .max(if is_empty { 1 } else { current_page })
        .max(next_page.unwrap_or(1));
    let is_last = current_page >= total_pages;
    // A full page tells the size that the server really uses, which may be less than was asked for.
    let before = match (is_empty, is_last) {
        (true, _) => 0,
        (false, false) => (current_page - 1).saturating_mul(shown),
        (false, true) if said_count >= shown && (current_page > 1 || said_count == shown) => said_count - shown,
        (false, true) => (current_page - 1).saturating_mul(size),
    };
    let pagination = Pagination {
        current_page,
        prev_page: (current_page > 1).then(|| (current_page - 1).min(total_pages)),
        next_page: (!is_last).then(|| current_page + 1),
        total_pages,
        total_count: said_count.max(before.saturating_add(shown)),
    };
    (pagination, before.saturating_add(1))
}
