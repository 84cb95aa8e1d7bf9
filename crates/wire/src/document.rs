//! JSON:API documents: one resource, a page of resources, and a resource that has no id yet.

use serde::{Deserialize, Serialize};

use crate::{Links, Pagination, tolerant};

/// A document with one primary `data` member: a response with [`Resource`], a request with [`NewResource`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "D: Deserialize<'de>"), expecting = "an object")]
pub struct Document<D> {
    /// The resource.
    #[serde(deserialize_with = "tolerant::object")]
    pub data: D,
}

/// A resource as the server sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "A: Deserialize<'de>"), expecting = "an object")]
pub struct Resource<A> {
    /// Opaque; `tool-` and 16 alphanumerics on Terraform Enterprise. Sent as a number by some: read as text.
    #[serde(deserialize_with = "tolerant::text")]
    pub id: String,
    /// The JSON:API type, for example `terraform-versions`; empty where a server leaves it out.
    #[serde(rename = "type", default, deserialize_with = "tolerant::text_or_empty")]
    pub kind: String,
    /// What the resource says of itself.
    #[serde(deserialize_with = "tolerant::object")]
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

/// One page of a list, as the server writes it. The console reads it as a
/// [`ResourceList`](crate::ResourceList), which keeps what can be read of it.
///
/// `links` and `meta` are missing on implementations that do not paginate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "A: Deserialize<'de>"), expecting = "an object")]
pub struct ListDocument<A> {
    /// The page's resources, in the server's order.
    pub data: Vec<Resource<A>>,
    /// Absolute URLs with the installation's own host: shown to other clients, never followed by the console.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// Where this page stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
}

/// The `meta` member of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Missing where the implementation does not paginate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagination: Option<Pagination>,
}
