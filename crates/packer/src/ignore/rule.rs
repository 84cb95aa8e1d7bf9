//! One line of a `.terraformignore`.

use super::{expression::Expression, surprise::surprise};

/// A rule, whether it can be read or not.
#[derive(Debug)]
pub struct Rule {
    is_negated: bool,
    /// None if it cannot be read: it matches nothing then, and is a `!` rule all the same.
    expression: Option<Expression>,
    /// Its line and text, as a sentence about it begins; empty for a default rule.
    place: String,
}

impl Rule {
    /// Reads a line: its rule, unless it has none, and what is wrong with it, as the second half of a sentence.
    pub fn read(line: &str) -> (Option<Self>, Option<String>) {
        // Go takes the carriage return for a part of the line's end.
        if line.strip_suffix('\r').unwrap_or(line).is_empty() {
            return (None, None);
        }
        let line = line.trim();
        if line.is_empty() {
            return (None, Some("is white space only, at which Terraform crashes".to_owned()));
        }
        if line.starts_with('#') {
            return (None, None);
        }
        let (is_negated, pattern) = line.strip_prefix('!').map_or((false, line), |pattern| (true, pattern));
        if pattern.is_empty() {
            return (None, Some("is a “!” with nothing after it, at which Terraform crashes".to_owned()));
        }
        let tail = if pattern.ends_with('/') { "**" } else { "" };
        let pattern = match pattern.strip_prefix('/') {
            Some(rooted) => format!("{rooted}{tail}"),
            None => format!("**/{pattern}{tail}"),
        };
        match Expression::new(&pattern) {
            Ok(expression) => (Some(Self::new(is_negated, Some(expression))), surprise(line)),
            Err(reason) => (Some(Self::new(is_negated, None)), Some(format!("{reason}, and has no effect"))),
        }
    }

    fn new(is_negated: bool, expression: Option<Expression>) -> Self {
        Self { is_negated, expression, place: String::new() }
    }

    /// With its place in the file.
    pub fn at(self, place: String) -> Self {
        Self { place, ..self }
    }

    /// How a sentence about it begins.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// True for a rule that keeps files instead.
    pub fn is_negated(&self) -> bool {
        self.is_negated
    }

    /// True if it is about this path, which is in Unicode's composed form; a folder's ends in `/`.
    pub fn matches(&self, path: &str) -> bool {
        self.expression.as_ref().is_some_and(|expression| expression.is_match(path))
    }
}
