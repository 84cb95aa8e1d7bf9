//! What begins with a backslash.

use super::{Reason, Translator};

const NO_ESCAPE: &str = "escapes a character that cannot be escaped";

/// What a backslash begins.
pub(super) enum Escape {
    One(char),
    /// As it is written within brackets.
    Class(&'static str),
}

impl Translator<'_> {
    /// What a backslash begins outside of brackets.
    pub(super) fn escaped(&mut self) -> Result<(), Reason> {
        let assertion = match self.rest.as_str().chars().next() {
            Some('A') => r"\A",
            Some('z') => r"\z",
            // In a group, because a brace that follows would have another meaning.
            Some('b') => r"(?:\b)",
            Some('B') => r"\B",
            Some('Q') => {
                self.rest.next();
                let rest = self.rest.as_str();
                let (quoted, after) = rest.split_once(r"\E").unwrap_or((rest, ""));
                self.rest = after.chars();
                // A repetition after it repeats its last character, and one after nothing what stood before.
                self.group.is_repeated = false;
                quoted.chars().for_each(|character| self.literal(character));
                return Ok(());
            }
            _ => {
                match self.escape()? {
                    Escape::One(character) => self.literal(character),
                    Escape::Class(text) => self.atom(&format!("[{text}]")),
                }
                return Ok(());
            }
        };
        self.rest.next();
        self.atom(assertion);
        Ok(())
    }

    pub(super) fn escape(&mut self) -> Result<Escape, Reason> {
        let next = self.rest.next().ok_or("ends in the middle of an escape")?;
        Ok(Escape::One(match next {
            'd' => return Ok(Escape::Class(r"\d")),
            'D' => return Ok(Escape::Class(r"\D")),
            'w' => return Ok(Escape::Class(r"\w")),
            'W' => return Ok(Escape::Class(r"\W")),
            // The vertical tab is no white space to Go.
            's' => return Ok(Escape::Class(r"\t\n\x{C}\r\x{20}")),
            'S' => return Ok(Escape::Class(r"\S\x{B}")),
            'p' | 'P' => return Err("has a class of Unicode, which Terraform can read and the console cannot"),
            'a' => '\u{7}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{b}',
            'x' => self.hexadecimal().ok_or(NO_ESCAPE)?,
            '0'..='7' => self.octal(next).ok_or(NO_ESCAPE)?,
            other if other.is_ascii() && !other.is_ascii_alphanumeric() => other,
            _ => return Err(NO_ESCAPE),
        }))
    }

    /// Two digits, or any number of them in braces.
    fn hexadecimal(&mut self) -> Option<char> {
        let rest = self.rest.as_str();
        let (digits, after) = match rest.strip_prefix('{') {
            Some(rest) => rest.split_once('}')?,
            None => rest.split_at_checked(2)?,
        };
        self.rest = after.chars();
        // Parsing alone would take a sign, too.
        let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_number.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
    }

    /// Up to three digits. A single one that is not zero would refer back to a group.
    fn octal(&mut self, first: char) -> Option<char> {
        let mut code = first.to_digit(8)?;
        let mut count = 1;
        while let Some(digit) =
            self.rest.as_str().chars().next().and_then(|next| next.to_digit(8)).filter(|_| count < 3)
        {
            self.rest.next();
            code = code * 8 + digit;
            count += 1;
        }
        if count == 1 && first != '0' { None } else { char::from_u32(code) }
    }
}
