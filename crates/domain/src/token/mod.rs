//! Tokens as people paste them: alone, with the header around them, or with a piece of a file.
//!
//! No message quotes what was pasted: it is a secret, whatever is wrong with it.

use crate::text::tidy;

const EMPTY: &str = "Enter a token. Terraform Enterprise makes one under User settings, Tokens.";
const CHARACTERS: &str = "A token has only letters, digits and punctuation. Paste it again, without spaces.";
const NONE: &str = "No token can be made out in this. Paste the token alone, not a variable that stands for it.";
const SEVERAL: &str = "There is more than one token in this. Paste only the one for this installation.";

/// The token in what was pasted: by itself, behind `Bearer`, or as the value of a header (`Authorization`,
/// `X-Atlas-Token`), of an option (`--token`), of a line or block of `.terraformrc`, of `credentials.tfrc.json`, or of a
/// variable (`TFE_TOKEN`).
///
/// # Errors
/// The sentence to show at the field.
pub fn clean_token(pasted: &str) -> Result<String, &'static str> {
    let text = tidy(pasted);
    // Comments and the values of other names may speak of tokens. Where line breaks were lost they may also hold the one.
    find(&text, false).or_else(|_| find(&text, true))
}

/// The token in a text, with or without looking into comments and the values of other names.
fn find(text: &str, looks_everywhere: bool) -> Result<String, &'static str> {
    let is_brace: Is = |it| matches!(it, '{' | '}');
    // A block in one line was several lines, so that nobody can tell where a comment ends.
    let has_comments = !looks_everywhere && (text.find(is_newline as Is).is_some() || text.find(is_brace).is_none());
    let mut found = None;
    let mut has_names = false;
    let mut is_assigned_to = false;
    let mut name = "";
    let mut rest = text;
    while let Some((gap, word, after)) = next_word(rest) {
        if let Some(comment) = comment(gap, word, rest.len() == text.len()).filter(|_| has_comments) {
            let comment = rest.get(comment..).unwrap_or_default();
            rest = comment.find(is_newline as Is).and_then(|end| comment.get(end..)).unwrap_or_default();
            continue;
        }
        rest = after;
        let before = if gap.trim_matches(is_between as Is).is_empty() { name } else { "" };
        let is_other_value = is_assigned_to && !looks_everywhere;
        name = "";
        is_assigned_to = is_assigned(word, after);
        let value = word.trim_end_matches(is_dot as Is);
        if names_token(before, word, after) {
            name = word;
            has_names = true;
        } else if !before.is_empty() && !value.is_empty() {
            if !is_whole(gap, after, before.starts_with('-')) {
                return Err(CHARACTERS);
            }
            if found.replace(value).is_some_and(|other| other != value) {
                return Err(SEVERAL);
            }
        } else if is_other_value {
            rest = behind_quoted(gap, after);
        }
    }
    match found {
        Some(token) => Ok(token.to_owned()),
        None if has_names => Err(NONE),
        None => bare(text),
    }
}

/// Where a comment begins (`#` or `//`) with what stands before a word, or with the word.
fn comment(gap: &str, word: &str, is_start: bool) -> Option<usize> {
    let at = if word.starts_with("//") { gap.len() } else { gap.find(is_hash as Is)? };
    let before = gap.get(..at)?;
    (before.ends_with(is_space as Is) || is_start && before.is_empty()).then_some(at)
}

/// A token that nothing names, with or without quotes or brackets around it, or at the end of a sentence.
fn bare(text: &str) -> Result<String, &'static str> {
    let is_outside: Is = |it| is_around(it) || matches!(it, ',' | ';' | '.' | '(' | ')' | '[' | ']');
    let token = comment(text, "", false).and_then(|end| text.get(..end)).unwrap_or(text).trim_matches(is_outside);
    if token.is_empty() {
        return Err(EMPTY);
    }
    let is_odd: Is = |it| matches!(it, '{' | '}' | '<' | '>' | '$' | '\\' | '"' | '\'' | '`');
    if token.find(is_odd).is_some() || token.contains("://") {
        return Err(NONE);
    }
    if token.bytes().all(|it| it.is_ascii_graphic()) { Ok(token.to_owned()) } else { Err(CHARACTERS) }
}

