//! What is wrong with a version, a URL or a digest, as the end of a sentence. What is right is decided in `domain`, by
//! the rules that the console's form follows; how long a text may be is this server's own bound.
//!
//! Stricter than a real installation, which takes any text (facts.md 1.5), so that mistakes show here first.

use domain::{
    tool_versions::{is_sha, is_version},
    web_address::is_web_address,
};

const LONGEST_VERSION: usize = 100;
const LONGEST_URL: usize = 2_048;

/// A semantic version, whose suffix may name a bundle.
pub(super) fn version_problem(text: &str) -> Option<String> {
    let wrong = || "must be N.N.N or N.N.N-name, for example 1.5.7, 1.6.0-beta2 or 1.5.7-acme1".to_owned();
    too_long(text, LONGEST_VERSION).or_else(|| (!is_version(text)).then(wrong))
}

/// Absolute, `http` or `https`, with a host and without a user.
pub(super) fn url_problem(text: &str) -> Option<String> {
    let wrong = || match text.contains('@') {
        true => "must be an absolute http or https URL without a user name or password".to_owned(),
        false => "must be an absolute http or https URL".to_owned(),
    };
    too_long(text, LONGEST_URL).or_else(|| (!is_web_address(text)).then(wrong))
}

/// 64 hexadecimal digits in either case.
pub(super) fn sha_problem(text: &str) -> Option<String> {
    (!is_sha(text)).then(|| "must be a SHA-256: 64 hexadecimal digits".to_owned())
}

fn too_long(text: &str, longest: usize) -> Option<String> {
    (text.chars().count() > longest).then(|| format!("is too long (maximum is {longest} characters)"))
}
