//! The versions of one tool that are known, each at a place of its own.

use std::{collections::HashMap, sync::Arc};

use domain::inventory::Entry;
use wire::ToolVersion;

/// Each version has a place that stays its own for as long as the store does: a refresh that brings it again changes it
/// there, and what has gone leaves its place empty.
#[derive(Default)]
pub struct Store {
    /// By place. What has gone stays here, and nowhere else.
    entries: Vec<Entry>,
    places: Vec<Place>,
    by_id: HashMap<String, u32>,
    /// The number of the present loading, from 1.
    loading: u32,
    /// Whether anything was known before it.
    is_refresh: bool,
    count: usize,
    /// How often its entries have changed, or what has gone of them.
    revision: u64,
}

/// What is known of a version beside it.
#[derive(Clone, Copy, Default)]
struct Place {
    has_gone: bool,
    /// The loading that brought it last.
    seen: u32,
    /// The loading during which it was last written from here: that one may still bring what it was before.
    written: u32,
    /// Whether a refresh brought it new or changed, and nobody has looked at it since.
    is_changed: bool,
}

impl Store {
    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self { revision: self.revision + 1, ..Self::default() };
    }

    /// Another number whenever its entries are others, or what has gone of them.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// How many versions there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The version at a place.
    pub fn get(&self, place: u32) -> Option<&Entry> {
        self.entries.get(place as usize).filter(|_| !self.has_gone(place))
    }

    /// The place of a version, which may have gone.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// All versions by their places, those that have gone as well.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether there is no version at a place any more.
    pub fn has_gone(&self, place: u32) -> bool {
        self.places.get(place as usize).is_none_or(|it| it.has_gone)
    }

    /// Whether a refresh brought the version new or changed, and nobody has looked at it since.
    pub fn is_changed(&self, place: u32) -> bool {
        self.places.get(place as usize).is_some_and(|it| it.is_changed)
    }

    /// Somebody looks at it.
    pub fn look_at(&mut self, place: u32) {
        if let Some(place) = self.places.get_mut(place as usize) {
            place.is_changed = false;
        }
    }

    /// A loading begins: what it does not bring has gone.
    pub fn begin(&mut self) {
        self.loading += 1;
        self.is_refresh = self.count > 0;
    }

    /// What a loading brings. A version that comes twice, as one does when pages move meanwhile, is there once.
    pub fn take(&mut self, versions: Vec<ToolVersion>) {
        let loading = self.loading;
        for version in versions {
            let known = self.find(key_of(&version));
            let place = known.and_then(|place| self.places.get(place as usize)).copied().unwrap_or_default();
            let is_same = known.and_then(|place| self.get(place)).is_some_and(|entry| **entry.version() == version);
            if place.written == loading || is_same {
                self.set(known, Place { seen: loading, ..place }, None);
            } else {
                let place = Place { has_gone: false, seen: loading, is_changed: self.is_refresh, ..place };
                self.set(known, place, Some(version));
            }
        }
    }

    /// The loading has brought everything. Returns the places and the numbers of the versions that have gone.
    pub fn finish(&mut self) -> Vec<(u32, String)> {
        let loading = self.loading;
        let mut gone = Vec::new();
        for ((number, place), entry) in (0..).zip(&mut self.places).zip(&self.entries) {
            if !place.has_gone && place.seen != loading && place.written != loading {
                place.has_gone = true;
                self.revision += 1;
                gone.push((number, entry.version().attributes.version.clone()));
            }
        }
        self.count -= gone.len();
        gone
    }

    /// A version as a write from here left it.
    pub fn write(&mut self, version: ToolVersion) {
        let known = self.find(key_of(&version));
        self.set(known, Place { written: self.loading, ..Place::default() }, Some(version));
    }

    /// A version was deleted from here. Returns its place, if it had one.
    pub fn remove(&mut self, id: &str) -> Option<u32> {
        let known = self.find(id)?;
        self.set(Some(known), Place { has_gone: true, written: self.loading, ..Place::default() }, None);
        Some(known)
    }

    /// Sets what is at a place, a new one where there is none.
    fn set(&mut self, known: Option<u32>, place: Place, version: Option<ToolVersion>) {
        let was_there = known.is_some_and(|known| !self.has_gone(known));
        if version.is_some() || was_there == place.has_gone {
            self.revision += 1;
        }
        self.count = self.count + usize::from(!place.has_gone) - usize::from(was_there);
        if let Some(number) = known.map(|known| known as usize) {
            if let Some(known) = self.places.get_mut(number) {
                *known = place;
            }
            if let (Some(known), Some(version)) = (self.entries.get_mut(number), version) {
                *known = Entry::new(Arc::new(version));
            }
        } else if let Some(version) = version {
            self.by_id.insert(key_of(&version).to_owned(), self.entries.len() as u32);
            self.entries.push(Entry::new(Arc::new(version)));
            self.places.push(place);
        }
    }
}

