//! Which pages there are, by what a server says of them and by what is on them.
//!
//! A server may page with a size of its own, answer everything at once, count wrong, end too early or say nothing at all.
//! What it says is taken as a reason to ask for a page, never as a reason to leave one out: behind a full last page comes
//! another question, and only pages that bring nothing new end it.

use wire::ReportedPagination;

use super::{MOST, Pages};
use crate::tool_versions::Listed;

/// The size of a page where none is asked for (facts.md 1.2).
const DEFAULT_SIZE: u64 = 20;

/// After so many pages in a row that bring nothing new, no more are begun.
const MOST_BARREN: u32 = 3;

/// What one page was.
#[derive(Clone, Copy)]
struct Told {
    page: u64,
    total: Option<u64>,
    unreadable: u64,
    /// Whether some of its versions, but not all, had come before.
    is_overlapping: bool,
}

#[derive(Clone)]
pub(super) struct Numbering {
    /// The size that is asked for; `None` for the server's own.
    pub(super) size: Option<u64>,
    /// The size that the server really uses, as far as it is known.
    pub(super) per_page: u64,
    /// The page to begin next, and the last one to begin.
    pub(super) next: u64,
    pub(super) last: u64,
    /// The last page that exists by what the server says or by what was on it. Those behind are asked for to be sure.
    pub(super) proven: u64,
    /// How many there are by the server's last word.
    pub(super) total: Option<u64>,
    /// In the order of the pages.
    told: Vec<Told>,
    barren: u32,
    /// Whether the pages behind the last one are none of its business.
    is_bounded: bool,
    /// Whether pages are read once more.
    is_once_more: bool,
}

impl Numbering {
    /// With the first page, which is read alone.
    pub(super) fn new(size: Option<u64>) -> Self {
        let per_page = size.unwrap_or(DEFAULT_SIZE);
        Self {
            size,
            per_page,
            next: 2,
            last: 1,
            proven: 1,
            total: None,
            told: Vec::new(),
            barren: 0,
            is_bounded: false,
            is_once_more: false,
        }
    }

    /// The next page to read for the first time.
    pub(super) fn next(&mut self) -> Option<u64> {
        (self.next <= self.last && !self.is_barren()).then(|| {
            self.next += 1;
            self.next - 1
        })
    }

    /// Whether the server hands out the same versions under every number, or none.
    pub(super) fn is_barren(&self) -> bool {
        self.barren >= MOST_BARREN
    }

    /// Whether nobody knows if there are pages behind this one.
    pub(super) fn may_be_last(&self, page: u64) -> bool {
        self.total.is_none() && page >= self.last && !self.is_bounded
    }

    /// How many versions of this page could not be read.
    pub(super) fn unreadable_of(&self, page: u64) -> u64 {
        self.told.iter().find(|it| it.page == page).map_or(0, |it| it.unreadable)
    }

    /// The same pages in another size, of the first of which so many versions could not be read.
    pub(super) fn resized(size: u64, unreadable: u64) -> Self {
        let first = Told { page: 1, total: None, unreadable, is_overlapping: false };
        Self { told: vec![first], ..Self::new(Some(size)) }
    }

    /// How many versions could not be read.
    pub(super) fn unreadable(&self) -> u64 {
        self.told.iter().map(|it| it.unreadable).sum()
    }

