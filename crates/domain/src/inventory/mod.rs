//! The whole inventory: what of it is shown, and in what order.
//!
//! Made for ten thousand versions and a keystroke: what a version is sorted and searched by is computed once ([`Entry`]),
//! an order is made when the versions or the sort change ([`by_version`], [`order`]), and a keystroke is one pass over it
//! ([`find`]).

mod filters;
mod sort;

use std::{cmp::Ordering, sync::Arc};

use wire::{ToolVersion, ToolVersionAttributes};

pub use filters::{ArchFilter, Facet, Facets, Filters};
pub use sort::{Column, Sort};

use crate::{
    text::tidy,
    version_order::{VersionKey, compare},
    version_range::VersionRange,
};

/// A search of so many hexadecimal digits may be the beginning of a digest. Fewer would find versions by chance.
const SHORTEST_DIGEST: usize = 4;

/// A version with all that it is found and sorted by.
#[derive(Clone, Debug)]
pub struct Entry {
    version: Arc<ToolVersion>,
    key: VersionKey,
    /// Version, id, reason and URLs in lower case, a line each. Digests are compared where they are.
    text: Box<str>,
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
            text: search_text(&version.id, it).into(),
            facets,
            archs: filters::arch_bits(it),
            status: worse.into_iter().fold(0, |status, is_worse| status << 1 | u8::from(is_worse)),
            created: it.created_at.as_deref().map_or(UNKNOWN, moment),
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

    fn has_digest(&self, beginning: &str) -> bool {
        let it = &self.version.attributes;
        let digests = it.sha.iter().chain(it.archs.iter().flatten().filter_map(|arch| arch.sha.as_ref()));
        let mut beginnings = digests.filter_map(|sha| sha.get(..beginning.len()));
        beginnings.any(|it| it.eq_ignore_ascii_case(beginning))
    }
}

/// At the end in both directions.
const UNKNOWN: u64 = u64::MAX;

fn search_text(id: &str, version: &ToolVersionAttributes) -> String {
    let reason = version.deprecated_reason.iter().flatten().map(String::as_str);
    let url = version.url.as_deref();
    // Installations give the URL of linux/amd64 twice.
    let others = version.archs.iter().flatten().filter_map(|arch| arch.url.as_deref()).filter(|it| Some(*it) != url);
    let mut text = String::new();
    for line in [version.version.as_str(), id].into_iter().chain(reason).chain(url).chain(others) {
        text.push_str(line);
        text.push('\n');
    }
    lower_case(&text)
}

/// In lower case, as far as Latin, Greek and Cyrillic go: the tables of the whole of Unicode would be a good part of what
/// this module weighs in the browser.
fn lower_case(text: &str) -> String {
    let lower = |it: char| match it {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => {
            char::from_u32(it as u32 + 32).unwrap_or(it)
        }
        _ => it,
    };
    text.chars().map(lower).collect()
}

/// A date as a number: its digits down to milliseconds, as installations write all of them in UTC.
fn moment(date: &str) -> u64 {
    let (mut number, mut digits) = (0_u64, 0);
    for digit in date.chars().take_while(|it| !matches!(it, 'Z' | 'z' | '+')).filter_map(|it| it.to_digit(10)).take(17)
    {
        number = number * 10 + u64::from(digit);
        digits += 1;
    }
    if digits < 8 {
        return UNKNOWN;
    }
    (digits..17).fold(number, |number, _| number * 10)
}

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
    let search = lower_case(&tidy(&filters.search));
    let may_be_digest = search.len() >= SHORTEST_DIGEST && search.bytes().all(|it| it.is_ascii_hexdigit());
    let range = filters.range.as_ref().filter(|range| !range.is_empty());
    // Whether each entry passes is asked from the cheapest question to the dearest.
    let passes = |entry: &Entry| {
        filters.arch.is_none_or(|arch| arch.accepts(entry.archs))
            && range.is_none_or(|range: &VersionRange| range.matches(&entry.key))
            && (search.is_empty() || entry.text.contains(&search) || may_be_digest && entry.has_digest(&search))
    };
    let mut found = Found { places: Vec::with_capacity(order.len()), ..Found::default() };
    for &place in order {
        let Some(entry) = entries.get(place as usize) else { continue };
        let fails = |group: &&Facets| {
            let pressed = filters.is.within(**group);
            !pressed.is_empty() && !entry.facets.overlaps(pressed)
        };
        let mut failed = filters::GROUPS.iter().filter(fails);
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
            found.places.push(place);
        }
        for (facet, count) in Facet::ALL.into_iter().zip(&mut found.counts) {
            *count += u32::from(counted.contains(facet));
        }
    }
    found
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
    sort_places(entries, &mut places, &|one, other| {
        compare(&one.key, &other.key, true).then_with(|| one.version.id.cmp(&other.version.id))
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
        (column, descending) => sort_places(entries, &mut places, &|one, other| {
            let (one, other) = (one.rank(column), other.rank(column));
            let order = one.cmp(&other);
            if descending && one != UNKNOWN && other != UNKNOWN { order.reverse() } else { order }
        }),
    }
    places
}

/// Not generic, so that the sort is compiled once.
fn sort_places(entries: &[Entry], places: &mut [u32], compare: &dyn Fn(&Entry, &Entry) -> Ordering) {
    places.sort_by(|one, other| match (entries.get(*one as usize), entries.get(*other as usize)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => one.cmp(other),
    });
}

#[cfg(test)]
mod tests;
