//! The whole inventory: what of it is shown, and in what order.
//!
//! Made for ten thousand versions and a keystroke: what a version is sorted and searched by is computed once ([`Entry`]),
//! an order is made when the versions or the sort change ([`by_version`], [`order`]), and a keystroke is one pass over it
//! ([`find`]).

mod arch;
mod filters;
mod listing;
mod moment;
mod search;
mod sort;

use std::{cmp::Ordering, sync::Arc};

use wire::ToolVersion;

pub use arch::ArchFilter;
pub use filters::{Facet, Facets, Filters};
pub use listing::{Asked, Listing};
pub use sort::{Column, Sort};

use crate::{
    version_order::{VersionKey, compare},
    version_range::VersionRange,
};

/// A version with all that it is found and sorted by.
#[derive(Clone, Debug)]
pub struct Entry {
    version: Arc<ToolVersion>,
    key: VersionKey,
    text: search::Text,
    facets: Facets,
    archs: u8,
    status: u8,
    created: u64,
}

impl Entry {
    /// Computes what there is to compute of a version.
    pub fn new(version: Arc<ToolVersion>) -> Self {
        let it = &version.attributes;
        let facets = Facets::of_version(it);
        let worse = [!it.enabled, it.deprecated == Some(true), it.beta, !it.official];
        Self {
            key: VersionKey::new(&it.version),
            text: search::Text::of(&version),
            facets,
            archs: arch::arch_bits(it),
            status: worse.into_iter().fold(0, |status, is_worse| status << 1 | u8::from(is_worse)),
            created: it.created_at.as_deref().and_then(moment::moment).unwrap_or(UNKNOWN),
            version,
        }
    }

    /// The version.
    pub fn version(&self) -> &Arc<ToolVersion> {
        &self.version
    }

    /// Its place in the order of versions.
    pub fn key(&self) -> &VersionKey {
        &self.key
    }

    /// Its facets.
    pub fn facets(&self) -> Facets {
        self.facets
    }

    fn rank(&self, column: Column) -> u64 {
        match column {
            Column::Version => 0,
            Column::Status => self.status.into(),
            Column::Usage => self.version.attributes.usage.unwrap_or(UNKNOWN),
            Column::Created => self.created,
        }
    }
}

/// At the end in both directions.
const UNKNOWN: u64 = u64::MAX;

/// What the filters let through, and the numbers on their buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The places of the entries, in the order that was asked for.
    pub places: Vec<u32>,
    counts: [u32; 8],
}

impl Found {
    /// How many would be shown if this were the only facet pressed among those that add up with it, and everything else
    /// stayed.
    pub fn count(&self, facet: Facet) -> u32 {
        self.counts.get(facet as usize).copied().unwrap_or_default()
    }
}

/// Finds what the filters let through. `order` has the places of the entries to look at: one of [`order`].
///
/// A search is for a part of the version, the id, the reason or a URL, in either case; for a digest, only for its
/// beginning, of four digits or more.
pub fn find(entries: &[Entry], order: &[u32], filters: &Filters) -> Found {
    let search = search::Search::of(&filters.search);
    let range = filters.range.as_ref().filter(|range| !range.is_empty());
    // Whether each entry passes is asked from the cheapest question to the dearest.
    let passes = |entry: &Entry| {
        filters.arch.is_none_or(|arch| arch.accepts(entry.archs))
            && range.is_none_or(|range: &VersionRange| range.matches(&entry.key))
            && search.finds(&entry.text, &entry.version)
    };
    let pressed_groups: Vec<Facets> = filters::GROUPS.into_iter().filter(|group| group.overlaps(filters.is)).collect();
    let mut places = Vec::with_capacity(order.len());
    // By the bits of the facets: one addition for each entry.
    let mut counted_by_facets = [0_u32; 256];
    for &place in order {
        let Some(entry) = entries.get(place as usize) else { continue };
        let fails = |group: &&Facets| !entry.facets.overlaps(filters.is.within(**group));
        let mut failed = pressed_groups.iter().filter(fails);
        // One that fails in a single group still counts for the buttons of that group.
        let (counted, is_found) = match (failed.next(), failed.next()) {
            (None, _) => (entry.facets, true),
            (Some(group), None) => (entry.facets.within(*group), false),
            (Some(_), Some(_)) => continue,
        };
        if counted.is_empty() || !passes(entry) {
            continue;
        }
        if is_found {
            places.push(place);
        }
        if let Some(count) = counted_by_facets.get_mut(usize::from(counted.bits())) {
            *count += 1;
        }
    }
    let counts = Facet::ALL.map(|facet| {
        let with_facet =
            (0..=u8::MAX).zip(counted_by_facets).filter(|(bits, _)| Facets::from_bits(*bits).contains(facet));
        with_facet.map(|(_, count)| count).sum()
    });
    Found { places, counts }
}

/// The places of all entries, the newest version first, and by id where two have the same number.
///
/// `previous` is the result for a part of these entries, or empty: what is in order already costs little.
pub fn by_version(entries: &[Entry], previous: &[u32]) -> Vec<u32> {
    let count = entries.len() as u32;
    let mut places: Vec<u32> = previous.iter().copied().filter(|place| *place < count).collect();
    if places.len() as u32 != count {
        let mut is_there = vec![false; entries.len()];
        for place in &places {
            if let Some(it) = is_there.get_mut(*place as usize) {
                *it = true;
            }
        }
        places.extend((0..count).zip(is_there).filter(|(_, is_there)| !is_there).map(|(place, _)| place));
    }
    places.sort_by(|one, other| match (entries.get(*one as usize), entries.get(*other as usize)) {
        (Some(one), Some(other)) => {
            compare(&one.key, &other.key, true).then_with(|| one.version.id.cmp(&other.version.id))
        }
        _ => Ordering::Equal,
    });
    places
}

/// The places of [`by_version`] in another order. What is equal keeps the newest version first, in both directions.
pub fn order(entries: &[Entry], by_version: &[u32], sort: Sort) -> Vec<u32> {
    let mut places = by_version.to_vec();
    match (sort.column, sort.descending) {
        (Column::Version, true) => {}
        (Column::Version, false) => {
            // Turned round, which leaves what is no version at the end.
            let is_version = |place: &u32| entries.get(*place as usize).is_some_and(|it| it.key.is_version());
            let end = places.partition_point(is_version);
            if let Some(versions) = places.get_mut(..end) {
                versions.reverse();
            }
        }
        (column, descending) => {
            let rank = |place: &u32| entries.get(*place as usize).map_or(UNKNOWN, |entry| entry.rank(column));
            let turned = |rank| if descending && rank != UNKNOWN { UNKNOWN - 1 - rank } else { rank };
            places = sort::by_rank(places.iter().map(|place| (turned(rank(place)), *place)).collect());
        }
    }
    places
}

#[cfg(test)]
mod tests;
