//! What a version, a URL and a digest look like. Each check returns what is wrong, as the end of a sentence.
//!
//! Stricter than a real installation, which takes any text (facts.md 1.5), so that mistakes show here first. What
//! third-party clients send is taken: any absolute URL, any 64 digits in either case.

use axum::http::{Uri, uri::Scheme};

const LONGEST_VERSION: usize = 100;
const LONGEST_URL: usize = 2_048;
const SHA_DIGITS: usize = 64;

/// `N.N.N` with a pre-release or a bundle's name after `-`, and build metadata after `+`.
pub(super) fn version_problem(text: &str) -> Option<String> {
    if text.len() > LONGEST_VERSION {
        return Some(too_long(LONGEST_VERSION));
    }
    let (rest, build) = split(text, '+');
    let (core, suffix) = split(rest, '-');
    let numbers: Vec<&str> = core.split('.').collect();
    let right = numbers.len() == 3
        && numbers.into_iter().all(is_number)
        && suffix.is_none_or(are_identifiers)
        && build.is_none_or(are_identifiers);
    (!right).then(|| "must be N.N.N or N.N.N-name, for example 1.5.7, 1.6.0-beta2 or 1.5.7-acme1".to_owned())
}

/// Absolute, `http` or `https`, with a host; everything beyond ASCII must be percent-encoded.
pub(super) fn url_problem(text: &str) -> Option<String> {
    if text.len() > LONGEST_URL {
        return Some(too_long(LONGEST_URL));
    }
    let right = text.parse::<Uri>().is_ok_and(|uri| {
        let web = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
        web && uri.host().is_some_and(|host| !host.is_empty())
    });
    (!right || !text.is_ascii()).then(|| "must be an absolute http or https URL".to_owned())
}

/// 64 hexadecimal digits in either case.
pub(super) fn sha_problem(text: &str) -> Option<String> {
    let right = text.len() == SHA_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!right).then(|| format!("must be a SHA-256: {SHA_DIGITS} hexadecimal digits"))
}

fn split(text: &str, separator: char) -> (&str, Option<&str>) {
    match text.split_once(separator) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Decimal digits without a leading zero.
fn is_number(text: &str) -> bool {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits && (text == "0" || !text.starts_with('0'))
}

/// Letters, digits and hyphens, separated by dots, none empty.
fn are_identifiers(text: &str) -> bool {
    text.split('.').all(|identifier| {
        !identifier.is_empty() && identifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

fn too_long(longest: usize) -> String {
    format!("is too long (maximum is {longest} characters)")
}