    /// Learns from a page, of whose versions `new` had not come before.
    pub(super) fn heard(&mut self, page: u64, listed: &Listed, new: u64) {
        let (readable, unreadable) = (count(listed.items.len()), count(listed.unreadable_count));
        let shown = readable + unreadable;
        let mut reported = listed.reported.unwrap_or_default();
        if reported.total_count.is_some_and(|total| total < shown) {
            // It does not even count what it shows.
            (reported.total_count, reported.total_pages) = (None, None);
        }
        let total = reported.total_count;
        self.total = total.or(self.total);
        let is_overlapping = new > 0 && new < readable;
        self.told.retain(|it| it.page != page);
        let place = self.told.partition_point(|it| it.page < page);
        self.told.insert(place, Told { page, total, unreadable, is_overlapping });
        // The first one may be read again in another size. Nobody knows whether what cannot be read came before.
        let is_new = new > 0 || page == 1;
        self.barren = if is_new || self.is_once_more { 0 } else { self.barren + 1 };
        if self.is_bounded {
            return;
        }
        if page == 1 && shown > self.per_page && total == Some(shown) {
            // Everything at once.
            (self.proven, self.last, self.per_page) = (1, 1, shown);
            return;
        }
        let asked = self.per_page;
        let is_last = total.is_none_or(|total| total <= shown)
            && reported.total_pages.is_none_or(|pages| pages <= page)
            && !has_next(page, &reported);
        if page == 1 && shown > 0 && (shown > asked || !is_last) {
            self.per_page = shown;
        }
        let by_count = total.unwrap_or(0).div_ceil(self.per_page);
        let by_link = if has_next(page, &reported) { page.saturating_add(1) } else { 0 };
        let by_itself = if shown > 0 { page } else { 0 };
        let proven = by_count.max(by_link).max(by_itself).max(reported.total_pages.unwrap_or(0));
        // No lie about the number of pages makes more of them than are read.
        let most = count(MOST).div_ceil(self.per_page) + 1;
        self.proven = self.proven.max(proven).min(most);
        let says_nothing = total.or(reported.total_pages).is_none() && reported.next_page.is_none_or(|it| it == 0);
        // A page of the default size may be one of a server that ignores the size.
        let is_full = shown >= asked || shown == DEFAULT_SIZE;
        let is_open = shown > 0 && is_new && page >= self.proven && (is_full || says_nothing);
        let open = if is_open { page.saturating_add(1).min(most) } else { 0 };
        self.last = self.last.max(self.proven).max(open);
    }

    /// The pages to read once more where `loaded` versions came: first those between which versions moved, and all others
    /// behind them if some are missing. Returns how many the first are as well.
    pub(super) fn once_more(&self, loaded: u64) -> (Vec<u64>, usize) {
        let mut suspects = Vec::new();
        for pair in self.told.windows(2) {
            let [one, next] = pair else { continue };
            // What was deleted before a page was read moved the first version of this page to the one before.
            if one.total.zip(next.total).is_some_and(|(one, next)| one != next) {
                suspects.extend([one.page, next.page]);
            }
            // What was added before a page was read moved the last version of the one before here, and is on the first.
            if next.is_overlapping {
                suspects.extend([1, one.page]);
            }
        }
        if !suspects.is_empty() {
            suspects.insert(0, 1);
            suspects.extend(self.told.last().map(|it| it.page));
        }
        let mut pages: Vec<u64> = Vec::new();
        for page in suspects {
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        let certain = pages.len();
        if self.total.is_some_and(|total| loaded + self.unreadable() < total) {
            let others: Vec<u64> = self.told.iter().map(|it| it.page).filter(|it| !pages.contains(it)).collect();
            pages.extend(others);
        }
        (pages, certain)
    }

    /// Goes on with other pages, which failed before.
    pub(super) fn go_on_with(&mut self, pages: Pages) {
        let Pages { first, last, size, per_page, is_open } = pages;
        (self.size, self.per_page, self.barren) = (size, per_page, 0);
        (self.next, self.last, self.proven, self.is_bounded) = (first, last, last, !is_open);
    }

    /// Forgets what moved, before pages are read once more: of most of them nothing new is expected.
    pub(super) fn settle(&mut self) {
        let total = self.total;
        self.is_once_more = true;
        for told in &mut self.told {
            (told.total, told.is_overlapping) = (total, false);
        }
    }
}

fn has_next(page: u64, reported: &ReportedPagination) -> bool {
    reported.next_page.is_some_and(|it| it > page)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
