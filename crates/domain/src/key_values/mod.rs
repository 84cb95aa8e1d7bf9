//! Keys and values: what may be sent, and what is pasted to fill several rows.

mod json;
mod lines;

use std::collections::HashMap;

/// The most that a value may have, in bytes (facts.md 3.2).
const LONGEST_VALUE: usize = 256 * 1024;

/// The most that is read of a pasted text, in bytes.
const LONGEST_PASTE: usize = 8 * 1024 * 1024;

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOrValue {
    /// "Key"
    Key,
    /// "Value"
    Value,
}

/// What was read out of a pasted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Keys and values, in their order.
    pub pairs: Vec<(String, String)>,
    /// What was left away: sentences that name the line.
    pub notes: Vec<String>,
}

/// Several pairs out of a pasted text: lines such as `NAME=text`, a JSON object, or `.tfvars` assignments. Nothing for a
/// text that is none of these and is meant as it is.
///
/// # Errors
/// What is not understood, as a sentence with the number of its line. Nothing is to be filled in then.
pub fn read_pasted(text: &str) -> Option<Result<Pasted, String>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).trim();
    if text.len() > LONGEST_PASTE {
        return Some(Err("the pasted text is longer than 8 MB.".to_owned()));
    }
    if text.starts_with('{') {
        return Some(json::read(text).map(|pairs| Pasted { pairs, notes: Vec::new() }));
    }
    let is_several = text.contains('\n') || text.contains('=');
    is_several.then(|| lines::read(text))
}

/// What is wrong with the rows: which row, which field, and a sentence. Keys are compared without white space around.
pub fn problems(rows: &[(String, String)]) -> Vec<(usize, KeyOrValue, String)> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (key, _) in rows {
        *times.entry(key.trim()).or_default() += 1;
    }
    let mut problems = Vec::new();
    for (index, (key, value)) in rows.iter().enumerate() {
        let key = key.trim();
        if key.is_empty() {
            problems.push((index, KeyOrValue::Key, "Enter a name, or remove this row.".to_owned()));
        } else if key.chars().any(char::is_control) {
            problems.push((
                index,
                KeyOrValue::Key,
                "A name has no line breaks or other control characters.".to_owned(),
            ));
        } else if times.get(key).is_some_and(|times| *times > 1) {
            problems.push((index, KeyOrValue::Key, "This name is there more than once.".to_owned()));
        }
        if value.len() > LONGEST_VALUE {
            let size = value.len().div_ceil(1_024).to_string();
            problems.push((
                index,
                KeyOrValue::Value,
                "At most 256 kB fit here, and this has ".to_owned() + &size + " kB.",
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests;