/// What tells versions apart: the id, and the number where a faulty installation gives none.
fn key_of(version: &ToolVersion) -> &str {
    if version.id.is_empty() { &version.attributes.version } else { &version.id }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    const NONE: [u32; 0] = [];

    fn version(id: &str, number: &str) -> ToolVersion {
        let version = json!({"id": id, "type": "terraform-versions", "attributes": {"version": number}});
        serde_json::from_value(version).unwrap_or_else(|error| panic!("{error}"))
    }

    fn loaded(store: &mut Store, versions: &[(&str, &str)]) -> Vec<u32> {
        store.begin();
        store.take(versions.iter().map(|(id, number)| version(id, number)).collect());
        store.finish().into_iter().map(|(place, _)| place).collect()
    }

    fn numbers(store: &Store) -> Vec<String> {
        let there = (0..store.entries().len() as u32).filter_map(|place| store.get(place));
        there.map(|entry| entry.version().attributes.version.clone()).collect()
    }

    #[test]
    fn a_refresh_changes_what_changed_and_tells_what_has_gone() {
        let mut store = Store::default();
        assert_eq!(loaded(&mut store, &[("a", "1.0.0"), ("b", "1.1.0"), ("a", "1.0.0")]), NONE);
        assert_eq!(numbers(&store), ["1.0.0", "1.1.0"]);
        assert!(!store.is_changed(0), "at first nothing is new");
        assert_eq!(loaded(&mut store, &[("c", "1.2.0"), ("b", "1.1.1")]), [0]);
        assert_eq!((store.count(), numbers(&store)), (2, vec!["1.1.1".to_owned(), "1.2.0".to_owned()]));
        assert!(store.is_changed(1) && store.is_changed(2));
        store.look_at(1);
        assert_eq!(loaded(&mut store, &[("c", "1.2.0"), ("b", "1.1.1"), ("a", "1.0.0")]), NONE);
        assert!(!store.is_changed(1) && store.is_changed(2), "nobody has looked at the other one");
        assert_eq!(store.find("a"), Some(0), "it comes back to its place");
    }

    #[test]
    fn another_revision_says_that_the_list_is_another_one() {
        let mut store = Store::default();
        loaded(&mut store, &[("a", "1.0.0"), ("b", "1.1.0")]);
        let mut known = store.revision();
        let mut is_another = |store: &Store| std::mem::replace(&mut known, store.revision()) != store.revision();
        loaded(&mut store, &[("a", "1.0.0"), ("b", "1.1.0")]);
        assert!(!is_another(&store), "nothing has changed");
        loaded(&mut store, &[("a", "1.0.1"), ("b", "1.1.0")]);
        assert!(is_another(&store), "a version is another one");
        loaded(&mut store, &[("a", "1.0.1")]);
        assert!(is_another(&store), "one has gone");
        loaded(&mut store, &[("a", "1.0.1"), ("b", "1.1.0")]);
        assert!(is_another(&store), "it is back");
        store.write(version("c", "1.2.0"));
        assert!(is_another(&store), "one was written");
        store.remove("c");
        assert!(is_another(&store), "it was deleted");
        store.clear();
        assert!(is_another(&store), "all are forgotten");
    }

    #[test]
    fn what_was_written_meanwhile_is_not_taken_back_by_an_older_answer() {
        let mut store = Store::default();
        loaded(&mut store, &[("a", "1.0.0"), ("b", "1.1.0")]);
        store.begin();
        store.write(version("a", "1.0.1"));
        store.write(version("c", "2.0.0"));
        assert_eq!(store.remove("b"), Some(1));
        store.take(vec![version("a", "1.0.0"), version("b", "1.1.0")]);
        assert!(store.finish().is_empty());
        assert_eq!((store.count(), numbers(&store)), (2, vec!["1.0.1".to_owned(), "2.0.0".to_owned()]));
        assert!(!store.is_changed(0), "the user has changed it");
        assert_eq!(loaded(&mut store, &[("a", "1.0.1"), ("b", "1.1.0")]), [2], "the next loading is believed");
        assert_eq!(numbers(&store), ["1.0.1", "1.1.0"]);
    }
}