/// The next run of characters that a token may have (RFC 6750), with what stands before and after it. `=` ends one.
fn next_word(text: &str) -> Option<(&str, &str, &str)> {
    let is_part: Is = |it| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_' | '~' | '+' | '/');
    let is_equals: Is = |it| it == '=';
    let (gap, rest) = text.split_at(text.find(is_part)?);
    let after = rest.trim_start_matches(is_part).trim_start_matches(is_equals);
    Some((gap, rest.get(..rest.len() - after.len())?, after))
}

/// Whether the word after this one is a token. `before` is the name that this is the value of, empty for none.
fn names_token(before: &str, word: &str, after: &str) -> bool {
    let name = word.trim_end_matches('=').to_ascii_lowercase();
    let is_token = name.ends_with("token");
    match name.as_str() {
        // What nobody calls a token of his own. The others are a name only where a value is assigned.
        "bearer" | "x-atlas-token" | "tfe_token" | "atlas_token" => true,
        "token" if before.eq_ignore_ascii_case("authorization") => true,
        _ if is_token && name.starts_with('-') => true,
        _ => (is_token || name == "authorization" || name.starts_with("tf_token_")) && is_assigned(word, after),
    }
}

/// Whether a value follows the word: `token = …`, `"token": …`.
fn is_assigned(word: &str, after: &str) -> bool {
    word.ends_with('=') || matches!(after.trim_start_matches(is_around as Is).chars().next(), Some(':' | '='))
}

/// What follows a value whose first word has this before and after it, if the value stands in quotes.
fn behind_quoted<'a>(gap: &str, after: &'a str) -> &'a str {
    let Some(open) = gap.chars().next_back().filter(|it| is_quote(*it)) else { return after };
    let mut is_escaped = false;
    let end = after.char_indices().find(|(_, it)| {
        let is_end = !is_escaped && (*it == open || !open.is_ascii() && is_quote(*it));
        is_escaped = *it == '\\' && !is_escaped;
        is_end
    });
    end.and_then(|(at, _)| after.get(at..)).unwrap_or(after)
}

/// Whether a value ends where its last character is: what stands in quotes ends with one, and behind anything else comes
/// no other text that could belong to it, unless spaces are what ends it.
fn is_whole(gap: &str, after: &str, ends_at_space: bool) -> bool {
    let is_quoted = gap.chars().next_back().is_some_and(is_quote);
    let after = if is_quoted { after } else { after.trim_start_matches(is_dot as Is) };
    match after.chars().next() {
        None => !is_quoted,
        Some(end) if is_quote(end) => true,
        Some(_) if is_quoted => false,
        Some(',' | ';' | '}' | ')' | ']') => true,
        Some(end) => {
            let goes_on = next_word(after).is_some_and(|(gap, word, after)| {
                let is_text = word.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
                gap.trim().is_empty() && is_text && !is_assigned(word, after)
            });
            end.is_whitespace() && (ends_at_space || !goes_on)
        }
    }
}

/// A test of characters. One type for all, so that what searches with it is there once.
type Is = fn(char) -> bool;

fn is_around(character: char) -> bool {
    is_quote(character) || is_space(character)
}

fn is_between(character: char) -> bool {
    is_around(character) || matches!(character, ':' | '=' | '(' | '[')
}

fn is_space(character: char) -> bool {
    character.is_whitespace()
}

fn is_newline(character: char) -> bool {
    character == '\n'
}

fn is_hash(character: char) -> bool {
    character == '#'
}

fn is_dot(character: char) -> bool {
    character == '.'
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’')
}

#[cfg(test)]
mod tests;
