//! What may be sent of a Terraform version, and what the installation would refuse.
//!
//! The installation checks less than this when a version is created, and a mistake shows only when a run downloads the
//! binary. An edit must check only what it changes: installations hold values that no check here would let pass.

use semver::Version;
use wire::ToolVersionAttributes;

use crate::text::{tidy, visible};
pub use crate::web_address::check_url;

const DIGITS_OF_A_SHA: usize = 64;

/// Whether this is the number of a version, exactly as it is written: a semantic version, whose suffix may also name a
/// bundle. What the console sends and what the server takes.
pub fn is_version(text: &str) -> bool {
    Version::parse(text).is_ok()
}

/// Whether this is a SHA-256, exactly as it is written: 64 hexadecimal digits in either case. What the console sends and
/// what the server takes.
pub fn is_sha(text: &str) -> bool {
    text.len() == DIGITS_OF_A_SHA && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The tidied version, or the sentence that says what is wrong with it.
///
/// A semantic version: `1.9.5`, with a pre-release or bundle suffix (`0.12.20-beta1`, `0.11.15-oci`) and build metadata
/// (`1.3.0+ent`).
pub fn check_version(typed: &str) -> Result<String, String> {
    let version = tidy(typed);
    if is_version(&version) {
        return Ok(version);
    }
    if let Some(number) = version.strip_prefix(['v', 'V']).filter(|number| is_version(number)) {
        let mut helpful = "Leave out the “v”: ".to_owned();
        helpful.push_str(number);
        helpful.push('.');
        return Err(helpful);
    }
    Err(what_is_wrong_with_version(&version).to_owned())
}

/// The tidied digest in lower case, as the tools print it, or the sentence that says what is wrong with it.
pub fn check_sha(typed: &str) -> Result<String, String> {
    let mut digest = tidy(typed);
    digest.retain(|it| !it.is_whitespace());
    if digest.is_empty() {
        return Err("Enter the SHA-256 of the zip file: 64 hexadecimal digits.".to_owned());
    }
    if let Some(other) = digest.chars().find(|it| !it.is_ascii_hexdigit()) {
        let mut sentence = "A SHA-256 consists of the digits 0 to 9 and a to f. This contains “".to_owned();
        sentence.push_str(&visible(other.encode_utf8(&mut [0; 4])));
        sentence.push_str("”.");
        return Err(sentence);
    }
    if !is_sha(&digest) {
        let mut sentence = "A SHA-256 has 64 hexadecimal digits. This has ".to_owned();
        sentence.push_str(&digest.len().to_string());
        sentence.push('.');
        return Err(sentence);
    }
    digest.make_ascii_lowercase();
    Ok(digest)
}

/// Why the installation would refuse to delete the version; `None` if it would not.
pub fn why_not_delete(version: &ToolVersionAttributes) -> Option<String> {
    match (version.official, used_by(version)) {
        (false, usage) => usage,
        (true, None) => Some("It is an official version.".to_owned()),
        (true, Some(usage)) => Some(["It is an official version. ", &usage].concat()),
    }
}

/// Why the installation would refuse to disable the version; `None` if it would not, or if it is disabled.
pub fn why_not_disable(version: &ToolVersionAttributes) -> Option<String> {
    if version.enabled { used_by(version) } else { None }
}

/// How many workspaces use it: "2 workspaces", "1 workspace", "not used", or "unknown" where the installation does not
/// count.
pub fn usage_text(usage: Option<u64>) -> String {
    match usage {
        None => "unknown".to_owned(),
        Some(0) => "not used".to_owned(),
        Some(1) => "1 workspace".to_owned(),
        Some(count) => {
            let mut text = count.to_string();
            text.push_str(" workspaces");
            text
        }
    }
}

fn used_by(version: &ToolVersionAttributes) -> Option<String> {
    let usage = version.usage.filter(|&count| count > 0)?;
    let mut sentence = usage_text(Some(usage));
    sentence.push_str(if usage == 1 { " uses it." } else { " use it." });
    Some(sentence)
}

/// The sentence for a text that is no version.
fn what_is_wrong_with_version(version: &str) -> &'static str {
    if version.is_empty() {
        return "Enter a version, for example 1.9.5.";
    }
    let (version, build) = split(version, '+');
    let (core, suffix) = split(version, '-');
    let numbers: Vec<&str> = core.split('.').collect();
    let are_numbers = numbers.iter().all(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
    if !are_numbers || numbers.len() != 3 {
        return "A version is three numbers with dots between them, for example 1.9.5, and may end in a suffix, for example 1.9.5-beta1.";
    }
    if numbers.iter().any(|it| has_leading_zero(it)) {
        return "The numbers of a version must not begin with a zero.";
    }
    if numbers.iter().any(|it| it.parse::<u64>().is_err()) {
        return "The numbers of a version must not be that large.";
    }
    if [suffix, build].into_iter().flatten().all(are_identifiers) {
        return "A number in the suffix of a version must not begin with a zero.";
    }
    "The suffix of a version consists of letters, digits, hyphens and dots, for example 1.9.5-beta1."
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn has_leading_zero(number: &str) -> bool {
    number.len() > 1 && number.starts_with('0')
}

fn are_identifiers(text: &str) -> bool {
    text.split('.').all(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(official: bool, enabled: bool, usage: Option<u64>) -> ToolVersionAttributes {
        ToolVersionAttributes {
            version: "0.11.8".to_owned(),
            url: None,
            sha: None,
            official,
            enabled,
            beta: false,
            deprecated: None,
            deprecated_reason: None,
            usage,
            created_at: None,
            archs: None,
        }
    }

    #[test]
    fn semantic_versions_with_suffixes_are_sent() {
        for good in [
            "0.11.8",
            "0.0.0",
            "1.10.0",
            "1.1.2-custom",
            "0.11.15-oci",
            "0.12.20-beta1",
            "1.3.0-rc.1+build.005",
            "1.3.0+ent",
            "1.0.0-x-y-z.--",
            "1.0.18446744073709551615",
        ] {
            assert_eq!(check_version(good).as_deref(), Ok(good));
        }
        assert_eq!(check_version(" \u{FEFF}1.9\u{200B}.5\t").as_deref(), Ok("1.9.5"));
    }

    #[test]
    fn other_versions_are_refused_with_a_sentence() {
        let table = [
            ("", "Enter a version"),
            (" \n ", "Enter a version"),
            ("1", "three numbers"),
            ("1.5", "three numbers"),
            ("1.5.0.1", "three numbers"),
            ("1.5.x", "three numbers"),
            ("1..0", "three numbers"),
            ("1 .5.0", "three numbers"),
            ("latest", "three numbers"),
            ("-1.5.0", "three numbers"),
            ("1.5.٣", "three numbers"),
            ("v1.5.0", "Leave out the “v”: 1.5.0."),
            ("V1.5.0-rc1", "Leave out the “v”: 1.5.0-rc1."),
            ("v1.5", "three numbers"),
            ("v", "three numbers"),
            ("01.5.0", "begin with a zero"),
            ("1.05.0", "begin with a zero"),
            ("1.5.0-", "suffix"),
            ("1.5.0-a..b", "suffix"),
            ("1.5.0-a_b", "suffix"),
            ("1.5.0-a b", "suffix"),
            ("1.5.0+", "suffix"),
            ("1.5.0+a+b", "suffix"),
            ("1.5.0-01", "begin with a zero"),
            ("1.5.0-rc.01+x", "begin with a zero"),
            ("1.0.18446744073709551616", "that large"),
            ("<img onerror=alert(1)>", "three numbers"),
        ];
        for (typed, part) in table {
            let sentence = check_version(typed).err().unwrap_or_default();
            assert!(sentence.contains(part), "{typed:?}: {sentence}");
        }
    }

    #[test]
    fn a_digest_is_64_hexadecimal_digits() {
        let digest = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";
        assert_eq!(check_sha(digest).as_deref(), Ok(digest));
        assert_eq!(check_sha(&digest.to_uppercase()).as_deref(), Ok(digest));
        let (start, end) = digest.split_at(32);
        assert_eq!(check_sha(&[" ", start, "\n", end, "\u{200B}"].concat()).as_deref(), Ok(digest));
        let table = [
            (String::new(), "Enter the SHA-256"),
            (start.to_owned(), "This has 32."),
            ([digest, "0"].concat(), "This has 65."),
            ([digest, "  terraform.zip"].concat(), "“t”"),
            (digest.replace('8', "g"), "“g”"),
            (digest.replace('8', "８"), "“８”"),
        ];
        for (typed, part) in table {
            let sentence = check_sha(&typed).err().unwrap_or_default();
            assert!(sentence.contains(part), "{typed:?}: {sentence}");
        }
    }

    #[test]
    fn official_and_used_versions_cannot_be_deleted() {
        let table = [
            (false, None, None),
            (false, Some(0), None),
            (true, Some(0), Some("It is an official version.")),
            (false, Some(1), Some("1 workspace uses it.")),
            (false, Some(2), Some("2 workspaces use it.")),
            (true, Some(2), Some("It is an official version. 2 workspaces use it.")),
        ];
        for (official, usage, reason) in table {
            assert_eq!(why_not_delete(&version(official, true, usage)).as_deref(), reason);
        }
    }

    #[test]
    fn used_versions_cannot_be_disabled() {
        let table = [
            (true, Some(0), None),
            (true, None, None),
            (true, Some(1), Some("1 workspace uses it.")),
            (false, Some(2), None),
        ];
        for (enabled, usage, reason) in table {
            assert_eq!(why_not_disable(&version(true, enabled, usage)).as_deref(), reason);
        }
    }

    #[test]
    fn usage_is_counted_in_workspaces() {
        let table = [(None, "unknown"), (Some(0), "not used"), (Some(1), "1 workspace"), (Some(70), "70 workspaces")];
        for (usage, text) in table {
            assert_eq!(usage_text(usage), text);
        }
    }
}
