//! Reads Rust source just closely enough to tell code from comments and texts, and to find the paths it uses.

/// The source without its comments and with its texts emptied, on the same lines.
pub fn code_of(source: &str) -> String {
    read(source, false)
}

/// The source without its comments, on the same lines.
pub fn code_and_texts_of(source: &str) -> String {
    read(source, true)
}

fn read(source: &str, keeps_texts: bool) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let in_word = code.ends_with(|it: char| it.is_alphanumeric() || it == '_');
        let text = length_of_text(rest).filter(|_| !in_word || next == '"').or_else(|| length_of_character(rest));
        let comment = length_of_comment(rest);
        let (read, after) = rest.split_at(comment.or(text).unwrap_or(next.len_utf8()));
        if comment.is_none() && (text.is_none() || keeps_texts) {
            code.push_str(read);
        } else {
            code.push_str(if comment.is_none() { "\"\"" } else { "" });
            code.extend(read.chars().filter(|&it| it == '\n'));
        }
        rest = after;
    }
    code
}

/// Every path in the code that starts with one of `roots`, its `{…}` spread out, with the number of its line.
pub fn paths_from(code: &str, roots: &[&str]) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    for (index, (line, token)) in tokens.iter().enumerate() {
        let is_first = index == 0 || tokens[index - 1].1 != "::";
        let is_path = tokens.get(index + 1).is_some_and(|(_, token)| token == "::");
        if is_first && is_path && roots.contains(&token.as_str()) {
            let mut paths = Vec::new();
            spread(&tokens, index, &[], &mut paths);
            found.extend(paths.into_iter().map(|path| (*line, path)));
        }
    }
    found
}

/// Adds the path at `index`, or each branch of its `{…}`, to `paths`, and returns where it ends.
fn spread(tokens: &[(usize, String)], mut index: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |(_, token)| token.as_str());
    let mut path = before.to_vec();
    while text(index) != "{" {
        path.push(text(index).to_owned());
        if text(index + 1) != "::" {
            paths.push(path);
            return index + 1;
        }
        index += 2;
    }
    index += 1;
    while !matches!(text(index), "}" | "") {
        index = spread(tokens, index, &path, paths);
        // What may follow a branch, as in `{a as b, c}`, is passed over.
        while !matches!(text(index), "," | "}" | "") {
            index += 1;
        }
        index += usize::from(text(index) == ",");
    }
    index + 1
}

/// Words, `::`, and every other character by itself, each with the number of its line.
fn tokens(code: &str) -> Vec<(usize, String)> {
    let mut tokens = Vec::new();
    for (line, text) in code.lines().enumerate() {
        let mut rest = text.trim_start();
        while let Some(next) = rest.chars().next() {
            let word = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
            let other = if rest.starts_with("::") { 2 } else { next.len_utf8() };
            let (token, after) = rest.split_at(if word > 0 { word } else { other });
            tokens.push((line + 1, token.to_owned()));
            rest = after.trim_start();
        }
    }
    tokens
}

/// The length of a comment, if one begins here. Those between `/*` and `*/` may hold others.
fn length_of_comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    let mut after = rest.strip_prefix("/*")?;
    let mut depth = 1;
    while depth > 0 {
        let Some(next) = after.find("/*").into_iter().chain(after.find("*/")).min() else { return Some(rest.len()) };
        depth = if after[next..].starts_with("/*") { depth + 1 } else { depth - 1 };
        after = &after[next + 2..];
    }
    Some(rest.len() - after.len())
}

/// The length of a text literal of any kind, if one begins here.
fn length_of_text(rest: &str) -> Option<usize> {
    let marked = rest.trim_start_matches(['b', 'c', 'r']);
    let prefix = &rest[..rest.len() - marked.len()];
    let quoted = if prefix.ends_with('r') { marked.trim_start_matches('#') } else { marked };
    let contents = quoted.strip_prefix('"')?;
    let start = rest.len() - contents.len();
    if prefix.ends_with('r') {
        let end = ["\"", &"#".repeat(marked.len() - quoted.len())].concat();
        return Some(contents.find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let mut is_escaped = false;
    for (at, character) in contents.char_indices() {
        match character {
            '"' if !is_escaped => return Some(start + at + 1),
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    Some(rest.len())
}

/// The length of a character literal, if one begins here and not a lifetime.
fn length_of_character(rest: &str) -> Option<usize> {
    let contents = rest.strip_prefix('\'')?;
    let first = contents.chars().next()?;
    if first == '\\' {
        return contents.get(2..)?.find('\'').map(|at| at + 4);
    }
    contents[first.len_utf8()..].starts_with('\'').then(|| first.len_utf8() + 2)
}
