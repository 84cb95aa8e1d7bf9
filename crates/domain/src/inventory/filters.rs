//! What the list is narrowed to, and how addresses write it.

use wire::{Arch, ToolVersionAttributes};

use super::search;
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

/// The architectures that can be filtered by, in the order of their bits.
const ARCHS: [&str; 3] = ["amd64", "arm64", "s390x"];

/// An option of the select "Architecture".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchFilter {
    arch: u8,
    lacks: bool,
}

impl ArchFilter {
    /// Every option, in the order of the select.
    pub const ALL: [Self; 5] = [
        Self { arch: 0, lacks: false },
        Self { arch: 1, lacks: false },
        Self { arch: 2, lacks: false },
        Self { arch: 1, lacks: true },
        Self { arch: 2, lacks: true },
    ];

    /// From the query `arch`: `arm64`, or `-arm64` for those without.
    pub fn parse(query: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.query().eq_ignore_ascii_case(query.trim()))
    }

    /// The query `arch`.
    pub fn query(self) -> String {
        [if self.lacks { "-" } else { "" }, self.name()].concat()
    }

    /// The text of the option: "lacks arm64".
    pub fn label(self) -> String {
        [if self.lacks { "lacks " } else { "has " }, self.name()].concat()
    }

    pub(super) fn accepts(self, archs: u8) -> bool {
        (archs & 1 << self.arch == 0) == self.lacks
    }

    fn name(self) -> &'static str {
        ARCHS.get(usize::from(self.arch)).copied().unwrap_or_default()
    }
}

/// The bits of the architectures that a version has for Linux. An installation without `archs` has amd64 alone.
pub(super) fn arch_bits(version: &ToolVersionAttributes) -> u8 {
    let Some(archs) = &version.archs else { return 1 };
    let bit = |it: &Arch| {
        let place = ARCHS.iter().position(|name| it.arch.eq_ignore_ascii_case(name));
        let is_linux = it.os.is_empty() || it.os.eq_ignore_ascii_case("linux");
        place.filter(|_| is_linux).map_or(0, |place| 1 << place)
    };
    archs.iter().fold(0, |bits, arch| bits | bit(arch))
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
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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

    #[test]
    fn an_architecture_is_had_or_lacked() {
        let labels: Vec<String> = ArchFilter::ALL.into_iter().map(ArchFilter::label).collect();
        assert_eq!(labels, ["has amd64", "has arm64", "has s390x", "lacks arm64", "lacks s390x"]);
        for filter in ArchFilter::ALL {
            assert_eq!(ArchFilter::parse(&filter.query()), Some(filter));
        }
        assert_eq!([ArchFilter::parse("riscv"), ArchFilter::parse(""), ArchFilter::parse("-")], [None; 3]);
        let bits = |archs: &str| {
            arch_bits(&wire::read([r#"{"version":"1.5.0","archs":"#, archs, "}"].concat().as_str()).unwrap())
        };
        let table = [
            ("null", "arm64", false),
            ("null", "-arm64", true),
            ("null", "amd64", true),
            ("[]", "amd64", false),
            (r#"[{"arch":"ARM64"}]"#, "arm64", true),
            (r#"[{"arch":"arm64"}]"#, "-s390x", true),
            (r#"[{"os":"windows","arch":"arm64"}]"#, "arm64", false),
        ];
        for (archs, query, expected) in table {
            assert_eq!(ArchFilter::parse(query).unwrap().accepts(bits(archs)), expected, "{query} of {archs}");
        }
    }
}
