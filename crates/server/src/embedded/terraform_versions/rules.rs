//! What an installation allows: the defaults of a create, the coupling of `url` and `sha` with `archs` (facts.md 1.4),
//! and what may not be disabled or removed (facts.md 1.6).
//!
//! What it must not know: HTTP, and how a version is kept.

use rusqlite::Connection;
use wire::Arch;

use super::{
    Version,
    input::{Field, Input, check_agreement},
    table,
};
use crate::embedded::error::Invalid;

/// The version that a create asks for, still without an id and a date. Only meant to be kept if no problem was added.
pub(super) fn created(input: Input, problems: &mut Vec<Invalid>) -> Version {
    if input.version.is_absent() {
        problems.push(blank("version"));
    }
    let new = Version {
        id: String::new(),
        version: String::new(),
        archs: Vec::new(),
        official: false,
        enabled: true,
        beta: false,
        deprecated: false,
        deprecated_reason: None,
        usage: 0,
        created_at: None,
    };
    if input.archs.is_absent() && input.url.is_absent() && input.sha.is_absent() {
        problems.extend([blank("url"), blank("sha")]);
    }
    applied(new, input, problems)
}

/// The version that an update leaves. Only meant to be kept if no problem was added.
pub(super) fn updated(current: Version, input: Input, problems: &mut Vec<Invalid>) -> Version {
    let was_enabled = current.enabled;
    let version = applied(current, input, problems);
    if was_enabled && !version.enabled && version.usage > 0 {
        let what = format!("can't be false while {}", in_use(version.usage));
        problems.push(Invalid::attribute("enabled", &what));
    }
    version
}

/// Why a version cannot be removed; nothing if it can.
pub(super) fn against_removal(version: &Version) -> Vec<String> {
    let official = version.official.then(|| "Official versions can't be removed".to_owned());
    let used = (version.usage > 0).then(|| format!("The version can't be removed while {}", in_use(version.usage)));
    official.into_iter().chain(used).collect()
}

/// Adds a problem where another version has the same number.
pub(super) fn check_unique(
    connection: &Connection,
    version: &Version,
    problems: &mut Vec<Invalid>,
) -> rusqlite::Result<()> {
    let namesake = table::id_of(connection, &version.version)?;
    if namesake.is_some_and(|id| id != version.id) {
        problems.push(Invalid::attribute("version", "has already been taken"));
    }
    Ok(())
}

fn applied(version: Version, input: Input, problems: &mut Vec<Invalid>) -> Version {
    check_agreement(&input, problems);
    let archs = archs_after(&version, &input, problems);
    let deprecated = input.deprecated.or(version.deprecated);
    let reason = input.deprecated_reason.or(version.deprecated_reason);
    Version {
        version: input.version.or(version.version),
        archs: archs.unwrap_or(version.archs),
        official: input.official.or(version.official),
        enabled: input.enabled.or(version.enabled),
        beta: input.beta.or(version.beta),
        deprecated,
        deprecated_reason: reason.filter(|_| deprecated),
        ..version
    }
}

/// The binaries that a request leaves; `None` for those of before. `archs` replaces them all; `url` or `sha` alone
/// leave one, and take from the binary of before what they do not say.
fn archs_after(version: &Version, input: &Input, problems: &mut Vec<Invalid>) -> Option<Vec<Arch>> {
    match &input.archs {
        Field::Given(archs) => return Some(archs.clone()),
        Field::Wrong => return None,
        Field::Absent if input.url.is_absent() && input.sha.is_absent() => return None,
        Field::Absent => {}
    }
    let before = version.main_arch();
    let mut known = |name: &str, given: &Field<String>, before: Option<&String>| match given {
        Field::Given(text) => Some(text.clone()),
        Field::Wrong => None,
        Field::Absent => {
            if before.is_none() {
                problems.push(blank(name));
            }
            before.cloned()
        }
    };
    let url = known("url", &input.url, before.and_then(|arch| arch.url.as_ref()));
    let sha = known("sha", &input.sha, before.and_then(|arch| arch.sha.as_ref()));
    Some(vec![Arch { url, sha, os: "linux".to_owned(), arch: "amd64".to_owned() }])
}

fn blank(name: &str) -> Invalid {
    Invalid::attribute(name, "can't be blank")
}

fn in_use(usage: u64) -> String {
    match usage {
        1 => "1 workspace uses it".to_owned(),
        more => format!("{more} workspaces use it"),
    }
}
