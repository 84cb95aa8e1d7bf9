//! Texts that were seen before. One map for all of them, because each kind of map weighs a kilobyte.

use std::collections::HashMap;

/// Numbers texts in the order in which they come.
#[derive(Debug, Default)]
pub struct Texts(HashMap<String, usize>);

impl Texts {
    /// The number of a text, if it has one.
    pub fn get(&self, text: &str) -> Option<usize> {
        self.0.get(text).copied()
    }

    /// The number of a text that had one, or `None` if it has one from now on: the next.
    pub fn add(&mut self, text: &str) -> Option<usize> {
        let known = self.get(text);
        if known.is_none() {
            self.0.insert(text.to_owned(), self.0.len());
        }
        known
    }
}
