//! Why a rule may not do what it looks like.

/// The second half of a sentence about a rule, which may have its `!`.
pub fn surprise(line: &str) -> Option<String> {
    if let Some(first) = line.strip_prefix('\u{feff}') {
        let first = first.trim_start();
        let is_harmless = first.is_empty() || first.starts_with('#');
        return (!is_harmless).then(|| "begins with a byte order mark, so that Terraform finds no match".to_owned());
    }
    let path = line.strip_prefix('!').unwrap_or(line);
    if let Some(part) = path.split('/').find(|part| matches!(*part, "." | "..")) {
        return Some(format!("has “{part}/”, and no path has it to Terraform: it has no effect"));
    }
    if path.contains("//") {
        return Some("has “//”, and no path has it to Terraform: it has no effect".to_owned());
    }
    if line.contains(" #") || line.contains("\t#") {
        return Some("has a “#” that is a part of it: to Terraform a comment has a line of its own".to_owned());
    }
    as_an_expression(path)
}

/// What Terraform reads as a part of a regular expression, or otherwise than a `.gitignore` has it.
fn as_an_expression(path: &str) -> Option<String> {
    let mut rest = path.chars().peekable();
    let mut in_brackets = false;
    while let Some(next) = rest.next() {
        match next {
            '\\' => match rest.next() {
                Some(letter) if letter.is_ascii_alphanumeric() => {
                    return Some(format!("has “\\{letter}”, which is not “{letter}” to Terraform"));
                }
                Some(sign @ ('*' | '?')) => {
                    return Some(format!(
                        "has “\\{sign}”, which is the sign “{sign}” itself: between the parts of a path stands “/”"
                    ));
                }
                None => return Some("ends in “\\”: a rule for a folder ends in “/”".to_owned()),
                Some(_) => {}
            },
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
            '*' if !in_brackets && rest.next_if_eq(&'*').is_some() => {
                if let Some(after) = rest.peek().filter(|after| **after != '/') {
                    return Some(format!("has “**{after}”, which Terraform reads as “**/{after}”"));
                }
            }
            '+' | '(' | ')' | '|' | '{' | '}' | '^' if !in_brackets => {
                return Some(format!("has “{next}”, which Terraform reads as in a regular expression"));
            }
            _ => {}
        }
    }
    None
}
