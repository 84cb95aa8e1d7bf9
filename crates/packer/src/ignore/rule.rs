//! One line of a `.terraformignore`.

use super::expression::Expression;

/// A rule, whether it can be read or not.
#[derive(Debug)]
pub struct Rule {
    is_negated: bool,
    /// None if it cannot be read: it matches nothing then, and is a `!` rule all the same.
    expression: Option<Expression>,
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
            Ok(expression) => (Some(Self { is_negated, expression: Some(expression) }), surprise(line)),
            Err(reason) => (Some(Self { is_negated, expression: None }), Some(format!("{reason}, and has no effect"))),
        }
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

/// Why a rule may not do what it looks like.
fn surprise(line: &str) -> Option<String> {
    if let Some(first) = line.strip_prefix('\u{feff}') {
        let first = first.trim_start();
        let is_harmless = first.is_empty() || first.starts_with('#');
        return (!is_harmless).then(|| "begins with a byte order mark, so that Terraform finds no match".to_owned());
    }
    let mut rest = line.chars().peekable();
    let mut in_brackets = false;
    while let Some(next) = rest.next() {
        match next {
            '\\' => {
                if let Some(letter) = rest.next().filter(char::is_ascii_alphanumeric) {
                    return Some(format!("has “\\{letter}”, which is not “{letter}” to Terraform"));
                }
            }
            '[' if !in_brackets => {
                in_brackets = true;
                if rest.next_if_eq(&'!').is_some() {
                    return Some(
                        "has “[!”, which Terraform reads as a “!” among others; “[^” means none of".to_owned(),
                    );
                }
                rest.next_if_eq(&'^');
                rest.next_if_eq(&']');
            }
            ']' => in_brackets = false,
            '+' | '(' | ')' | '|' | '{' | '}' | '^' if !in_brackets => {
                return Some(format!("has “{next}”, which Terraform reads as in a regular expression"));
            }
            _ => {}
        }
    }
    None
}
