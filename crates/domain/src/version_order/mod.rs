//! The order of version numbers, as people read them.
//!
//! - Numbers are compared as numbers, however many digits they have, and a missing one is zero: `1.5` stands beside
//!   `1.5.0`. A leading `v` makes no difference: `v1.5.0` does, too.
//! - A pre-release stands below its release. A suffix is one if it begins with one of [`PRE_RELEASES`], in either case, or
//!   with no word at all: `-rc1`, `-Beta.2`, `-alpha20240101`, `-0`, `-`; also without the hyphen (`1.5.0rc1`). Behind `~`
//!   everything is one (`1.5.0~rc1`, `1.5.0~custom`), as packagers mean it.
//! - Any other suffix names a bundle, which stands directly above its release: `1.3.0`, `1.3.0+ent`, `1.3.0-custom`,
//!   `1.3.0-oci`, `1.3.1-rc1`. Build metadata stands directly above what it is the build of.
//! - Suffixes are compared piece by piece, a piece being a run of digits or a run of letters: digits as a number, letters
//!   without case, a number below a word, and what ends first below. So `rc2` is below `rc10`, and `alpha20231206` below
//!   `alpha20240101`. Dots, hyphens and tildes only divide: `rc.2` is below `rc10`, which semantic versions have the other way
//!   round. Everything else is as they have it.
//! - What is no version stands at the end, in both directions.
//! - The text itself decides at last, so that the order is total.

use std::cmp::Ordering;

/// The words that a pre-release begins with. Any other word names a bundle.
pub const PRE_RELEASES: [&str; 23] = [
    "a",
    "alpha",
    "b",
    "beta",
    "c",
    "canary",
    "cr",
    "dev",
    "devel",
    "develop",
    "development",
    "ea",
    "edge",
    "experimental",
    "m",
    "milestone",
    "nightly",
    "pre",
    "preview",
    "prerelease",
    "rc",
    "snapshot",
    "unstable",
];

/// What a suffix makes of a version. Its value is the byte in the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    PreRelease = 1,
    Release = 2,
    Bundle = 3,
}

/// A version number made ready to be compared: computed once for a version, compared as bytes.
///
/// [`Ord`] is the ascending order, with what is no version at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionKey {
    /// The first of the bytes, which decide most often and are here at hand.
    beginning: u64,
    /// Whether it is no version, its numbers, the kind of its suffix, the suffix, the build metadata, and the text.
    bytes: Box<[u8]>,
    /// Where the numbers end, which is where the kind stands.
    numbers: u32,
    /// Where the suffix ends.
    precedence: u32,
}

const VERSION: u8 = 0;
const NO_VERSION: u8 = 1;
/// Ends a list. Below everything that goes on.
const END: u8 = 0;
const NUMBER: u8 = 1;
const WORD: u8 = 2;

impl VersionKey {
    /// The key of a version as an installation writes it, or of any other text.
    pub fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(2 * text.len() + 16);
        let Some(parts) = Parts::of(text.trim()) else {
            bytes.push(NO_VERSION);
            push_pieces(&mut bytes, text);
            return Self::of_bytes(bytes, 0, 0, text);
        };
        bytes.push(VERSION);
        let mut end = 1;
        for number in parts.numbers.split('.') {
            push_number(&mut bytes, number);
            if number.bytes().any(|digit| digit != b'0') {
                end = bytes.len();
            }
        }
        // Zeros at the end make no difference.
        bytes.truncate(end);
        bytes.push(END);
        let numbers = bytes.len();
        bytes.push(parts.kind as u8);
        push_pieces(&mut bytes, parts.suffix);
        let precedence = bytes.len();
        push_pieces(&mut bytes, parts.build);
        Self::of_bytes(bytes, numbers, precedence, text)
    }

    fn of_bytes(mut bytes: Vec<u8>, numbers: usize, precedence: usize, text: &str) -> Self {
        bytes.extend(text.bytes());
        let first = bytes.iter().copied().chain(std::iter::repeat(0)).take(8);
        let beginning = first.fold(0, |number, byte| number << 8 | u64::from(byte));
        Self { beginning, bytes: bytes.into(), numbers: numbers as u32, precedence: precedence as u32 }
    }

    /// Whether the text is a version.
    pub fn is_version(&self) -> bool {
        self.bytes.first() == Some(&VERSION)
    }

    /// Whether it is a version that stands below its release.
    pub fn is_pre_release(&self) -> bool {
        self.kind() == Some(Kind::PreRelease)
    }

    /// The first two numbers, as the minor version that people speak of: "1.5". `None` for what is no version.
    pub fn minor(&self) -> Option<String> {
        if !self.is_version() {
            return None;
        }
        let mut text = String::new();
        for number in self.numbers().take(2) {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(str::from_utf8(number).ok().filter(|it| !it.is_empty()).unwrap_or("0"));
        }
        Some(text)
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        match self.bytes.get(self.numbers as usize)? {
            _ if !self.is_version() => None,
            1 => Some(Kind::PreRelease),
            2 => Some(Kind::Release),
            _ => Some(Kind::Bundle),
        }
    }

    /// The numbers alone, to be compared.
    pub(crate) fn numbers_key(&self) -> &[u8] {
        self.bytes.get(..self.numbers as usize).unwrap_or_default()
    }

    /// All but the build metadata and the text, to be compared.
    pub(crate) fn precedence_key(&self) -> &[u8] {
        self.bytes.get(..self.precedence as usize).unwrap_or_default()
    }

    /// The digits of each number, without zeros in front: zero has none. Without end, since missing ones are zero.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.numbers_key().get(1..).unwrap_or_default();
        std::iter::repeat_with(move || {
            let (length, head) = read_length(rest);
            let (number, tail) = rest.get(head..).and_then(|it| it.split_at_checked(length)).unwrap_or_default();
            rest = tail;
            number
        })
    }
}

