//! The filter by architecture, and how addresses write it.

use wire::{Arch, ToolVersionAttributes};

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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

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
