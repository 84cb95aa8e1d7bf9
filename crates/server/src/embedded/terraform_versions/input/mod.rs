//! Reads the attributes of a create or an update, and checks each by itself.
//!
//! What is wrong is added to a list, so that a client hears of everything at once. Unknown attributes are ignored,
//! and so are read-only ones (`usage`, `created-at`). Rules between attributes and with what is kept: `rules`.

use serde_json::{Map, Value};
use wire::Arch;

use super::is_main;
use crate::embedded::error::Invalid;

mod archs;
mod text;

const LONGEST_REASON: usize = 1_000;

/// What a request says of one attribute.
#[derive(Debug, Default)]
pub(super) enum Field<T> {
    /// Nothing.
    #[default]
    Absent,
    /// Something wrong, which was noted.
    Wrong,
    Given(T),
}

impl<T> Field<T> {
    /// The value, or this one.
    pub(super) fn or(self, other: T) -> T {
        match self {
            Self::Given(value) => value,
            Self::Absent | Self::Wrong => other,
        }
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// The attributes of a request.
#[derive(Debug, Default)]
pub(super) struct Input {
    pub(super) version: Field<String>,
    /// `null` is absent where `archs` says more, and wrong elsewhere.
    pub(super) url: Field<String>,
    pub(super) sha: Field<String>,
    pub(super) official: Field<bool>,
    pub(super) enabled: Field<bool>,
    pub(super) beta: Field<bool>,
    pub(super) deprecated: Field<bool>,
    /// `Given(None)` takes the reason away.
    pub(super) deprecated_reason: Field<Option<String>>,
    /// At least one, each architecture once.
    pub(super) archs: Field<Vec<Arch>>,
}

impl Input {
    /// Reads all attributes and adds what is wrong with each to `problems`.
    pub(super) fn read(attributes: &Map<String, Value>, problems: &mut Vec<Invalid>) -> Self {
        let mut arch_problems = Vec::new();
        let archs = archs::read(attributes.get("archs"), &mut arch_problems);
        let nullable = !archs.is_absent();
        let mut reader = Reader { attributes, problems };
        let input = Self {
            version: reader.text("version", false, text::version_problem),
            url: reader.text("url", nullable, text::url_problem),
            sha: reader.text("sha", nullable, text::sha_problem),
            official: reader.flag("official"),
            enabled: reader.flag("enabled"),
            beta: reader.flag("beta"),
            deprecated: reader.flag("deprecated"),
            deprecated_reason: reader.reason("deprecated-reason"),
            archs,
        };
        problems.append(&mut arch_problems);
        input
    }
}

struct Reader<'a> {
    attributes: &'a Map<String, Value>,
    problems: &'a mut Vec<Invalid>,
}

impl Reader<'_> {
    fn text(&mut self, name: &str, nullable: bool, problem: fn(&str) -> Option<String>) -> Field<String> {
        match self.attributes.get(name) {
            None => Field::Absent,
            Some(Value::Null) if nullable => Field::Absent,
            Some(value) => match checked_text(value, problem) {
                Ok(text) => Field::Given(text),
                Err(what) => self.wrong(name, &what),
            },
        }
    }

    fn flag(&mut self, name: &str) -> Field<bool> {
        match self.attributes.get(name) {
            None => Field::Absent,
            Some(Value::Bool(value)) => Field::Given(*value),
            Some(_) => self.wrong(name, "must be true or false"),
        }
    }

    fn reason(&mut self, name: &str) -> Field<Option<String>> {
        match self.attributes.get(name) {
            None => Field::Absent,
            Some(Value::Null) => Field::Given(None),
            Some(Value::String(text)) if text.chars().count() > LONGEST_REASON => {
                self.wrong(name, &format!("is too long (maximum is {LONGEST_REASON} characters)"))
            }
            Some(Value::String(text)) => Field::Given(Some(text.clone()).filter(|text| !text.trim().is_empty())),
            Some(_) => self.wrong(name, "must be text or null"),
        }
    }

    fn wrong<T>(&mut self, name: &str, what: &str) -> Field<T> {
        self.problems.push(Invalid::attribute(name, what));
        Field::Wrong
    }
}

fn checked_text(value: &Value, problem: fn(&str) -> Option<String>) -> Result<String, String> {
    match value {
        Value::Null => Err("can't be blank".to_owned()),
        Value::String(text) if text.trim().is_empty() => Err("can't be blank".to_owned()),
        Value::String(text) => problem(text).map_or_else(|| Ok(text.clone()), Err),
        _ => Err("must be text".to_owned()),
    }
}

/// Adds a problem where `url` or `sha` is given beside `archs` and is not that of the amd64 binary.
pub(super) fn check_agreement(input: &Input, problems: &mut Vec<Invalid>) {
    let Field::Given(archs) = &input.archs else {
        return;
    };
    let main = archs.iter().find(|arch| is_main(arch));
    let mut check = |name: &str, given: &Field<String>, expected: Option<&String>, same: fn(&str, &str) -> bool| {
        if let Field::Given(given) = given
            && !expected.is_some_and(|expected| same(given, expected))
        {
            problems.push(Invalid::attribute(name, "must equal that of the amd64 element of archs"));
        }
    };
    check("url", &input.url, main.and_then(|arch| arch.url.as_ref()), |one, other| one == other);
    check("sha", &input.sha, main.and_then(|arch| arch.sha.as_ref()), str::eq_ignore_ascii_case);
}
