//! From the language of Go's `regexp` to that of `regex-lite`.
//!
//! Both are RE2's, and differ where rules are careless: braces that repeat nothing, `[` within brackets, repeated
//! repetitions, what may be escaped, and what `\s` is. So everything that could be read in two ways is written in the
//! one way that cannot, and what Go refuses is refused here. Go's classes of Unicode (`\pL`) are refused, too: their
//! tables are larger than all of the packer.

mod brackets;
mod escape;

use std::str::Chars;

use super::required::Required;

/// More groups in each other than anyone writes by hand, and few enough for a browser's stack. Go allows 1000.
pub const DEEPEST: u32 = 100;

/// Go's, for the product of repetitions in each other.
const MOST_REPEATS: u32 = 1000;

/// Why an expression is refused: the second half of a sentence about it.
type Reason = &'static str;

/// An expression in `regex-lite`'s language.
#[derive(Debug)]
pub struct Translated {
    /// For `regex-lite`.
    pub expression: String,
    /// What every match contains; empty if that is not known.
    pub required: String,
}

/// Translates an expression of Go's.
///
/// # Errors
/// What `regexp` would say of it, as the second half of a sentence.
pub fn translate(expression: &str) -> Result<Translated, Reason> {
    let mut translator = Translator {
        rest: expression.chars(),
        written: String::new(),
        group: Group::default(),
        outer: Vec::new(),
        required: Required::default(),
    };
    while let Some(next) = translator.rest.next() {
        translator.piece(next)?;
    }
    if !translator.outer.is_empty() {
        return Err("has a “(” without its “)”");
    }
    Ok(Translated { expression: translator.written, required: translator.required.longest() })
}

struct Translator<'a> {
    rest: Chars<'a>,
    written: String,
    group: Group,
    /// The groups that this one is in.
    outer: Vec<Group>,
    required: Required,
}

/// What must be known of a group while it is read; the expression itself is one.
#[derive(Default)]
struct Group {
    /// What a repetition would repeat: the product of the repetitions in it.
    last: Option<u32>,
    /// Whether `last` is a repetition.
    is_repeated: bool,
    /// The largest product of repetitions in each other.
    repeats: u32,
}

impl Translator<'_> {
    fn piece(&mut self, first: char) -> Result<(), Reason> {
        match first {
            '(' => return self.open(),
            ')' => return self.close(),
            '*' => return self.repeat(0, None),
            '+' => return self.repeat(1, None),
            '?' => return self.repeat(0, Some(1)),
            '{' => match self.braces()? {
                Some((least, most)) => return self.repeat(least, most),
                None => self.literal('{'),
            },
            '[' => return self.brackets(),
            '\\' => return self.escaped(),
            '|' => self.or(),
            '^' | '$' | '.' => self.atom(first.encode_utf8(&mut [0; 4])),
            other => self.literal(other),
        }
        Ok(())
    }

    fn or(&mut self) {
        self.written.push('|');
        self.group.last = None;
        self.group.is_repeated = false;
        if self.outer.is_empty() {
            self.required.give_up();
        }
    }

    fn open(&mut self) -> Result<(), Reason> {
        if self.outer.len() as u32 >= DEEPEST {
            return Err("is nested too deeply");
        }
        self.required.interrupt();
        self.written.push_str("(?:");
        self.outer.push(std::mem::take(&mut self.group));
        Ok(())
    }

    fn close(&mut self) -> Result<(), Reason> {
        let outer = self.outer.pop().ok_or("has a “)” without its “(”")?;
        let inner = std::mem::replace(&mut self.group, outer);
        self.written.push(')');
        self.followed_by(inner.repeats.max(1));
        Ok(())
    }

    /// Something that can be repeated was written.
    fn followed_by(&mut self, repeats: u32) {
        self.group.last = Some(repeats);
        self.group.is_repeated = false;
        self.group.repeats = self.group.repeats.max(repeats);
    }

    fn atom(&mut self, text: &str) {
        if self.outer.is_empty() {
            self.required.interrupt();
        }
        self.written.push_str(text);
        self.followed_by(1);
    }

    fn literal(&mut self, character: char) {
        if self.outer.is_empty() {
            self.required.literal(character);
        }
        write_literal(&mut self.written, character);
        self.followed_by(1);
    }

    fn repeat(&mut self, least: u32, most: Option<u32>) -> Result<(), Reason> {
        if self.group.is_repeated {
            return Err("repeats a repetition");
        }
        let within = self.group.last.ok_or("repeats nothing")?;
        let repeats = match most {
            // Go does not look into what is there no times.
            Some(0) => 1,
            Some(most) => within.saturating_mul(most),
            None => within.saturating_mul(least.max(1)),
        };
        if most.unwrap_or(least) >= 2 && repeats > MOST_REPEATS {
            return Err("repeats too often");
        }
        if self.outer.is_empty() {
            self.required.repeated();
        }
        let most = most.map(|most| most.to_string()).unwrap_or_default();
        self.written.push_str(&format!("{{{least},{most}}}"));
        self.followed_by(repeats);
        self.group.is_repeated = true;
        Ok(())
    }

    /// What stands in braces after `{`. Nothing, and nothing is read, if the brace stands for itself.
    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, Reason> {
        let Some((inside, after)) = self.rest.as_str().split_once('}') else { return Ok(None) };
        let (least, most) = match inside.split_once(',') {
            Some((least, most)) => (least, Some(most)),
            None => (inside, None),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = |text: &str| is_digits(text) && (text == "0" || !text.starts_with('0'));
        if !is_number(least) || most.is_some_and(|most| !most.is_empty() && !is_number(most)) {
            return Ok(None);
        }
        self.rest = after.chars();
        let number = |text: &str| match text.parse::<u32>() {
            Ok(number) if number <= MOST_REPEATS => Ok(number),
            _ => Err("repeats too often"),
        };
        let least = number(least)?;
        let most = match most {
            None => Some(least),
            Some("") => None,
            Some(most) => Some(number(most)?),
        };
        if most.is_some_and(|most| most < least) { Err("repeats in the wrong order") } else { Ok(Some((least, most))) }
    }

    fn take(&mut self, character: char) -> bool {
        let after = self.rest.as_str().strip_prefix(character);
        if let Some(after) = after {
            self.rest = after.chars();
        }
        after.is_some()
    }
}

/// By its number, wherever the character could mean something.
fn write_literal(text: &mut String, character: char) {
    if character.is_ascii() && !character.is_ascii_alphanumeric() {
        text.push_str(&format!("\\x{{{:X}}}", u32::from(character)));
    } else {
        text.push(character);
    }
}
