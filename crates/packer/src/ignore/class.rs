//! Sets of characters: what stands in brackets, `\d` and its like.

/// Ranges of characters, both ends included.
#[derive(Debug, Clone, Default)]
pub struct Class {
    ranges: Vec<(u32, u32)>,
}

impl Class {
    /// One character.
    pub fn of(character: char) -> Self {
        Self::range(character, character)
    }

    /// From one character to another, both included.
    pub fn range(from: char, to: char) -> Self {
        Self { ranges: vec![(u32::from(from), u32::from(to))] }
    }

    /// Adds all of another class.
    pub fn add(&mut self, other: &Self) {
        self.ranges.extend_from_slice(&other.ranges);
    }

    /// Every character that is not in it.
    pub fn negated(mut self) -> Self {
        self.ranges.sort_unstable();
        let mut ranges = Vec::new();
        let mut next = 0;
        for (from, to) in self.ranges {
            if from > next {
                ranges.push((next, from - 1));
            }
            next = next.max(to + 1);
        }
        if next <= u32::from(char::MAX) {
            ranges.push((next, u32::from(char::MAX)));
        }
        Self { ranges }
    }

    /// True if the character is in it.
    pub fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&code))
    }

    /// The character, if it is a single one.
    pub fn only(&self) -> Option<char> {
        match self.ranges.as_slice() {
            [(from, to)] if from == to => char::from_u32(*from),
            _ => None,
        }
    }
}

/// What a backslash and a character stand for.
pub fn escape(character: char) -> Result<Class, &'static str> {
    Ok(match character {
        'd' => class_of(&["09"]),
        's' => class_of(&["\t\n", "\u{c}\r", "  "]),
        'w' => class_of(&["09", "AZ", "__", "az"]),
        'D' | 'S' | 'W' => escape(character.to_ascii_lowercase())?.negated(),
        'a' => Class::of('\u{7}'),
        'f' => Class::of('\u{c}'),
        'n' => Class::of('\n'),
        'r' => Class::of('\r'),
        't' => Class::of('\t'),
        'v' => Class::of('\u{b}'),
        other if other.is_ascii() && !other.is_ascii_alphanumeric() => Class::of(other),
        _ => return Err("escapes a character that cannot be escaped"),
    })
}

/// The class that `[:name:]` stands for within brackets.
pub fn named(name: &str) -> Option<Class> {
    Some(class_of(match name {
        "alnum" => &["09", "AZ", "az"],
        "alpha" => &["AZ", "az"],
        "ascii" => &["\0\u{7f}"],
        "blank" => &["\t\t", "  "],
        "cntrl" => &["\0\u{1f}", "\u{7f}\u{7f}"],
        "digit" => &["09"],
        "graph" => &["!~"],
        "lower" => &["az"],
        "print" => &[" ~"],
        "punct" => &["!/", ":@", "[`", "{~"],
        "space" => &["\t\r", "  "],
        "upper" => &["AZ"],
        "word" => &["09", "AZ", "__", "az"],
        "xdigit" => &["09", "AF", "af"],
        _ => return None,
    }))
}

/// From the first and the last character of each range.
fn class_of(ends: &[&str]) -> Class {
    let mut class = Class::default();
    for range in ends {
        let mut ends = range.chars();
        if let (Some(from), Some(to)) = (ends.next(), ends.next()) {
            class.add(&Class::range(from, to));
        }
    }
    class
}
