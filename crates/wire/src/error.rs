//! Error bodies: JSON:API's, and the shapes of the legacy API that were seen in the wild (facts.md 1.8 and 3.1).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient::optional_text;

/// What an API says when it refuses: `{"errors": […]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDocument {
    /// At least one, as written by a well-behaved server.
    pub errors: Vec<ErrorObject>,
}

/// One error. Every member is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorObject {
    /// The HTTP status, as text or as a number.
    #[serde(default, deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The kind of error, for example `invalid attribute`; its case varies by release.
    #[serde(default, deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is wrong, in a sentence.
    #[serde(default, deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the error is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<ErrorSource>,
}

/// The part of the request that an error is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorSource {
    /// A JSON pointer into the request, for example `/data/attributes/url`.
    #[serde(default, deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The name of a query parameter.
    #[serde(default, deserialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl ErrorDocument {
    /// Reads every shape of error body that was seen: JSON:API's objects, an array of texts, and an object of arrays
    /// by field. What fits none of them is left out, so that no errors at all means that the body says nothing.
    pub fn read(body: &str) -> Self {
        let Ok(Value::Object(mut document)) = serde_json::from_str(body) else {
            return Self::default();
        };
        let errors = match document.remove("errors") {
            Some(Value::Array(items)) => items.into_iter().filter_map(ErrorObject::read).collect(),
            Some(Value::Object(fields)) => {
                fields.into_iter().flat_map(|(field, value)| ErrorObject::of_field(&field, value)).collect()
            }
            Some(Value::String(text)) => vec![ErrorObject::text(text)],
            _ => Vec::new(),
        };
        Self { errors }
    }
}

impl ErrorObject {
    /// The last segment of the pointer, if it points at an attribute of the request: `url` for `/data/attributes/url`.
    pub fn attribute(&self) -> Option<&str> {
        let pointer = self.source.as_ref()?.pointer.as_deref()?;
        let name = pointer.strip_prefix("/data/attributes/")?.split('/').next()?;
        (!name.is_empty()).then_some(name)
    }

    /// The sentence to show: the detail, else the title.
    pub fn message(&self) -> Option<&str> {
        [&self.detail, &self.title].into_iter().flatten().map(String::as_str).find(|text| !text.trim().is_empty())
    }

    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self::text(text)),
            Value::Object(_) => serde_json::from_value(value).ok(),
            _ => None,
        }
    }

    fn text(detail: String) -> Self {
        Self { detail: Some(detail), ..Self::default() }
    }

    fn of_field(field: &str, value: Value) -> Vec<Self> {
        let texts = match value {
            Value::Array(items) => items,
            other => vec![other],
        };
        let source = ErrorSource { pointer: Some(format!("/data/attributes/{field}")), parameter: None };
        texts
            .into_iter()
            .filter_map(|text| match text {
                Value::String(text) => Some(Self { source: Some(source.clone()), ..Self::text(text) }),
                _ => None,
            })
            .collect()
    }
}
