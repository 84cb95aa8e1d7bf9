//! The body of a create. Generous where real clients are careless (facts.md 3.3): `null` is the same as not there,
//! unknown members are ignored, `remotes` among them, and a number or a boolean counts as its text.
//!
//! What is taken is kept as it was sent: a number with all its digits, whatever a computer would make of them. What cannot
//! be kept so is refused, such as a key that is there twice.

use std::collections::HashSet;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde_json::value::RawValue;
use wire::{TextMap, TfVar};

use crate::members::Members;

use crate::{
    documents::LONGEST_CREATE,
    embedded::{
        Embedded,
        legacy_error::{LegacyError, Problems},
    },
};

const LONGEST_KEY: usize = 255;
const LONGEST_VALUE: usize = 256 * 1024;

/// A body that is JSON.
pub(super) struct CreateBody(Bytes);

/// The attributes of a new version. Only meant to be kept if no problem was added.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) metadata: TextMap,
    pub(super) variables: TextMap,
    pub(super) tf_vars: Vec<TfVar>,
}

impl FromRequest<Embedded> for CreateBody {
    type Rejection = LegacyError;

    async fn from_request(request: Request, state: &Embedded) -> Result<Self, LegacyError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => LegacyError::TooLarge("The body", LONGEST_CREATE as u64),
            _ => LegacyError::Malformed("The body did not arrive".to_owned()),
        })?;
        serde_json::from_slice::<&RawValue>(&bytes)
            .map_err(|error| LegacyError::Malformed(format!("The body is not JSON: {error}")))?;
        Ok(Self(bytes))
    }
}

impl CreateBody {
    pub(super) fn attributes(&self, problems: &mut Problems) -> Attributes {
        let body = serde_json::from_slice(&self.0).ok().and_then(Members::of);
        let version = body.as_ref().and_then(|body| body.get("version", problems)).and_then(Members::of);
        let Some(version) = version else {
            problems.add("version", "must be an object");
            return Attributes::default();
        };
        Attributes {
            metadata: text_map(&version, "metadata", problems),
            variables: text_map(&version, "variables", problems),
            tf_vars: tf_vars(&version, problems),
        }
    }
}

impl<'a> Members<'a> {
    /// Of a value that is an object.
    fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// The member of this name, unless it is `null`. Of several nobody knows which one counts, whatever they are.
    fn get(&self, name: &'static str, problems: &mut Problems) -> Option<&'a RawValue> {
        let found = || self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| *value);
        if found().count() > 1 {
            problems.add(name, "is there twice");
        }
        found().find(is_something)
    }
}

fn is_something(value: &&RawValue) -> bool {
    value.get() != "null"
}

fn text_map(version: &Members<'_>, field: &'static str, problems: &mut Problems) -> TextMap {
    let Some(value) = version.get(field, problems) else {
        return TextMap::default();
    };
    let Some(Members(members)) = Members::of(value) else {
        problems.add(field, "must be an object of texts");
        return TextMap::default();
    };
    let mut keys = HashSet::new();
    for (key, _) in &members {
        if !keys.insert(key.as_str()) {
            problems.add(field, format!("has the key \"{}\" twice", shown(key)));
        }
    }
    drop(keys);
    let pairs = members.into_iter().filter(|(_, value)| is_something(value)).map(|(key, value)| {
        let text = checked(field, &key, value, problems);
        (key, text)
    });
    TextMap(pairs.collect())
}

fn tf_vars(version: &Members<'_>, problems: &mut Problems) -> Vec<TfVar> {
    const FIELD: &str = "tf_vars";
    let Some(value) = version.get(FIELD, problems) else {
        return Vec::new();
    };
    let is_list = value.get().starts_with('[');
    let Some(items) = is_list.then(|| serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()).flatten() else {
        problems.add(FIELD, "must be a list");
        return Vec::new();
    };
    items.into_iter().filter_map(|item| tf_var(item, FIELD, problems)).collect()
}

fn tf_var(item: &RawValue, field: &'static str, problems: &mut Problems) -> Option<TfVar> {
    let Members(members) = Members::of(item).unwrap_or(Members(Vec::new()));
    let all = |name: &'static str| members.iter().filter(move |(key, _)| key == name).map(|(_, value)| *value);
    let member = |name: &'static str| all(name).find(is_something);
    let Some(key) = member("key").and_then(text_of) else {
        problems.add(field, "must have a key in each item");
        return None;
    };
    if ["key", "value", "hcl"].into_iter().any(|name| all(name).count() > 1) {
        problems.add(field, format!("has a member twice at \"{}\"", shown(&key)));
    }
    let value = member("value").map(|value| checked(field, &key, value, problems)).unwrap_or_default();
    let hcl = match member("hcl").map(RawValue::get) {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            problems.add(field, format!("has a mark hcl at \"{}\" that is neither true nor false", shown(&key)));
            false
        }
    };
    Some(TfVar { key, value, hcl })
}

/// The value as the text that was sent. Adds what is wrong with it and its key.
fn checked(field: &'static str, key: &str, value: &RawValue, problems: &mut Problems) -> String {
    if key.is_empty() {
        problems.add(field, "has an empty key");
    }
    if key.len() > LONGEST_KEY {
        problems.add(field, format!("has a key that is too long (maximum is {LONGEST_KEY} bytes)"));
        return String::new();
    }
    let text = match value.get().as_bytes().first() {
        Some(b'"') => text_of(value),
        Some(b'{' | b'[') => None,
        _ => Some(value.get().to_owned()),
    };
    let Some(text) = text else {
        problems.add(field, format!("has a value at \"{key}\" that is no text"));
        return String::new();
    };
    if text.len() > LONGEST_VALUE {
        problems.add(field, format!("has a value at \"{key}\" that is too long (maximum is {LONGEST_VALUE} bytes)"));
    }
    text
}

fn text_of(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

/// A key in a sentence: one that is too long is told elsewhere.
fn shown(key: &str) -> &str {
    domain::text::cut(key, LONGEST_KEY)
}
