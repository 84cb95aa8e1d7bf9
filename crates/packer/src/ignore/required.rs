//! The longest text that every match of an expression contains.

/// Collects the text while the expression is read from left to right. It is told of what stands outside of groups only.
#[derive(Debug, Default)]
pub struct Required {
    run: String,
    longest: String,
    is_unknown: bool,
}

impl Required {
    /// A character that stands for itself.
    pub fn literal(&mut self, character: char) {
        self.run.push(character);
    }

    /// What was read last is repeated. If it was a character, it may not be there at all.
    pub fn repeated(&mut self) {
        self.run.pop();
        self.interrupt();
    }

    /// Something that is no character.
    pub fn interrupt(&mut self) {
        if self.run.len() > self.longest.len() {
            self.longest.clone_from(&self.run);
        }
        self.run.clear();
    }

    /// There is another way to match.
    pub fn give_up(&mut self) {
        self.is_unknown = true;
    }

    /// The text; empty if there is none.
    pub fn longest(mut self) -> String {
        self.interrupt();
        if self.is_unknown { String::new() } else { self.longest }
    }
}
