//! Error bodies: JSON:API's, and the shapes of the legacy API that were seen in the wild (facts.md 1.8 and 3.1).

use serde::Serialize;

use crate::AnyJson;

/// What an API says when it refuses: `{"errors": […]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorDocument {
    /// At least one, as written by a well-behaved server.
    pub errors: Vec<ErrorObject>,
}

/// One error. Every member is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorObject {
    /// The HTTP status, as text or as a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The kind of error, for example `invalid attribute`; its case varies by release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What is wrong, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the error is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<ErrorSource>,
}

/// The part of the request that an error is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ErrorSource {
    /// A JSON pointer into the request, for example `/data/attributes/url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The name of a query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

impl ErrorDocument {
    /// Reads every shape of error body that was seen: JSON:API's objects, an array of texts, and an object of arrays
    /// by field. What fits none of them is left out, so that no errors at all means that the body says nothing.
    pub fn read(body: &str) -> Self {
        let document: AnyJson = serde_json::from_str(body).unwrap_or_default();
        let errors = match document.get("errors") {
            Some(AnyJson::List(items)) => items.iter().filter_map(ErrorObject::read).collect(),
            Some(AnyJson::Object(fields)) => fields.iter().flat_map(|(name, told)| of_field(name, told)).collect(),
            Some(AnyJson::Text(text)) => vec![told(text, None)],
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

    fn read(value: &AnyJson) -> Option<Self> {
        let member = |of: &AnyJson, name: &str| of.get(name)?.text().map(str::to_owned);
        match value {
            AnyJson::Text(text) => Some(told(text, None)),
            AnyJson::Object(_) => Some(Self {
                status: member(value, "status"),
                title: member(value, "title"),
                detail: member(value, "detail"),
                source: value.get("source").map(|source| ErrorSource {
                    pointer: member(source, "pointer"),
                    parameter: member(source, "parameter"),
                }),
            }),
            _ => None,
        }
    }
}

/// What the legacy API says of one field: a text or several.
fn of_field(name: &str, texts: &AnyJson) -> Vec<ErrorObject> {
    let source = ErrorSource { pointer: Some(["/data/attributes/", name].concat()), parameter: None };
    let texts = [texts].into_iter().chain(texts.items());
    texts.filter_map(|text| Some(told(text.text()?, Some(source.clone())))).collect()
}

fn told(text: &str, source: Option<ErrorSource>) -> ErrorObject {
    ErrorObject { detail: Some(text.to_owned()), source, ..ErrorObject::default() }
}
