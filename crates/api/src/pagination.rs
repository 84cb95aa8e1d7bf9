//! The pagination of a list, corrected so that a pager can rely on it.

use wire::{Pagination, ReportedPagination};

/// Corrects the pagination that a server reported with `shown` resources, after `page` and `size` were asked for.
/// Returns it with the position of the first resource among all, from 1.
///
/// Without a report everything is on one page. Where it contradicts itself or the resources, the resources are believed,
/// and then the larger number: pages count from 1, a page with something on it exists, and everything on a page is
/// counted.
pub(super) fn pagination(
    reported: Option<&ReportedPagination>,
    page: u64,
    size: u64,
    shown: usize,
) -> (Pagination, u64) {
    let shown = u64::try_from(shown).unwrap_or(u64::MAX);
    let current_page = match reported {
        Some(reported) => reported.current_page.filter(|&it| it > 0).unwrap_or(page),
        None => 1,
    };
    let reported = reported.copied().unwrap_or_default();
    let is_empty = shown == 0;
    let next_page = reported.next_page.filter(|&it| it > current_page && !is_empty);
    let reported_count = reported.total_count.unwrap_or(0);
    let total_pages = reported
        .total_pages
        .filter(|&it| it > 0)
        .unwrap_or_else(|| reported_count.div_ceil(size))
        .max(if is_empty { 1 } else { current_page })
        .max(next_page.unwrap_or(1));
    let is_last = current_page >= total_pages;
    // A full page tells the size that the server really uses, which may be less than was asked for.
    let before = match (is_empty, is_last) {
        (true, _) => 0,
        (false, false) => (current_page - 1).saturating_mul(shown),
        (false, true) if reported_count >= shown && (current_page > 1 || reported_count == shown) => {
            reported_count - shown
        }
        (false, true) => (current_page - 1).saturating_mul(size),
    };
    let pagination = Pagination {
        current_page,
        prev_page: (current_page > 1).then(|| (current_page - 1).min(total_pages)),
        next_page: (!is_last).then(|| current_page + 1),
        total_pages,
        total_count: reported_count.max(before.saturating_add(shown)),
    };
    (pagination, before.saturating_add(1))
}
