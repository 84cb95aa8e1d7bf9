//! The `archs` attribute: a list of binaries by operating system and architecture (facts.md 1.3).
//!
//! Each problem points at its member, for example `/data/attributes/archs/1/sha`.

use serde_json::{Map, Value};
use wire::Arch;

use super::{Field, checked_text, text};
use crate::embedded::error::Invalid;

/// What an installation takes; the first is the default.
const OS: [&str; 1] = ["linux"];
const ARCHS: [&str; 3] = ["amd64", "arm64", "s390x"];

/// Reads the list. Missing and `null` are absent.
pub(super) fn read(value: Option<&Value>, problems: &mut Vec<Invalid>) -> Field<Vec<Arch>> {
    let items = match value {
        None | Some(Value::Null) => return Field::Absent,
        Some(Value::Array(items)) if !items.is_empty() => items,
        Some(Value::Array(_)) => return wrong("must have at least one element", problems),
        Some(_) => return wrong("must be a list", problems),
    };
    let mut archs: Vec<Arch> = Vec::new();
    // One more than can be different is enough to say what is wrong, however long the list is.
    for (index, item) in items.iter().enumerate().take(OS.len() * ARCHS.len() + 1) {
        let Value::Object(members) = item else {
            problems.push(problem(index, "", "Arch must be an object"));
            continue;
        };
        let Some(arch) = element(index, members, problems) else {
            continue;
        };
        if archs.iter().any(|known| known.os == arch.os && known.arch == arch.arch) {
            problems.push(problem(index, "/arch", &format!("Arch {} is in the list twice", arch.arch)));
        }
        archs.push(arch);
    }
    if problems.is_empty() { Field::Given(archs) } else { Field::Wrong }
}

fn element(index: usize, members: &Map<String, Value>, problems: &mut Vec<Invalid>) -> Option<Arch> {
    let mut noted = |member: &str, checked: Result<String, String>| {
        checked.map_err(|what| problems.push(problem(index, member, &what))).ok()
    };
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let url = noted("/url", checked_text(member("url"), text::url_problem).map_err(|what| format!("Url {what}")));
    let sha = noted("/sha", checked_text(member("sha"), text::sha_problem).map_err(|what| format!("Sha {what}")));
    let os = noted("/os", choice("Os", member("os"), &OS));
    let arch = noted("/arch", choice("Arch", member("arch"), &ARCHS));
    Some(Arch { url: Some(url?), sha: Some(sha?), os: os?, arch: arch? })
}

fn choice(label: &str, value: &Value, choices: &[&str]) -> Result<String, String> {
    let chosen = match value {
        Value::Null => choices.first(),
        Value::String(text) => choices.iter().find(|choice| *choice == text),
        _ => None,
    };
    chosen.map(|choice| (*choice).to_owned()).ok_or_else(|| format!("{label} must be one of {}", choices.join(", ")))
}

fn wrong(what: &str, problems: &mut Vec<Invalid>) -> Field<Vec<Arch>> {
    problems.push(Invalid::attribute("archs", what));
    Field::Wrong
}

fn problem(index: usize, member: &str, detail: &str) -> Invalid {
    Invalid { pointer: format!("/data/attributes/archs/{index}{member}"), detail: detail.to_owned() }
}
