//! The body of a request: a JSON:API document with one resource, read without knowing its attributes.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde_json::{Map, Value};

use super::{
    Embedded,
    error::{ApiError, Invalid},
    once::Once,
};
use crate::documents;

/// A body that is JSON. Whether it is a document, [`ResourceBody::attributes`] tells.
pub(crate) struct ResourceBody(Once);

impl FromRequest<Embedded> for ResourceBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &Embedded) -> Result<Self, ApiError> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge(documents::LONGEST),
            _ => ApiError::Malformed(format!("The body did not arrive: {rejection}")),
        })?;
        let json = serde_json::from_slice(&bytes)
            .map_err(|error| ApiError::Malformed(format!("The body is not JSON: {error}")))?;
        Ok(Self(json))
    }
}

impl ResourceBody {
    /// The attributes. What is wrong with the document around them is added to `problems`, so that it is told together
    /// with what is wrong in them; missing attributes are none. An id that is not that of the address (`id`) is wrong: the
    /// request is meant for another resource.
    pub(crate) fn attributes(self, kind: &str, id: Option<&str>, problems: &mut Vec<Invalid>) -> Map<String, Value> {
        let Once { value, twins } = self.0;
        // Of two members of one name nobody knows which one counts.
        problems.extend(twins.into_iter().map(|pointer| {
            let name = pointer.rsplit('/').next().unwrap_or_default();
            let detail = Invalid::attribute(name, "is there twice").detail;
            Invalid { pointer, detail }
        }));
        let mut problem = |pointer: &str, detail: String| {
            problems.push(Invalid { pointer: pointer.to_owned(), detail });
        };
        let Value::Object(mut document) = value else {
            problem("/data", "The body must be an object with the member data".to_owned());
            return Map::new();
        };
        let Some(Value::Object(mut resource)) = document.remove("data") else {
            problem("/data", "Data must be an object".to_owned());
            return Map::new();
        };
        if resource.get("type").and_then(Value::as_str) != Some(kind) {
            problem("/data/type", format!("Type must be \"{kind}\""));
        }
        let told = resource.get("id").filter(|told| !told.is_null() && *told != "");
        if let (Some(id), Some(told)) = (id, told)
            && told != id
        {
            problem("/data/id", "Id must be that of the address, or left out".to_owned());
        }
        match resource.remove("attributes") {
            Some(Value::Object(attributes)) => attributes,
            None => Map::new(),
            Some(_) => {
                problem("/data/attributes", "Attributes must be an object".to_owned());
                Map::new()
            }
        }
    }
}
