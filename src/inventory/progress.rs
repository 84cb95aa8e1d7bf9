//! How far the versions of a tool are loaded, and what of them is missing.

use api::{
    ApiError,
    inventory::{Pages, Summary},
};
use wire::Mismatch;

/// The most places of unreadable versions that are told.
const MOST_UNREADABLE: usize = 20;

/// How far the versions are loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Whether anything has come since the beginning, or since the user signed in.
    pub has_begun: bool,
    /// Whether versions that there are may not be known yet, or ever.
    pub is_partial: bool,
    /// How many there are by what is known; `None` where the installation does not say.
    pub total: Option<u64>,
    /// How many could not be read.
    pub unreadable_count: usize,
    /// Place and problem of the first of them.
    pub unreadable: Vec<Mismatch>,
    /// The pages that stayed away, and why.
    pub failed: Option<(Vec<Pages>, ApiError)>,
    /// Whether there are more than the console loads.
    pub is_cut: bool,
    /// How many versions the installation counts but did not hand out.
    pub missing: u64,
}

impl Progress {
    /// Everything is loaded, or loaded again.
    pub(super) fn begins(&mut self) {
        self.failed = None;
        self.unreadable_count = 0;
        self.unreadable.clear();
    }

    /// Versions came, some of which could not be read.
    pub(super) fn came(&mut self, total: Option<u64>, unreadable_count: usize, unreadable: Vec<Mismatch>) {
        self.is_partial |= !self.has_begun;
        self.has_begun = true;
        self.total = total.or(self.total);
        self.unreadable_count += unreadable_count;
        for it in unreadable {
            // A page that is read again has the same at the same place.
            if self.unreadable.len() < MOST_UNREADABLE && !self.unreadable.contains(&it) {
                self.unreadable.push(it);
            }
        }
    }

    /// Pages stayed away.
    pub(super) fn stayed_away(&mut self, pages: Pages, error: ApiError) {
        let mut all = self.failed.take().map(|(all, _)| all).unwrap_or_default();
        all.push(pages);
        self.failed = Some((all, error));
    }

    /// The loading has come to its end.
    pub(super) fn ended(&mut self, summary: &Summary) {
        self.has_begun = true;
        self.is_partial = !summary.is_whole();
        self.total = summary.total;
        self.unreadable_count = usize::try_from(summary.unreadable).unwrap_or(usize::MAX);
        self.is_cut = summary.is_cut;
        self.missing = summary.missing();
    }
}
