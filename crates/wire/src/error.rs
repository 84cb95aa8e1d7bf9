//! Error bodies: JSON:API's, and the shapes of the legacy API that were seen in the wild (facts.md 1.8 and 3.1).

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::tolerant::{self, Members, Object, Text};

/// The body of a refusal: `{"errors": […]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorDocument {
    /// At least one, as written by a well-behaved server.
    pub errors: Vec<ErrorObject>,
}

/// One error. Every member is optional; one of another type is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorObject {
    /// The HTTP status, as text or as a number.
    #[serde(default, deserialize_with = "tolerant::text_or_none", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The kind of error, for example `invalid attribute`; its case varies by release.
    #[serde(default, deserialize_with = "tolerant::text_or_none", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is wrong, in a sentence.
    #[serde(default, deserialize_with = "tolerant::text_or_none", skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the error is about.
    #[serde(default, deserialize_with = "tolerant::object_or_none", skip_serializing_if = "Option::is_none")]
    pub source: Option<ErrorSource>,
}

/// The part of the request that an error is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorSource {
    /// A JSON pointer into the request, for example `/data/attributes/url`.
    #[serde(default, deserialize_with = "tolerant::text_or_none", skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The name of a query parameter.
    #[serde(default, deserialize_with = "tolerant::text_or_none", skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl ErrorDocument {
    /// Reads every shape of error body that was seen: JSON:API's objects, an array of texts, and an object of arrays
    /// by field. What fits none of them is left out, so that no errors at all is a body without a reason.
    ///
    /// The shapes are tried one after the other: `#[serde(untagged)]` does the same, but weighs 7 kB in the browser.
    pub fn read(body: &str) -> Self {
        #[derive(Deserialize)]
        struct Body<'a> {
            #[serde(borrow)]
            errors: &'a RawValue,
        }

        let Ok(Object(Body { errors })) = serde_json::from_str(body) else { return Self::default() };
        if let Ok(Members(fields)) = serde_json::from_str::<Members<&RawValue>>(errors.get()) {
            return Self {
                errors: fields.into_iter().flat_map(|(name, messages)| of_field(&name, messages)).collect(),
            };
        }
        Self { errors: listed(errors) }
    }
}

impl ErrorObject {
    /// The last segment of the pointer, if it points at an attribute of the request: `url` for `/data/attributes/url`.
    pub fn attribute(&self) -> Option<&str> {
        let pointer = self.source.as_ref()?.pointer.as_deref()?;
        let name = pointer.strip_prefix("/data/attributes/")?.split('/').next()?;
        (!name.is_empty()).then_some(name)
    }

    /// The place in `archs` that the pointer is about, from 0, and the member there, empty for none: `(1, "url")` for
    /// `/data/attributes/archs/1/url`, also where it is written `archs[1].url`.
    pub fn arch(&self) -> Option<(usize, &str)> {
        let pointer = self.source.as_ref()?.pointer.as_deref()?;
        let place = pointer.strip_prefix("/data/attributes/archs")?.trim_start_matches(['/', '[', '.']);
        let member = place.trim_start_matches(|it: char| it.is_ascii_digit());
        let index = place.strip_suffix(member)?.parse().ok()?;
        Some((index, member.trim_matches(['/', ']', '.'])))
    }

    /// The sentence to show: the detail, else the title.
    pub fn message(&self) -> Option<&str> {
        [&self.detail, &self.title].into_iter().flatten().map(String::as_str).find(|text| !text.trim().is_empty())
    }
}

/// The errors of a list, or the only one.
fn listed(errors: &RawValue) -> Vec<ErrorObject> {
    match serde_json::from_str::<Vec<&RawValue>>(errors.get()) {
        Ok(items) => items.into_iter().filter_map(error).collect(),
        Err(_) => error(errors).into_iter().collect(),
    }
}

fn error(json: &RawValue) -> Option<ErrorObject> {
    match serde_json::from_str(json.get()) {
        Ok(Object(error)) => Some(error),
        Err(_) => {
            let Text(text) = serde_json::from_str(json.get()).ok()?;
            Some(ErrorObject { detail: Some(text), ..ErrorObject::default() })
        }
    }
}

/// The errors about one field of the request: a text or several.
fn of_field(name: &str, messages: &RawValue) -> Vec<ErrorObject> {
    let source = ErrorSource { pointer: Some(["/data/attributes/", name].concat()), parameter: None };
    let mut errors = listed(messages);
    for error in &mut errors {
        error.source = Some(source.clone());
    }
    errors
}
