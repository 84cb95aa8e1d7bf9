//! Pasted lines: `NAME=text` as `env` prints it and `.env` files have it, and simple `.tfvars` assignments.
//!
//! What is not understood is refused, and nothing is left away in silence: `a #b` is a value, `5 # so many` is a number
//! with a comment, which is told.

use super::Pasted;

/// What comes out of it.
type Outcome<T> = Result<T, String>;

/// How a key or a certificate begins and ends, which `env` prints over several lines without quotes.
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Reads one assignment after the other.
pub fn read(text: &str) -> Outcome<Pasted> {
    let mut rest: Vec<_> = text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
    rest.reverse();
    let mut lines = Lines { rest, notes: Vec::new() };
    let mut pairs = Vec::new();
    while let Some((number, line)) = lines.next() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') || line.starts_with("//") {
            continue;
        }
        if line.starts_with("/*") {
            lines.skip_comment(number, line)?;
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (key, value) = line.split_once('=').ok_or_else(|| wrong(number, "has no “=”"))?;
        let key = key.trim().trim_matches('"');
        if key.is_empty() {
            return Err(wrong(number, "has no name before the “=”"));
        }
        if key.contains(char::is_whitespace) {
            return Err(wrong(number, "has a name with spaces in it"));
        }
        let value = lines.value(&Here { number, key }, value.trim_start())?;
        pairs.push((key.to_owned(), value));
    }
    Ok(Pasted { pairs, notes: lines.notes })
}

fn wrong(number: usize, what: &str) -> String {
    ["line ", &number.to_string(), " ", what, "."].concat()
}

/// Where a value begins.
struct Here<'a> {
    number: usize,
    key: &'a str,
}

impl Here<'_> {
    fn wrong(&self, what: &str) -> String {
        wrong(self.number, &["begins the value of ", self.key, " with ", what].concat())
    }
}

