//! The Admin Terraform Versions API.

use serde::Serialize;
use wire::{
    CreateTerraformVersion, Document, FromJson, NewResource, Pagination, TERRAFORM_VERSIONS, TerraformVersion,
    UpdateTerraformVersion,
};

use super::{
    ApiError, Client, Method, Result,
    pagination::pagination,
    url::{encode, push_query},
};

const PATH: &str = "/admin/terraform-versions";

/// Which page of which versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOptions {
    /// From 1.
    pub page: u64,
    /// Versions on a page: 1 to 100.
    pub size: u64,
    /// Part of the version; empty for all. Servers before v202201-2 ignore it.
    pub search: String,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self { page: 1, size: 20, search: String::new() }
    }
}

/// A page of versions, in the server's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionPage {
    /// The versions.
    pub items: Vec<TerraformVersion>,
    /// Where this page stands: made up where the server does not say, and put right where it says what cannot be.
    pub pagination: Pagination,
    /// Which of all versions the first of `items` is, from 1.
    pub first: u64,
}

/// One page of the versions that the installation knows.
pub async fn list(client: &Client, options: &ListOptions) -> Result<VersionPage> {
    let page = options.page.max(1);
    let size = options.size.clamp(1, 100);
    let mut path = PATH.to_owned();
    push_query(&mut path, "page%5Bnumber%5D", &page.to_string());
    push_query(&mut path, "page%5Bsize%5D", &size.to_string());
    if !options.search.is_empty() {
        push_query(&mut path, "search%5Bversion%5D", &options.search);
    }
    let answer = client.read(&path).await?;
    let json = answer.json()?;
    let items: Vec<TerraformVersion> = answer.expect(json.get("data").and_then(Vec::from_json))?;
    for item in &items {
        answer.check_kind(&item.kind, TERRAFORM_VERSIONS)?;
    }
    let (pagination, first) = pagination(json.get("meta"), page, size, items.len());
    Ok(VersionPage { items, pagination, first })
}

/// One version. 404 also when the token is not an administrator's.
pub async fn read(client: &Client, id: &str) -> Result<TerraformVersion> {
    client.read(&path_of(id)?).await?.resource(TERRAFORM_VERSIONS)
}

/// Adds a version.
pub async fn create(client: &Client, version: &CreateTerraformVersion) -> Result<TerraformVersion> {
    client.write(Method::Post, PATH, &document(version)).await?.resource(TERRAFORM_VERSIONS)
}

/// Changes what is named in `changes`, and nothing else.
pub async fn update(client: &Client, id: &str, changes: &UpdateTerraformVersion) -> Result<TerraformVersion> {
    client.write(Method::Patch, &path_of(id)?, &document(changes)).await?.resource(TERRAFORM_VERSIONS)
}

/// Deletes a version. Refused (422) for official versions and for those in use.
pub async fn delete(client: &Client, id: &str) -> Result<()> {
    client.delete(&path_of(id)?).await
}

fn document<A: Serialize>(attributes: A) -> Document<NewResource<A>> {
    Document { data: NewResource { kind: TERRAFORM_VERSIONS.to_owned(), attributes } }
}

/// The path of one version. An id that a browser would resolve to another path names nothing.
fn path_of(id: &str) -> Result<String> {
    if matches!(id, "" | "." | "..") {
        return Err(ApiError::NotFound);
    }
    Ok([PATH, "/", &encode(id)].concat())
}
