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
    /// Reads every shape of error body that was seen: JSON:API's objects, an array of texts, an object of arrays by
    /// field, and the words of other servers on the way (`{"message": "…"}`). What fits none of them is left out, so that
    /// no errors at all is a body without a reason.
    ///
    /// The shapes are tried one after the other: `#[serde(untagged)]` does the same, but weighs 7 kB in the browser.
    pub fn read(body: &str) -> Self {
        let Some(members) = members(body) else { return Self { errors: listed(body) } };
        let mut errors = match of_name(&members, "errors") {
            Some(errors) => by_field(errors).unwrap_or_else(|| listed(errors)),
            None => Vec::new(),
        };
        for name in WORDS {
            if errors.is_empty() {
                errors = of_name(&members, name).map(listed).unwrap_or_default();
            }
        }
        Self { errors }
    }
}

impl ErrorObject {
    /// The attribute of the request that the error is about: `url` for the pointer `/data/attributes/url`, or for a
    /// parameter of that name.
    pub fn attribute(&self) -> Option<&str> {
        let source = self.source.as_ref()?;
        let name = match &source.pointer {
            Some(_) => self.pointer()?.split('/').next()?,
            None => source.parameter.as_deref()?,
        };
        (!name.is_empty()).then_some(name)
    }

    /// The place in `archs` that the pointer is about, from 0, and the member there, empty for none: `(1, "url")` for
    /// `/data/attributes/archs/1/url`, also where it is written `archs[1].url`.
    pub fn arch(&self) -> Option<(usize, &str)> {
        let place = self.pointer()?.strip_prefix("archs")?.trim_start_matches(['/', '[', '.']);
        let member = place.trim_start_matches(|it: char| it.is_ascii_digit());
        let index = place.strip_suffix(member)?.parse().ok()?;
        Some((index, member.trim_matches(['/', ']', '.'])))
    }

    /// The pointer below the attributes, whether it is written as a pointer, as a fragment or without its first slash.
    fn pointer(&self) -> Option<&str> {
        let pointer = self.source.as_ref()?.pointer.as_deref()?;
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer);
        pointer.strip_prefix('/').unwrap_or(pointer).strip_prefix("data/attributes/")
    }

    /// The sentence to show: the detail, else the title.
    pub fn message(&self) -> Option<&str> {
        [&self.detail, &self.title].into_iter().flatten().map(String::as_str).find(|text| !text.trim().is_empty())
    }
}

/// Where other servers have the words of an error, the most telling first.
const WORDS: [&str; 5] = ["detail", "message", "error_description", "error", "title"];

type MemberList<'a> = Vec<(String, &'a RawValue)>;

fn members(json: &str) -> Option<MemberList<'_>> {
    serde_json::from_str(json).ok().map(|Members(members)| members)
}

/// The member of that name, unless it is there twice.
fn of_name<'a>(members: &MemberList<'a>, name: &str) -> Option<&'a str> {
    let mut found = members.iter().filter(|(it, _)| it == name);
    found.next().filter(|_| found.next().is_none()).map(|(_, json)| json.get())
}

/// The errors of a list, or the only one.
fn listed(errors: &str) -> Vec<ErrorObject> {
    match serde_json::from_str::<Vec<&RawValue>>(errors) {
        Ok(items) => items.into_iter().filter_map(|it| error(it.get())).collect(),
        Err(_) => error(errors).into_iter().collect(),
    }
}

/// The error, unless it has no word and is about nothing.
fn error(json: &str) -> Option<ErrorObject> {
    let mut error = match serde_json::from_str(json) {
        Ok(Object(error)) => error,
        Err(_) => ErrorObject { detail: Some(text(json)?), ..ErrorObject::default() },
    };
    if error.message().is_none() {
        let members = members(json).unwrap_or_default();
        error.detail = WORDS.iter().find_map(|name| text(of_name(&members, name)?));
    }
    let is_telling = error.message().or(error.attribute()).is_some();
    is_telling.then_some(error)
}

fn text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok().map(|Text(text)| text)
}

/// The errors by the fields of the request, each of which has a text or several.
fn by_field(errors: &str) -> Option<Vec<ErrorObject>> {
    let of_field = |(name, messages): (String, &RawValue)| {
        let source = ErrorSource { pointer: Some(["/data/attributes/", &name].concat()), parameter: None };
        let mut errors = listed(messages.get());
        for error in &mut errors {
            error.source = Some(source.clone());
        }
        errors
    };
    Some(members(errors)?.into_iter().flat_map(of_field).collect())
}