struct Lines<'a> {
    /// The next one last, each with its number.
    rest: Vec<(usize, &'a str)>,
    notes: Vec<String>,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<(usize, &'a str)> {
        self.rest.pop()
    }

    fn skip_comment(&mut self, number: usize, first: &str) -> Outcome<()> {
        let mut line = first;
        while !line.contains("*/") {
            line = self.next().ok_or_else(|| wrong(number, "begins a comment that does not end"))?.1;
        }
        Ok(())
    }

    /// The value that begins with `text`, which may have white space at its end.
    fn value(&mut self, here: &Here, text: &str) -> Outcome<String> {
        let trimmed = text.trim_end();
        if let Some(mark) = trimmed.strip_prefix("<<") {
            return self.heredoc(here.number, mark);
        }
        match text.chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(here, text, quote),
            Some('[' | '{') => self.collection(here.number, trimmed),
            _ if text.contains(BEGIN) && !text.contains(END) => self.block(here, text),
            _ => Ok(self.unquoted(here.number, trimmed).to_owned()),
        }
    }

    /// The text in quotes, over as many lines as it has; nothing but a comment may follow it.
    fn quoted(&mut self, here: &Here, first: &str, quote: char) -> Outcome<String> {
        let mut value = String::new();
        let mut number = here.number;
        let mut characters = first.chars();
        characters.next();
        loop {
            match characters.next() {
                Some(end) if end == quote => break,
                // Only double quotes know escapes.
                Some('\\') if quote == '"' => match characters.next() {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('r') => value.push('\r'),
                    Some(escaped @ ('"' | '\\' | '$')) => value.push(escaped),
                    other => value.extend(['\\'].into_iter().chain(other)),
                },
                Some(other) => value.push(other),
                None => {
                    let next = self.next().ok_or_else(|| here.wrong("a quote that does not end"))?;
                    value.push('\n');
                    number = next.0;
                    characters = next.1.chars();
                }
            }
        }
        let rest = characters.as_str();
        let comment = rest.trim();
        if comment.is_empty() {
            return Ok(value);
        }
        // Without white space between it may be a part of the value: a shell reads `"b"#c` as `b#c`.
        let is_apart = rest.starts_with(char::is_whitespace);
        if is_apart && (comment.starts_with('#') || comment.starts_with("//")) {
            self.note_comment(number, comment);
            return Ok(value);
        }
        Err(here.wrong("a text in quotes, and has something behind it"))
    }

    /// A key or a certificate, up to the line that ends it; where others follow at once, as in a chain, up to the last.
    fn block(&mut self, here: &Here, first: &str) -> Outcome<String> {
        let mut value = first.to_owned();
        loop {
            let next = self.next().ok_or_else(|| here.wrong("a block that does not end"))?;
            value.push('\n');
            value.push_str(next.1);
            if next.1.contains(END) && !self.has_block_next() {
                return Ok(value.trim_end().to_owned());
            }
        }
    }

    fn has_block_next(&self) -> bool {
        let mut lines = self.rest.iter().rev().map(|(_, line)| line.trim_start());
        lines.find(|line| !line.is_empty()).is_some_and(|line| line.starts_with(BEGIN))
    }

    /// A number or the like may have a comment behind it; in any other text a `#` is a part of it.
    fn unquoted<'b>(&mut self, number: usize, text: &'b str) -> &'b str {
        let marks = [" #", "\t#", " //", "\t//"];
        let at = marks.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
        let (value, comment) = text.split_at_checked(at).unwrap_or((text, ""));
        let value = value.trim_end();
        if comment.is_empty() || !is_literal(value) {
            return text;
        }
        self.note_comment(number, comment.trim());
        value
    }

    fn note_comment(&mut self, number: usize, comment: &str) {
        self.notes.push(["Line ", &number.to_string(), ": “", comment, "” was taken for a comment."].concat());
    }

    /// The lines up to the one that has the mark alone; with `<<-` their common indentation is taken off.
    fn heredoc(&mut self, number: usize, mark: &str) -> Outcome<String> {
        let (is_indented, mark) = match mark.strip_prefix('-') {
            Some(mark) => (true, mark.trim()),
            None => (false, mark.trim()),
        };
        let mut lines = Vec::new();
        loop {
            let (_, line) = self.next().ok_or_else(|| wrong(number, "begins a text that does not end"))?;
            if line.trim() == mark {
                break;
            }
            lines.push(line);
        }
        let indentation = |line: &&&str| line.len() - line.trim_start().len();
        let common = if is_indented {
            lines.iter().filter(|it| !it.trim().is_empty()).map(|it| indentation(&it)).min()
        } else {
            None
        };
        let cut = common.unwrap_or_default();
        Ok(lines.iter().map(|line| line.get(cut..).unwrap_or_default().to_owned() + "\n").collect())
    }

    /// A list or a map, as it is written, up to the line in which its last bracket closes.
    fn collection(&mut self, number: usize, first: &str) -> Outcome<String> {
        let mut text = first.to_owned();
        let mut open = depth_after(0, first);
        while open > 0 {
            let (_, line) = self.next().ok_or_else(|| wrong(number, "has a bracket that does not close"))?;
            text.push('\n');
            text.push_str(line);
            open = depth_after(open, line);
        }
        if open < 0 {
            return Err(wrong(number, "closes a bracket that is not open"));
        }
        let text = text.trim_end();
        Ok(text.to_owned())
    }
}

/// How many brackets are open behind a line; those in quotes and comments do not count.
fn depth_after(before: i64, line: &str) -> i64 {
    let mut depth = before;
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quoted => drop(characters.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '#' => break,
            '/' if characters.peek() == Some(&'/') => break,
            '[' | '{' | '(' => depth += 1,
            ']' | '}' | ')' => depth -= 1,
            _ => {}
        }
    }
    depth
}

/// What `.tfvars` files have without quotes.
fn is_literal(text: &str) -> bool {
    matches!(text, "true" | "false" | "null") || text.parse::<f64>().is_ok()
}
