//! Tokens as people paste them: alone, with the header around them, or with a piece of a file.
//!
//! No message quotes what was pasted: it is a secret, whatever is wrong with it.

use crate::text::tidy;

const EMPTY: &str = "Enter a token. Terraform Enterprise makes one under User settings, Tokens.";
const CHARACTERS: &str = "A token has only letters, digits and punctuation. Paste it again, without spaces.";
const NONE: &str = "No token can be made out in this. Paste the token alone, not a variable that stands for it.";
const SEVERAL: &str = "There is more than one token in this. Paste only the one for this installation.";

/// The token in what was pasted: by itself, behind `Bearer`, or as the value of a header (`Authorization`,
/// `X-Atlas-Token`), of a line or block of `.terraformrc`, of `credentials.tfrc.json`, or of a variable (`TFE_TOKEN`).
///
/// # Errors
/// The sentence to show at the field.
pub fn clean_token(pasted: &str) -> Result<String, &'static str> {
    let text = tidy(pasted);
    let mut found = None;
    let mut has_names = false;
    let mut is_named = false;
    let mut rest = text.as_str();
    while let Some((gap, word, after)) = next_word(rest) {
        rest = after;
        let is_between: Is = |it| is_around(it) || matches!(it, ':' | '=');
        is_named &= gap.trim_matches(is_between).is_empty();
        if names_token(word, after) {
            is_named = true;
            has_names = true;
        } else if is_named {
            is_named = false;
            if !is_whole(gap, after) {
                return Err(CHARACTERS);
            }
            if found.replace(word).is_some_and(|other| other != word) {
                return Err(SEVERAL);
            }
        }
    }
    match found {
        Some(token) => Ok(token.to_owned()),
        None if has_names => Err(NONE),
        None => bare(&text),
    }
}

/// A token that nothing names, with or without quotes around it.
fn bare(text: &str) -> Result<String, &'static str> {
    let is_outside: Is = |it| is_around(it) || matches!(it, ',' | ';');
    let token = text.trim_matches(is_outside);
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

/// Whether the word after this one is a token.
fn names_token(word: &str, after: &str) -> bool {
    let name = word.trim_end_matches('=').to_ascii_lowercase();
    let is_known = name.ends_with("token") || name.starts_with("tf_token_") || name == "authorization";
    name == "bearer" || is_known && is_assigned(word, after)
}

/// Whether a value follows the word: `token = …`, `"token": …`.
fn is_assigned(word: &str, after: &str) -> bool {
    word.ends_with('=') || matches!(after.trim_start_matches(is_around as Is).chars().next(), Some(':' | '='))
}

/// Whether a value ends where its last character is: what stands in quotes ends with one, and behind anything else comes
/// no other text that could belong to it.
fn is_whole(gap: &str, after: &str) -> bool {
    let is_quoted = gap.chars().next_back().is_some_and(is_quote);
    match after.chars().next() {
        None => !is_quoted,
        Some(end) if is_quote(end) => true,
        Some(_) if is_quoted => false,
        Some(',' | ';' | '}') => true,
        Some(end) => {
            let goes_on = next_word(after).is_some_and(|(gap, word, after)| {
                gap.trim().is_empty() && !word.starts_with('-') && !is_assigned(word, after)
            });
            end.is_whitespace() && !goes_on
        }
    }
}

/// A test of characters. One type for all, so that what searches with it is there once.
type Is = fn(char) -> bool;

