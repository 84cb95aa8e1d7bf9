//! JSON:API documents: one resource, a page of resources, and a resource that has no id yet.

use serde::{Deserialize, Serialize};

use crate::{AnyJson, FromJson, Links, Pagination};

/// A document with one primary `data` member: an answer with [`Resource`], a request with [`NewResource`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document<D> {
    /// The resource.
    pub data: D,
}

/// A resource as the server sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resource<A> {
    /// Opaque; `tool-` and 16 alphanumerics on Terraform Enterprise. Sent as a number by some: read as text.
    pub id: String,
    /// The JSON:API type, for example `terraform-versions`; empty where a server leaves it out.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the resource says of itself.
    pub attributes: A,
}

/// A resource as a client sends it: without an id, which the server gives or the URL names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewResource<A> {
    /// The JSON:API type, for example `terraform-versions`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The attributes to set.
    pub attributes: A,
}

/// One page of a list.
///
/// `links` and `meta` are missing on implementations that do not paginate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListDocument<A> {
    /// The page's resources, in the server's order.
    pub data: Vec<Resource<A>>,
    /// Absolute URLs with the installation's own host: shown to other clients, never followed by the console.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// Where this page stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// The `meta` member of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Missing where the implementation does not paginate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}

impl<D: FromJson> FromJson for Document<D> {
    fn from_json(json: &AnyJson) -> Option<Self> {
        Some(Self { data: D::from_json(json.get("data")?)? })
    }
}

impl<A: FromJson> FromJson for Resource<A> {
    fn from_json(json: &AnyJson) -> Option<Self> {
        Some(Self {
            id: json.get("id")?.text()?.to_owned(),
            kind: json.optional_text("type")?.unwrap_or_default(),
            attributes: A::from_json(json.get("attributes")?)?,
        })
    }
}