/// The order of two versions in one direction or the other. What is no version stands at the end in both.
pub fn compare(one: &VersionKey, other: &VersionKey, descending: bool) -> Ordering {
    let order = one.cmp(other);
    if descending && one.is_version() && other.is_version() { order.reverse() } else { order }
}

/// A version taken apart.
struct Parts<'a> {
    numbers: &'a str,
    kind: Kind,
    suffix: &'a str,
    build: &'a str,
}

impl<'a> Parts<'a> {
    /// `None` for what is no version.
    fn of(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (text, build) = match text.split_once('+') {
            Some((text, build)) if is_suffix(build) => (text, build),
            Some(_) => return None,
            None => (text, ""),
        };
        let end = text.bytes().position(|it| !it.is_ascii_digit() && it != b'.').unwrap_or(text.len());
        let (numbers, rest) = text.split_at_checked(end)?;
        if numbers.split('.').any(str::is_empty) {
            return None;
        }
        let suffix = rest.trim_start_matches(DIVIDERS);
        if rest.is_empty() {
            return Some(Self { numbers, kind: Kind::Release, suffix, build });
        }
        let kind = if is_pre_release(rest) { Kind::PreRelease } else { Kind::Bundle };
        let is_joined = suffix.len() == rest.len();
        let begins_well = rest.starts_with(|it: char| it.is_ascii_alphabetic() || DIVIDERS.contains(&it));
        (begins_well && is_suffix(rest) && !(is_joined && kind == Kind::Bundle)).then_some(Self {
            numbers,
            kind,
            suffix,
            build,
        })
    }
}

/// What divides the suffix from the numbers.
const DIVIDERS: [char; 2] = ['-', '~'];

fn is_suffix(text: &str) -> bool {
    let is_part = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'~');
    text.split('.').all(|it| !it.is_empty() && it.bytes().all(is_part))
}

/// Whether what stands behind the numbers makes a pre-release: it does unless it names a bundle.
fn is_pre_release(rest: &str) -> bool {
    let suffix = rest.trim_start_matches(DIVIDERS);
    let dividers = rest.strip_suffix(suffix).unwrap_or_default();
    let end = suffix.bytes().position(|it| !it.is_ascii_alphabetic()).unwrap_or(suffix.len());
    let word = suffix.get(..end).unwrap_or_default();
    word.is_empty() || dividers.contains('~') || PRE_RELEASES.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Runs of digits and runs of letters; everything else only divides.
fn push_pieces(bytes: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(&first) = rest.first() {
        let is_divider = |it: u8| it.is_ascii() && !it.is_ascii_alphanumeric();
        let (is_digit, goes_on): (bool, &dyn Fn(u8) -> bool) = if first.is_ascii_digit() {
            (true, &|it| it.is_ascii_digit())
        } else {
            (false, &|it| !it.is_ascii_digit() && !is_divider(it))
        };
        let end = rest.iter().position(|&it| !goes_on(it)).unwrap_or(rest.len()).max(1);
        let (piece, tail) = rest.split_at_checked(end).unwrap_or_default();
        if is_digit {
            bytes.push(NUMBER);
            push_number(bytes, str::from_utf8(piece).unwrap_or_default());
        } else if !is_divider(first) {
            bytes.push(WORD);
            bytes.extend(piece.iter().map(u8::to_ascii_lowercase));
            bytes.push(END);
        }
        rest = tail;
    }
    bytes.push(END);
}

/// A number of any length: first how long it is, so that bytes compare as numbers do.
fn push_number(bytes: &mut Vec<u8>, digits: &str) {
    let digits = digits.trim_start_matches('0');
    // Zero must be above the end of a list.
    match u8::try_from(digits.len() + 1) {
        Ok(length) if length < u8::MAX => bytes.push(length),
        _ => {
            bytes.push(u8::MAX);
            bytes.extend((digits.len() as u32).to_be_bytes());
        }
    }
    bytes.extend(digits.bytes());
}

/// How many digits follow, and after how many bytes.
fn read_length(bytes: &[u8]) -> (usize, usize) {
    match bytes {
        [u8::MAX, a, b, c, d, ..] => (u32::from_be_bytes([*a, *b, *c, *d]) as usize, 5),
        [length, ..] => (usize::from(length.saturating_sub(1)), 1),
        [] => (0, 0),
    }
}

#[cfg(test)]
mod tests;
