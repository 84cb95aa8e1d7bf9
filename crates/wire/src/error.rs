//! Error bodies: JSON:API's, and the shapes of the legacy API that were seen in the wild (facts.md 1.8 and 3.1).

use serde::{Deserialize, Serialize, de::IgnoredAny};

use crate::tolerant::{self, Object};

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

/// The shapes of `errors` that were seen.
#[derive(Deserialize)]
#[serde(untagged)]
enum Errors {
    /// JSON:API, and the texts of the legacy API.
    List(Vec<ListedError>),
    /// Messages by field, in their order.
    ByField(#[serde(deserialize_with = "tolerant::members")] Vec<(String, Messages)>),
    Message(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ListedError {
    Object(Object<ErrorObject>),
    Message(#[serde(deserialize_with = "tolerant::text")] String),
    Other(IgnoredAny),
}

/// The messages about one field.
#[derive(Deserialize)]
#[serde(untagged)]
enum Messages {
    One(#[serde(deserialize_with = "tolerant::text")] String),
    Several(Vec<ListedError>),
    Other(IgnoredAny),
}

impl ErrorDocument {
    /// Reads every shape of error body that was seen: JSON:API's objects, an array of texts, and an object of arrays
    /// by field. What fits none of them is left out, so that no errors at all is a body without a reason.
    pub fn read(body: &str) -> Self {
        #[derive(Deserialize)]
        struct Body {
            errors: Errors,
        }

        let errors = match serde_json::from_str(body) {
            Ok(Object(Body { errors: Errors::List(errors) })) => errors.into_iter().filter_map(of_list).collect(),
            Ok(Object(Body { errors: Errors::ByField(fields) })) => fields.into_iter().flat_map(of_field).collect(),
            Ok(Object(Body { errors: Errors::Message(text) })) => vec![message(text)],
            Err(_) => Vec::new(),
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
}

fn of_list(error: ListedError) -> Option<ErrorObject> {
    match error {
        ListedError::Object(Object(error)) => Some(error),
        ListedError::Message(text) => Some(message(text)),
        ListedError::Other(_) => None,
    }
}

fn of_field((name, messages): (String, Messages)) -> Vec<ErrorObject> {
    let source = Some(ErrorSource { pointer: Some(["/data/attributes/", &name].concat()), parameter: None });
    let errors = match messages {
        Messages::One(text) => vec![ListedError::Message(text)],
        Messages::Several(errors) => errors,
        Messages::Other(_) => Vec::new(),
    };
    let of_this_field = |error| ErrorObject { source: source.clone(), ..error };
    errors.into_iter().filter_map(of_list).map(of_this_field).collect()
}

fn message(text: String) -> ErrorObject {
    ErrorObject { detail: Some(text), ..ErrorObject::default() }
}
