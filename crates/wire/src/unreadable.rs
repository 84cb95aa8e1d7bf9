//! Reading a body, and telling where it is not what it should be.

use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::error::Category;

use crate::tolerant::Object;

const DOUBLED: &str = "is there twice";

/// Why a body, or a part of it, cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no JSON, from `line` on, which counts from 1.
    NotJson {
        /// The line of the first mistake.
        line: usize,
    },
    /// It ends before the JSON does.
    BreaksOff,
    /// It is JSON, and not what it should be.
    Mismatch(Mismatch),
}

/// A part of a body that is not what it should be. Both texts quote the body: they may be long, and may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The path of the part: `data[3].attributes.version`. Empty for the body itself.
    pub place: String,
    /// The end of a sentence that begins with the place: "is a list, not text".
    pub problem: String,
}

impl Mismatch {
    /// Whether a key is there twice in one object.
    pub fn is_doubled_key(&self) -> bool {
        self.problem == DOUBLED
    }
}

/// Reads a body that is an object.
///
/// A key that is there twice makes the object that holds it unreadable, since it answers one question twice. Only keys
/// that are not read may be there more than once.
///
/// # Errors
/// The first thing that is not as it should be.
pub fn read<T: DeserializeOwned>(body: &str) -> Result<T, Unreadable> {
    read_at("", body).map(|Object(value)| value)
}

/// Checks that a body is JSON, whatever it holds.
///
/// # Errors
/// It is not.
pub fn check(body: &str) -> Result<(), Unreadable> {
    read_flat("", body).map(|IgnoredAny| ())
}

/// Reads a part of a body that is at `place` in it; the body itself where `place` is empty.
pub(crate) fn read_at<'a, T: Deserialize<'a>>(place: &str, json: &'a str) -> Result<T, Unreadable> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        unreadable(place, if path == "." { "" } else { &path }, &error.into_inner())
    })?;
    deserializer.end().map_err(|error| unreadable(place, "", &error))?;
    Ok(value)
}

/// As [`read_at`], for what cannot be wrong deeper than in its own members' names: without the weight of tracking.
pub(crate) fn read_flat<'a, T: Deserialize<'a>>(place: &str, json: &'a str) -> Result<T, Unreadable> {
    serde_json::from_str(json).map_err(|error| unreadable(place, "", &error))
}

fn unreadable(place: &str, path: &str, error: &serde_json::Error) -> Unreadable {
    match error.classify() {
        Category::Eof => Unreadable::BreaksOff,
        Category::Syntax | Category::Io if place.is_empty() => Unreadable::NotJson { line: error.line() },
        // The body was skimmed before: a text that is no Unicode, a number that is too large, too many levels.
        Category::Syntax | Category::Io => mismatch(place, path, "is not valid JSON"),
        Category::Data => {
            let message = error.to_string();
            let position = [" at line ", &error.line().to_string(), " column ", &error.column().to_string()].concat();
            let message = message.strip_suffix(&position).unwrap_or(&message);
            let (member, problem) = in_words(message);
            mismatch(place, &join(path.to_owned(), member), &problem)
        }
    }
}

fn mismatch(place: &str, path: &str, problem: &str) -> Unreadable {
    Unreadable::Mismatch(Mismatch { place: join(place.to_owned(), path), problem: problem.to_owned() })
}

/// The path of `member` in `place`.
fn join(mut place: String, member: &str) -> String {
    if !place.is_empty() && !member.is_empty() && !member.starts_with('[') {
        place.push('.');
    }
    place.push_str(member);
    place
}

/// A message of serde's as the end of a sentence, and the member that it is about where the path does not have it.
fn in_words(message: &str) -> (&str, String) {
    let member = |start: &str| message.strip_prefix(start)?.split_once('`').map(|(member, _)| member);
    if let Some(member) = member("missing field `") {
        return (member, "is missing".to_owned());
    }
    if let Some(member) = member("duplicate field `") {
        return (member, DOUBLED.to_owned());
    }
    if message.starts_with("unknown field `") {
        return ("", "is unknown".to_owned());
    }
    // Nothing that is expected has a comma in its name.
    let types = message.strip_prefix("invalid type: ").and_then(|types| types.rsplit_once(','));
    match types.and_then(|(found, expected)| Some((found, expected.strip_prefix(" expected ")?))) {
        Some(("null", _)) => ("", "is missing".to_owned()),
        Some((found, expected)) => {
            let expected = if expected == "a sequence" { "a list" } else { expected };
            ("", ["is ", found_in_words(found), ", not ", expected].concat())
        }
        None => ("", ["cannot be read: ", message].concat()),
    }
}

/// What serde found, in the words of JSON; a text, a number or a boolean as it is written.
fn found_in_words(found: &str) -> &str {
    match found {
        "map" => "an object",
        "sequence" => "a list",
        _ => match found.strip_prefix("string ") {
            Some(text) => text,
            None => found.split('`').nth(1).unwrap_or(found),
        },
    }
}
