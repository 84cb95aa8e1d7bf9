//! What a rule is to Terraform: the regular expression that go-slug makes of it.
//!
//! go-slug translates `*`, `?`, `.`, `$` and escapes, and hands everything else to Go's `regexp`. So `+`, `(`, `|`,
//! `{2}` or `\d` in a rule mean what they mean there, and a rule that `regexp` refuses has no effect.

use regex_lite::{Regex, RegexBuilder};

use super::dialect::{DEEPEST, translate};
use crate::unicode::nfc;

/// More memory, in bytes, than any rule takes that was written by hand: only nested repetitions take more.
const LARGEST: usize = 1 << 20;

/// A rule without its `!`, ready to be asked.
#[derive(Debug)]
pub struct Expression {
    regex: Regex,
    /// What every matching path contains: most paths are told apart by it, which is quicker.
    required: String,
}

impl Expression {
    /// From a rule that has its `**/` in front, or lost its leading `/`.
    ///
    /// # Errors
    /// What is wrong with it, as the second half of a sentence about the rule.
    pub fn new(pattern: &str) -> Result<Self, &'static str> {
        let translated = translate(&go_expression(&nfc(pattern)))?;
        // What is left to refuse is its size. A group of the pattern may be three levels to the library.
        let regex = RegexBuilder::new(&translated.expression).size_limit(LARGEST).nest_limit(3 * DEEPEST + 10).build();
        Ok(Self { regex: regex.map_err(|_| "is too long")?, required: translated.required })
    }

    /// True if it is about this path, which is in Unicode's composed form; a folder's ends in `/`.
    pub fn is_match(&self, path: &str) -> bool {
        path.contains(&self.required) && self.regex.is_match(path)
    }
}

/// What go-slug hands to `regexp`.
fn go_expression(pattern: &str) -> String {
    let mut expression = String::from("^");
    // Go's scanner skips a byte order mark at the very beginning, which only a rule with a leading `/` can have there.
    let mut rest = pattern.strip_prefix('\u{feff}').unwrap_or(pattern).chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '*' if rest.next_if_eq(&'*').is_some() => {
                rest.next_if_eq(&'/');
                expression.push_str(if rest.peek().is_none() { ".*" } else { "(.*/)?" });
            }
            '*' => expression.push_str("[^/]*"),
            '?' => expression.push_str("[^/]"),
            '.' | '$' => expression.extend(['\\', next]),
            '\\' => {
                expression.push('\\');
                expression.extend(rest.next());
            }
            _ => expression.push(next),
        }
    }
    expression.push('$');
    expression
}