fn is_around(character: char) -> bool {
    is_quote(character) || character.is_whitespace()
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "Hx7pQ.atlasv1.a-b_C~9/z+0==";

    /// The same, with `@` for the token.
    fn with_token(text: &str) -> String {
        text.replace('@', TOKEN)
    }

    #[test]
    fn a_token_is_found_in_what_is_pasted_with_it() {
        for pasted in [
            "@",
            "  @\r\n",
            "\u{FEFF}\u{200B}@\u{A0}",
            "\"@\"",
            "'@',",
            "`@`",
            "“@”",
            "Bearer @",
            "bearer   @",
            "BEARER\t@\n",
            "\"Bearer @\"",
            "Authorization: Bearer @",
            "authorization:bearer @",
            "Authorization:  @",
            "-H 'Authorization: Bearer @'",
            "curl --header \"Authorization: Bearer @\" https://tfe.example/api/v2/account/details",
            "curl -H \"Authorization: Bearer @\" -H \"Content-Type: application/vnd.api+json\"",
            "Authorization: Bearer @ Content-Type: application/vnd.api+json",
            "Content-Type: application/json\nX-Atlas-Token: @\n",
            "X-Atlas-Token:@",
            "'X-Atlas-Token': '@'",
            "token = \"@\"",
            "token=\"@\"",
            "token=@",
            "  token     =   \"@\"  ",
            "\"token\": \"@\"",
            "credentials \"app.terraform.io\" {\n  token = \"@\"\n}\n",
            // As a field of one line gets it.
            "credentials \"app.terraform.io\" {   token = \"@\" }",
            "credentials \"app.terraform.io\" {  token = \"@\"}plugin_cache_dir = \"$HOME/.terraform.d\"",
            "# token of the build\ncredentials \"tfe.example\" {\n  token = \"@\"\n}",
            r#"{"credentials":{"app.terraform.io":{"token":"@"}}}"#,
            "{\n  \"credentials\": {\n    \"tfe.example:8443\": {\n      \"token\": \"@\"\n    }\n  }\n}\n",
            "TFE_TOKEN=@",
            "export TFE_TOKEN='@'",
            "TFE_TOKEN=@ TFE_ADDRESS=https://tfe.example",
            "$env:TFE_TOKEN = \"@\"",
            "TF_TOKEN_app_terraform_io=@",
            "ATLAS_TOKEN: @",
            "tfe_token: \"@\"",
            "API token: @",
            // Twice the same is one.
            "Authorization: Bearer @\nX-Atlas-Token: @",
        ] {
            assert_eq!(clean_token(&with_token(pasted)).as_deref(), Ok(TOKEN), "{pasted:?}");
        }
    }

    #[test]
    fn a_token_that_looks_like_something_else_is_still_one() {
        for token in ["demo-admin-token", "token", "my_token", "eyJhbGci.eyJzdWIi.c2ln-_", "at-1", "pass:word!", "a=b"]
        {
            assert_eq!(clean_token(token).as_deref(), Ok(token));
        }
        assert_eq!(clean_token("Bearer demo-admin-token").as_deref(), Ok("demo-admin-token"));
        assert_eq!(clean_token("X-Atlas-Token: demo-admin-token").as_deref(), Ok("demo-admin-token"));
    }

    #[test]
    fn what_is_no_token_is_told_in_words_and_never_echoed() {
        let table = [
            ("", EMPTY),
            (" \r\n\u{200B} ", EMPTY),
            ("\"\"", EMPTY),
            ("secret value", CHARACTERS),
            ("secrét", CHARACTERS),
            ("Bearer secret value", CHARACTERS),
            ("Bearer secrét", CHARACTERS),
            ("token = \"secret value\"", CHARACTERS),
            ("token = \"secrét\"", CHARACTERS),
            ("token = \"secret", CHARACTERS),
            ("Authorization: Basic secret", CHARACTERS),
            ("TFE_TOKEN=secretTFE_ADDRESS=https://tfe.example", CHARACTERS),
            ("Bearer", NONE),
            ("Authorization:", NONE),
            ("Authorization: Bearer", NONE),
            ("Authorization: Bearer $SECRET", NONE),
            ("Authorization: Bearer ${SECRET}", NONE),
            ("Authorization: Bearer <secret>", NONE),
            ("Bearer {{ secret }}", NONE),
            ("$SECRET", NONE),
            ("<secret>", NONE),
            ("token = \"\"", NONE),
            ("{\"credentials\": {}}", NONE),
            ("{\"secret\": \"value\"}", NONE),
            ("https://secret.example/app/settings/tokens", NONE),
            ("credentials \"a\" { token = \"secret1\" } credentials \"b\" { token = \"secret2\" }", SEVERAL),
            (r#"{"credentials":{"a":{"token":"secret1"},"b":{"token":"secret2"}}}"#, SEVERAL),
        ];
        for (pasted, sentence) in table {
            assert_eq!(clean_token(pasted), Err(sentence), "{pasted:?}");
            assert!(!sentence.to_lowercase().contains("secr"), "{sentence}");
        }
    }

    #[test]
    fn a_long_paste_is_read_in_time() {
        let long = "credentials \"a\" { ".repeat(20_000);
        assert_eq!(clean_token(&long), Err(NONE));
        assert_eq!(clean_token(&"x".repeat(1_000_000)).map(|token| token.len()), Ok(1_000_000));
        assert_eq!(clean_token(&"token ".repeat(100_000)), Err(CHARACTERS));
    }
}
