//! Sets of characters in brackets.

use super::escape::Escape;
use super::{Reason, Translator, write_literal};

/// What stands between `[:` and `:]`.
const NAMED: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "word",
    "xdigit",
];

const NOT_CLOSED: &str = "has a “[” without its “]”";

impl Translator<'_> {
    /// What stands in brackets after `[`.
    pub(super) fn brackets(&mut self) -> Result<(), Reason> {
        let mut class = String::from("[");
        if self.take('^') {
            class.push('^');
        }
        let mut is_first = true;
        loop {
            let next = self.rest.next().ok_or(NOT_CLOSED)?;
            if next == ']' && !is_first {
                class.push(']');
                self.atom(&class);
                return Ok(());
            }
            is_first = false;
            if next == '[' && self.named(&mut class)? {
                continue;
            }
            let from = match self.member(next)? {
                Escape::One(character) => character,
                Escape::Class(text) => {
                    class.push_str(text);
                    continue;
                }
            };
            write_literal(&mut class, from);
            let after = self.rest.as_str().strip_prefix('-').and_then(|after| after.chars().next());
            if after.is_none_or(|after| after == ']') {
                continue;
            }
            self.rest.next();
            let last = self.rest.next().ok_or(NOT_CLOSED)?;
            match self.member(last)? {
                Escape::Class(_) => return Err("has a range without an end"),
                Escape::One(to) if to < from => return Err("has a range in the wrong order"),
                Escape::One(to) => {
                    class.push('-');
                    write_literal(&mut class, to);
                }
            }
        }
    }

    /// `[:name:]` within brackets, its `[` already read; false, and nothing is read, if it is none.
    fn named(&mut self, class: &mut String) -> Result<bool, Reason> {
        let after = self.rest.as_str().strip_prefix(':').and_then(|rest| rest.split_once(":]"));
        let Some((name, after)) = after else { return Ok(false) };
        if !NAMED.contains(&name.strip_prefix('^').unwrap_or(name)) {
            return Err("names a class that does not exist");
        }
        class.push_str(&format!("[:{name}:]"));
        self.rest = after.chars();
        Ok(true)
    }

    fn member(&mut self, first: char) -> Result<Escape, Reason> {
        if first == '\\' { self.escape() } else { Ok(Escape::One(first)) }
    }
}
