//! Pasted lines: `NAME=text` as `env` prints it and `.env` files have it, and simple `.tfvars` assignments.

/// What comes out of it.
type Outcome<T> = Result<T, String>;

/// Reads one assignment after the other.
pub fn read(text: &str) -> Outcome<Vec<(String, String)>> {
    let mut lines = Lines { rest: text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect::<Vec<_>>() };
    lines.rest.reverse();
    let mut pairs = Vec::new();
    while let Some((number, line)) = lines.next() {
        let line = line.trim();
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
        pairs.push((key.to_owned(), lines.value(number, value.trim())?));
    }
    Ok(pairs)
}

fn wrong(number: usize, what: &str) -> String {
    ["line ", &number.to_string(), " ", what, "."].concat()
}

struct Lines<'a> {
    /// The next one last, each with its number.
    rest: Vec<(usize, &'a str)>,
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

    fn value(&mut self, number: usize, text: &str) -> Outcome<String> {
        if let Some(mark) = text.strip_prefix("<<") {
            return self.heredoc(number, mark);
        }
        match text.chars().next() {
            Some('"') => match double_quoted(text) {
                Some(value) => Ok(value),
                None => Err(wrong(number, "has a quote that does not end, or something behind it")),
            },
            Some('\'') => match text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
                Some(value) => Ok(value.to_owned()),
                None => Err(wrong(number, "has a quote that does not end")),
            },
            Some('[' | '{') => self.collection(number, text),
            _ => Ok(without_comment(text).to_owned()),
        }
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

/// The text in double quotes, with its escapes undone; nothing but a comment may follow it.
fn double_quoted(text: &str) -> Option<String> {
    let mut value = String::new();
    let mut characters = text.chars();
    characters.next()?;
    loop {
        match characters.next()? {
            '"' => break,
            '\\' => match characters.next()? {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => value.push('\r'),
                escaped @ ('"' | '\\' | '$') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
    let rest = characters.as_str().trim();
    let is_comment = rest.is_empty() || rest.starts_with('#') || rest.starts_with("//");
    is_comment.then_some(value)
}

/// A comment begins after white space: `a#b` is a value.
fn without_comment(text: &str) -> &str {
    let end = [" #", "\t#", " //", "\t//"].iter().filter_map(|mark| text.find(mark)).min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).trim_end()
}
