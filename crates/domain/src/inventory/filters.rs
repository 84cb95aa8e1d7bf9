//! What the list is narrowed to, and how addresses write it.

use wire::ToolVersionAttributes;

use super::{arch::ArchFilter, search};
use crate::{text::tidy, version_range::VersionRange};

/// A button of the group "Filters".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// "Enabled"
    Enabled,
    /// "Disabled"
    Disabled,
    /// "Official"
    Official,
    /// "Custom"
    Custom,
    /// "Beta"
    Beta,
    /// "Deprecated"
    Deprecated,
    /// "In use"
    InUse,
    /// "Unused"
    Unused,
}

impl Facet {
    /// Every one, in the order of the buttons.
    pub const ALL: [Self; 8] = [
        Self::Enabled,
        Self::Disabled,
        Self::Official,
        Self::Custom,
        Self::Beta,
        Self::Deprecated,
        Self::InUse,
        Self::Unused,
    ];

    /// The word that its button begins with.
    pub fn label(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Official => "Official",
            Self::Custom => "Custom",
            Self::Beta => "Beta",
            Self::Deprecated => "Deprecated",
            Self::InUse => "In use",
            Self::Unused => "Unused",
        }
    }

    /// Its word in the query `is`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Official => "official",
            Self::Custom => "custom",
            Self::Beta => "beta",
            Self::Deprecated => "deprecated",
            Self::InUse => "in-use",
            Self::Unused => "unused",
        }
    }
}

/// A set of facets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facets(u8);

/// The facets that add up, since a version has at most one of them. Across groups they narrow.
pub(super) const GROUPS: [Facets; 5] = [
    Facets::of(Facet::Enabled).and(Facet::Disabled),
    Facets::of(Facet::Official).and(Facet::Custom),
    Facets::of(Facet::Beta),
    Facets::of(Facet::Deprecated),
    Facets::of(Facet::InUse).and(Facet::Unused),
];

impl Facets {
    const fn of(facet: Facet) -> Self {
        Self(1 << facet as u8)
    }

    const fn and(self, facet: Facet) -> Self {
        Self(self.0 | 1 << facet as u8)
    }

    /// Those of a version. Where the installation does not count uses, it is neither in use nor unused.
    pub fn of_version(version: &ToolVersionAttributes) -> Self {
        let mut facets = Self::of(if version.enabled { Facet::Enabled } else { Facet::Disabled })
            .and(if version.official { Facet::Official } else { Facet::Custom });
        if version.beta {
            facets = facets.and(Facet::Beta);
        }
        if version.deprecated == Some(true) {
            facets = facets.and(Facet::Deprecated);
        }
        match version.usage {
            None => facets,
            Some(0) => facets.and(Facet::Unused),
            Some(_) => facets.and(Facet::InUse),
        }
    }

    /// Whether it has one.
    pub fn contains(self, facet: Facet) -> bool {
        self.overlaps(Self::of(facet))
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds it, or takes it out.
    #[must_use]
    pub fn toggled(self, facet: Facet) -> Self {
        Self(self.0 ^ Self::of(facet).0)
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// A bit for each.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    /// From [`Self::bits`].
    pub(super) fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Those that are in both.
    pub(super) fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// From the query `is`: `enabled,unused`. Unknown words are ignored.
    pub fn parse(query: &str) -> Self {
        let mut facets = Self::default();
        for word in query.split(',') {
            if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.word().eq_ignore_ascii_case(word.trim())) {
                facets = facets.and(facet);
            }
        }
        facets
    }

    /// The query `is`, in the order of the buttons; empty for none.
    pub fn query(self) -> String {
        let mut query = String::new();
        for facet in Facet::ALL.into_iter().filter(|facet| self.contains(*facet)) {
            if !query.is_empty() {
                query.push(',');
            }
            query.push_str(facet.word());
        }
        query
    }
}

/// All that the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// The buttons that are pressed.
    pub is: Facets,
    /// The select "Architecture"; `None` is "any".
    pub arch: Option<ArchFilter>,
    /// The field "Version range", while it has no error.
    pub range: Option<VersionRange>,
    /// The field "Search versions".
    pub search: String,
}

impl Filters {
    /// Whether they let everything through.
    pub fn is_empty(&self) -> bool {
        self.is.is_empty()
            && self.arch.is_none()
            && self.range.as_ref().is_none_or(VersionRange::is_empty)
            && tidy(&self.search).is_empty()
    }

    /// Whether everything that these let through, and everything that they count, is let through by the others.
    pub(super) fn narrow(&self, others: &Self) -> bool {
        // A button that is pressed counts what it does not let through.
        let is_search_alone = self.is.is_empty() && others.is.is_empty();
        is_search_alone
            && self.arch == others.arch
            && self.range == others.range
            && search::goes_on(&self.search, &others.search)
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn the_query_has_the_words_of_the_buttons_and_unknown_ones_are_ignored() {
        let table = [
            ("", ""),
            ("enabled,unused", "enabled,unused"),
            ("unused,ENABLED, in-use,,enabled", "enabled,in-use,unused"),
            ("nonsense,beta,%00", "beta"),
            (
                "enabled,disabled,official,custom,beta,deprecated,in-use,unused",
                "enabled,disabled,official,custom,beta,deprecated,in-use,unused",
            ),
        ];
        for (query, printed) in table {
            assert_eq!(Facets::parse(query).query(), printed);
        }
        let pressed = Facets::default().toggled(Facet::Beta).toggled(Facet::InUse).toggled(Facet::Beta);
        assert_eq!(pressed.query(), "in-use");
    }
}
