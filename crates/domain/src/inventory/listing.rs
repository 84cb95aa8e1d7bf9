//! What a list shows, brought up to date with as little work as possible.

use super::{Entry, Filters, Found, Sort, by_version, find, order};

/// What a list is asked to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What it is narrowed to.
    pub filters: Filters,
    /// Its order.
    pub sort: Sort,
    /// How many versions are before the page.
    pub first: u64,
    /// How many versions are on the page at most.
    pub size: u64,
}

/// What the list shows. A page turned costs nothing, a filter one pass over the order that is there already, and a search
/// that goes on one pass over what its beginning found.
#[derive(Debug, Default)]
pub struct Listing {
    asked: Asked,
    revision: Option<u64>,
    by_version: Vec<u32>,
    ordered: Vec<u32>,
    found: Found,
}

impl Listing {
    /// Brings it up to date. `revision` is another one whenever the entries are, or what has gone of them.
    pub fn update(&mut self, entries: &[Entry], has_gone: impl Fn(u32) -> bool, revision: u64, asked: Asked) {
        let is_new = self.revision != Some(revision);
        if is_new {
            self.by_version = by_version(entries, &self.by_version);
            self.by_version.retain(|place| !has_gone(*place));
            self.revision = Some(revision);
        }
        let is_reordered = is_new || self.asked.sort != asked.sort;
        if is_reordered {
            self.ordered = order(entries, &self.by_version, asked.sort);
        }
        if is_reordered || self.asked.filters != asked.filters {
            let goes_on = !is_reordered && asked.filters.narrow(&self.asked.filters);
            let places = if goes_on { &self.found.places } else { &self.ordered };
            self.found = find(entries, places, &asked.filters);
        }
        self.asked = asked;
    }

    /// What the filters let through.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The places of the versions on the page.
    pub fn page(&self) -> &[u32] {
        let place = |count: u64| usize::try_from(count).unwrap_or(usize::MAX).min(self.found.places.len());
        let (first, end) = (place(self.asked.first), place(self.asked.first.saturating_add(self.asked.size)));
        self.found.places.get(first..end).unwrap_or_default()
    }

    /// What it shows.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::sync::Arc;

    use proptest::{collection::vec, prelude::*, sample::select};

    use super::{
        super::{ArchFilter, Facets},
        *,
    };

    fn entry(id: usize, number: &str, usage: u64, enabled: bool) -> Entry {
        let body = format!(
            r#"{{"id":"{id}","attributes":{{"version":"{number}","usage":{usage},"enabled":{enabled},
            "url":"https://x.example/{number}","sha":"abcd{usage}"}}}}"#
        );
        Entry::new(Arc::new(wire::read(&body).unwrap()))
    }

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = ("1\\.[0-3]\\.[0-9]", 0_u64..3, any::<bool>());
        vec(one, 0..40).prop_map(|all| {
            let all = all.into_iter().enumerate();
            all.map(|(id, (number, usage, enabled))| entry(id, &number, usage, enabled)).collect()
        })
    }

    fn asked() -> impl Strategy<Value = Asked> {
        let search = select(vec!["", "1", "1.", "1.2", "1.2.", "2.1", "abc", "abcd", "abcd1", "x.", " 1.2"]);
        let parts = (select(vec!["", "enabled", "unused", "enabled,in-use"]), select(vec!["", "amd64", "-amd64"]));
        let page = (select(vec!["version", "-version", "usage", "status"]), 0_u64..30, 1_u64..20);
        (search, parts, page).prop_map(|(search, (is, arch), (sort, first, size))| {
            let (is, arch, search) = (Facets::parse(is), ArchFilter::parse(arch), search.to_owned());
            Asked { filters: Filters { is, arch, search, range: None }, sort: Sort::parse(sort), first, size }
        })
    }

    proptest! {
        #[test]
        fn it_shows_what_it_would_show_if_everything_were_computed_anew(
            all in entries(), steps in vec((asked(), any::<bool>(), 0_usize..40, 0_u32..60), 1..20),
        ) {
            let (mut listing, mut revision, mut known, mut gone) = (Listing::default(), 0, 0, u32::MAX);
            for (asked, has_changed, now, goes) in steps {
                if has_changed {
                    (revision, known, gone) = (revision + 1, now.clamp(known, all.len().max(known)), goes);
                }
                let entries = all.get(..known).unwrap();
                listing.update(entries, |place| place == gone, revision, asked.clone());
                let mut places = by_version(entries, &[]);
                places.retain(|place| *place != gone);
                let found = find(entries, &order(entries, &places, asked.sort), &asked.filters);
                prop_assert_eq!(listing.found(), &found);
                let page: Vec<u32> =
                    found.places.iter().skip(asked.first as usize).take(asked.size as usize).copied().collect();
                prop_assert_eq!(listing.page(), page);
            }
        }
    }
}
