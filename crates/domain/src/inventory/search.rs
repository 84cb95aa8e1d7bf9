//! A search in ten thousand versions at each keystroke.
//!
//! Longer than a call of the standard library, because that takes ten times as long here: the build for the browser is made
//! to be small, and a search for a short text in many short ones is mostly preparation.

use wire::{ToolVersion, ToolVersionAttributes};

use crate::text::tidy;

/// A search of so many hexadecimal digits may be the beginning of a digest. Fewer would find versions by chance.
const SHORTEST_DIGEST: usize = 4;

/// What a version is found by.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Version, id, reason and URLs in lower case, a line each.
    lines: Box<str>,
    pairs: Pairs,
    /// The first four digits of its first digests. The digests themselves are compared where they are.
    digests: [u16; 3],
    has_more_digests: bool,
}

impl Text {
    pub(super) fn of(version: &ToolVersion) -> Self {
        let it = &version.attributes;
        let reason = it.deprecated_reason.iter().flatten().map(String::as_str);
        let url = it.url.as_deref();
        // Installations give the URL and the digest of linux/amd64 twice.
        let others = it.archs.iter().flatten().filter_map(|arch| arch.url.as_deref()).filter(|it| Some(*it) != url);
        let mut lines = String::new();
        for line in [it.version.as_str(), &version.id].into_iter().chain(reason).chain(url).chain(others) {
            lines.push_str(line);
            lines.push('\n');
        }
        let mut beginnings = digests(it).filter_map(|sha| u16::from_str_radix(sha.get(..SHORTEST_DIGEST)?, 16).ok());
        let digests = [(); 3].map(|()| beginnings.next().unwrap_or_default());
        let lines = lower_case(&lines);
        Self { pairs: Pairs::of(&lines), lines: lines.into(), digests, has_more_digests: beginnings.next().is_some() }
    }
}

/// Which characters a text has, and which pairs of neighbours: a bit for each, and a bit for several. Most texts are told
/// apart by it without being read.
#[derive(Clone, Copy, Debug, Default)]
struct Pairs([u64; 8]);

impl Pairs {
    fn of(text: &str) -> Self {
        let mut pairs = Self::default();
        let mut previous = 0;
        for byte in text.bytes() {
            pairs.insert(0, byte);
            pairs.insert(previous, byte);
            previous = byte;
        }
        pairs
    }

    fn insert(&mut self, one: u8, other: u8) {
        let bit = usize::from(one) * 57 + usize::from(other);
        if let Some(word) = self.0.get_mut(bit >> 6 & 7) {
            *word |= 1 << (bit & 63);
        }
    }

    fn has_all(&self, of: &Self) -> bool {
        self.0.iter().zip(&of.0).all(|(word, of)| word & of == *of)
    }
}

/// What is searched for.
pub(super) struct Search {
    text: String,
    pairs: Pairs,
    /// Its first bytes, at most eight, as a number; and the bits that they take.
    beginning: u64,
    mask: u64,
    /// Its first four digits, where it may be the beginning of a digest.
    digest: Option<u16>,
}

impl Search {
    pub(super) fn of(typed: &str) -> Self {
        let text = lower_case(&tidy(typed));
        let (mut beginning, mut mask) = (0, 0);
        for byte in text.bytes().take(8) {
            beginning = beginning << 8 | u64::from(byte);
            mask = mask << 8 | 0xFF;
        }
        let is_hexadecimal = text.bytes().all(|it| it.is_ascii_hexdigit());
        let first = text.get(..SHORTEST_DIGEST).filter(|_| is_hexadecimal);
        let digest = first.and_then(|first| u16::from_str_radix(first, 16).ok());
        Self { pairs: Pairs::of(&text), text, beginning, mask, digest }
    }

    pub(super) fn finds(&self, text: &Text, version: &ToolVersion) -> bool {
        text.pairs.has_all(&self.pairs) && self.is_in(text.lines.as_bytes())
            || self.digest.is_some_and(|first| text.has_more_digests || text.digests.contains(&first))
                && digests(&version.attributes).any(|sha| self.begins(sha))
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let rest = self.text.as_bytes().get(8..).unwrap_or_default();
        let mut last = 0;
        for (place, byte) in text.iter().enumerate() {
            last = last << 8 | u64::from(*byte);
            if last & self.mask == self.beginning && text.get(place + 1..).is_some_and(|it| it.starts_with(rest)) {
                return true;
            }
        }
        self.text.is_empty()
    }

    fn begins(&self, digest: &str) -> bool {
        digest.get(..self.text.len()).is_some_and(|it| it.eq_ignore_ascii_case(&self.text))
    }
}

/// Whether what is found by a text is also found by another one, its beginning. A beginning that is too short for a digest
/// does not find what the longer text finds by its digest.
pub(super) fn goes_on(text: &str, beginning: &str) -> bool {
    let (text, beginning) = (Search::of(text), Search::of(beginning));
    text.text.starts_with(&beginning.text) && (text.digest.is_none() || beginning.digest.is_some())
}

fn digests(version: &ToolVersionAttributes) -> impl Iterator<Item = &String> {
    let archs = version.archs.iter().flatten().filter_map(|arch| arch.sha.as_ref());
    let first = version.sha.as_ref();
    first.into_iter().chain(archs.filter(move |it| Some(*it) != first))
}

/// In lower case, as far as Latin, Greek and Cyrillic go: the tables of the whole of Unicode would be a good part of what
/// the inventory weighs in the browser.
fn lower_case(text: &str) -> String {
    let lower = |it: char| match it {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => {
            char::from_u32(it as u32 + 32).unwrap_or(it)
        }
        _ => it,
    };
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_digest_is_found_by_its_beginning_wherever_it_stands() {
        let archs: Vec<String> = (0..6).map(|it| format!(r#"{{"sha":"{it}BCD{it}0"}}"#)).collect();
        let body =
            format!(r#"{{"id":"1","attributes":{{"version":"1.5.0","sha":"0000","archs":[{}]}}}}"#, archs.join(","));
        let version = wire::read(&body).unwrap();
        let text = Text::of(&version);
        for (typed, expected) in
            [("0000", true), ("0bcd", true), ("5BCD50", true), ("5bcd51", false), ("bcd5", false), ("5bc", false)]
        {
            assert_eq!(Search::of(typed).finds(&text, &version), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_part_of_a_text_is_found_wherever_it_stands(text in "[ab/é]{0,24}", typed in "[ab/é]{0,12}") {
            let search = Search::of(&typed);
            prop_assert_eq!(search.is_in(text.as_bytes()), text.contains(&typed));
            prop_assert!(!text.contains(&typed) || Pairs::of(&text).has_all(&search.pairs));
        }
    }
}
