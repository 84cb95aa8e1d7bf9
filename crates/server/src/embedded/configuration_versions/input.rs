//! The body of a create. Generous where real clients are careless (facts.md 3.3): `null` is the same as not there,
//! unknown members are ignored, `remotes` among them, and a number or a boolean counts as its text.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde_json::{Map, Value};
use wire::{TextMap, TfVar};

use super::error::{LegacyError, Problems};
use crate::{embedded::Embedded, limits::LONGEST_CREATE};

const LONGEST_KEY: usize = 255;
const LONGEST_VALUE: usize = 256 * 1024;

/// A body that is JSON.
pub(super) struct CreateBody(Value);

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
        let value = serde_json::from_slice(&bytes)
            .map_err(|error| LegacyError::Malformed(format!("The body is not JSON: {error}")))?;
        Ok(Self(value))
    }
}

impl CreateBody {
    pub(super) fn attributes(&self, problems: &mut Problems) -> Attributes {
        let Some(Value::Object(version)) = self.0.get("version") else {
            problems.insert("version", vec!["must be an object".to_owned()]);
            return Attributes::default();
        };
        Attributes {
            metadata: text_map(version, "metadata", problems),
            variables: text_map(version, "variables", problems),
            tf_vars: tf_vars(version, problems),
        }
    }
}

fn text_map(version: &Map<String, Value>, field: &'static str, problems: &mut Problems) -> TextMap {
    let mut wrong = Vec::new();
    let pairs = match version.get(field) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(members)) => {
            members.iter().map(|(key, value)| (key.clone(), checked(key, value, &mut wrong))).collect()
        }
        Some(_) => {
            wrong.push("must be an object of texts".to_owned());
            Vec::new()
        }
    };
    if !wrong.is_empty() {
        problems.insert(field, wrong);
    }
    TextMap(pairs)
}

fn tf_vars(version: &Map<String, Value>, problems: &mut Problems) -> Vec<TfVar> {
    let mut wrong = Vec::new();
    let vars = match version.get("tf_vars") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(items)) => items.iter().filter_map(|item| tf_var(item, &mut wrong)).collect(),
        Some(_) => {
            wrong.push("must be a list".to_owned());
            Vec::new()
        }
    };
    if !wrong.is_empty() {
        problems.insert("tf_vars", wrong);
    }
    vars
}

fn tf_var(item: &Value, wrong: &mut Vec<String>) -> Option<TfVar> {
    let Some(Value::String(key)) = item.get("key") else {
        wrong.push("must have a key in each item".to_owned());
        return None;
    };
    let value = item.get("value").map(|value| checked(key, value, wrong)).unwrap_or_default();
    let hcl = match item.get("hcl") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(hcl)) => *hcl,
        Some(_) => {
            wrong.push(format!("has a mark hcl at \"{key}\" that is neither true nor false"));
            false
        }
    };
    Some(TfVar { key: key.clone(), value, hcl })
}

/// The value as text. Adds what is wrong with it and its key, as the end of a sentence that begins with the field.
fn checked(key: &str, value: &Value, wrong: &mut Vec<String>) -> String {
    if key.is_empty() {
        wrong.push("has an empty key".to_owned());
    }
    if key.len() > LONGEST_KEY {
        wrong.push(format!("has a key that is too long (maximum is {LONGEST_KEY} bytes)"));
        return String::new();
    }
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            wrong.push(format!("has a value at \"{key}\" that is no text"));
            return String::new();
        }
    };
    if text.len() > LONGEST_VALUE {
        wrong.push(format!("has a value at \"{key}\" that is too long (maximum is {LONGEST_VALUE} bytes)"));
    }
    text
}
