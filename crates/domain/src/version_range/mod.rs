//! Ranges of versions as Terraform reads them: `>= 1.3, < 1.6`, `~> 1.5.0`, `!= 1.4.2`.
//!
//! The operators are those of hashicorp/go-version, which reads `required_version` and the constraints of workspaces: `=`
//! (or none), `!=`, `>`, `>=`, `<`, `<=` and `~>`, divided by commas, all of which must hold. Missing numbers are zero, a
//! leading `v` and build metadata make no difference, and `~>` holds everything but the last number that is written:
//! `~> 1.5` ends before 2, `~> 1.5.0` before 1.6.
//!
//! - A pre-release is in a range only if the range names one of the same numbers: `>= 1.6.0-beta1` has `1.6.0-rc1`, but not
//!   `1.7.0-rc1`, and `>= 1.5` has neither. Any part of the range may name it, except one with `!=`: go-version asks each
//!   part by itself, so that it finds no pre-release in `>= 1.6.0-beta1, < 1.7`, and all of them in `!= 1.4.2`.
//!   `~>` with a pre-release has pre-releases only, as there.
//! - A bundle (`0.11.15-oci`) is no pre-release here, and counts as its release, unless the part names a bundle itself or
//!   is an `=` or `!=`, which ask for the very version. To go-version it is a pre-release like any other.
//! - What is no version is in no range.

use std::cmp::Ordering;

use crate::{
    text::{tidy, visible},
    version_order::{Kind, VersionKey},
};

/// A range, made ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRange {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    operator: Operator,
    version: VersionKey,
    /// How many numbers are written.
    numbers: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Pessimistic,
}

/// Longer ones first, where one begins like another.
const OPERATORS: [(&str, Operator); 7] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("~>", Operator::Pessimistic),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("=", Operator::Equal),
];

impl VersionRange {
    /// The range that was typed. Nothing typed is a range that has every text in it.
    ///
    /// # Errors
    /// A sentence for the field that says which part is wrong.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let text = tidy(typed);
        let mut parts = Vec::new();
        if !text.is_empty() {
            for part in text.split(',') {
                parts.push(Part::parse(part.trim(), &text)?);
            }
        }
        Ok(Self { text, parts })
    }

    /// As it was typed, without white space around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether the version is in the range.
    pub fn matches(&self, version: &VersionKey) -> bool {
        if self.parts.is_empty() {
            return true;
        }
        let Some(kind) = version.kind() else { return false };
        (kind != Kind::PreRelease || self.parts.iter().any(|part| part.names_pre_releases_of(version)))
            && self.parts.iter().all(|part| part.matches(version, kind))
    }
}

impl Part {
    fn parse(part: &str, range: &str) -> Result<Self, String> {
        if part.is_empty() {
            return Err("A version is missing before or after a comma, for example >= 1.3, < 1.6.".to_owned());
        }
        let found = OPERATORS.iter().find_map(|(sign, operator)| Some((*operator, part.strip_prefix(sign)?)));
        let (operator, rest) = found.unwrap_or((Operator::Equal, part));
        let written = rest.trim();
        let version = VersionKey::new(written);
        if version.is_version() {
            let numbers = written.trim_start_matches(['v', 'V']);
            let end = numbers.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(numbers.len());
            let numbers = numbers.get(..end).unwrap_or_default().split('.').count();
            return Ok(Self { operator, version, numbers });
        }
        Err(what_is_wrong(part, written, range))
    }

    fn names_pre_releases_of(&self, version: &VersionKey) -> bool {
        self.operator != Operator::NotEqual
            && self.version.is_pre_release()
            && self.version.numbers_key() == version.numbers_key()
    }

    fn matches(&self, version: &VersionKey, kind: Kind) -> bool {
        let is_same = || version.precedence_key() == self.version.precedence_key();
        let order = || {
            if kind == Kind::Bundle && self.version.kind() == Some(Kind::Release) {
                return version.numbers_key().cmp(self.version.numbers_key());
            }
            version.precedence_key().cmp(self.version.precedence_key())
        };
        match self.operator {
            Operator::Equal => is_same(),
            Operator::NotEqual => !is_same(),
            Operator::Greater => order() == Ordering::Greater,
            Operator::GreaterOrEqual => order() != Ordering::Less,
            Operator::Less => order() == Ordering::Less,
            Operator::LessOrEqual => order() != Ordering::Greater,
            Operator::Pessimistic => {
                let fixed = self.numbers.saturating_sub(1);
                order() != Ordering::Less
                    && version.numbers().take(fixed).eq(self.version.numbers().take(fixed))
                    && (kind == Kind::PreRelease || !self.version.is_pre_release())
            }
        }
    }
}

fn what_is_wrong(part: &str, written: &str, range: &str) -> String {
    let quoted = |text: &str| ["“", &visible(text), "”"].concat();
    let is_sign = |it: char| matches!(it, '!' | '=' | '>' | '<' | '~' | '^' | '≥' | '≤' | '≠' | '*' | '|' | '&');
    let end = part.find(|it: char| !is_sign(it)).unwrap_or(part.len());
    let signs = part.get(..end).unwrap_or_default();
    if !signs.is_empty() && OPERATORS.iter().all(|(sign, _)| *sign != signs) {
        return [&quoted(signs), " is no operator. Use =, !=, >, >=, <, <= or ~>."].concat();
    }
    if written.is_empty() {
        return ["A version is missing after ", &quoted(signs), ", for example ", signs, " 1.5."].concat();
    }
    let mut words = written.split_whitespace();
    if words.next().is_some_and(|first| VersionKey::new(first).is_version()) {
        let example = if range.contains(',') { ">= 1.3, < 1.6" } else { ">= 1.3, < 1.6, != 1.4.2" };
        return ["Put a comma between the parts of ", &quoted(part), ", for example ", example, "."].concat();
    }
    [&quoted(written), " is no version. Use numbers with dots between them, for example 1.5 or 1.5.0."].concat()
}

#[cfg(test)]
mod tests;
