//! The Admin Terraform Versions API and its twins for OPA and Sentinel.

use domain::{
    Tool,
    url::{encode, push_query},
};
use serde::Serialize;
use wire::{CreateToolVersion, Document, Mismatch, NewResource, Pagination, ToolVersion, UpdateToolVersion};

use super::{ApiError, Client, Method, Result, pagination::pagination};

/// The most places of unreadable versions that a page tells.
const MOST_UNREADABLE: usize = 20;

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
    /// The versions that could be read.
    pub items: Vec<ToolVersion>,
    /// How many versions of this page could not be read. They count in `pagination` and `first` like the others.
    pub unreadable_count: usize,
    /// Place and problem of each of them, at most 20, without the token.
    pub unreadable: Vec<Mismatch>,
    /// The position of this page: derived where the server does not report it, and corrected where its report is
    /// impossible.
    pub pagination: Pagination,
    /// The position of the page's first version among all, from 1.
    pub first: u64,
}

/// One page of the versions that the installation knows. A version that cannot be read does not hide the others.
///
/// # Errors
/// As for every call. Unreadable if the body has no list, or none of its versions can be read.
pub async fn list(client: &Client, tool: Tool, options: &ListOptions) -> Result<VersionPage> {
    let page = options.page.max(1);
    let size = options.size.clamp(1, 100);
    let mut path = path_of_all(tool);
    push_query(&mut path, "page%5Bnumber%5D", &page.to_string());
    push_query(&mut path, "page%5Bsize%5D", &size.to_string());
    if !options.search.is_empty() {
        push_query(&mut path, "search%5Bversion%5D", &options.search);
    }
    let answer = client.read(&path).await?;
    let list = answer.resources(tool.resource())?;
    let items: Vec<ToolVersion> = list.readable.into_iter().map(|(_, version)| version).collect();
    let unreadable_count = list.unreadable.len();
    let unreadable = list.unreadable.iter().take(MOST_UNREADABLE).map(|it| answer.shown_mismatch(it)).collect();
    let (pagination, first) = pagination(list.pagination.as_ref(), page, size, items.len() + unreadable_count);
    Ok(VersionPage { items, unreadable_count, unreadable, pagination, first })
}

/// One version.
///
/// # Errors
/// As for every call; not found also when the token is not an administrator's.
pub async fn read(client: &Client, tool: Tool, id: &str) -> Result<ToolVersion> {
    client.read(&path_of(tool, id)?).await?.resource(tool.resource())
}

/// Adds a version.
///
/// # Errors
/// As for every call; invalid where the installation refuses an attribute.
pub async fn create(client: &Client, tool: Tool, version: &CreateToolVersion) -> Result<ToolVersion> {
    client.write(Method::Post, &path_of_all(tool), &document(tool, version)).await?.resource(tool.resource())
}

/// Changes the attributes in `changes` and no others.
///
/// # Errors
/// As for every call; invalid where the installation refuses an attribute.
pub async fn update(client: &Client, tool: Tool, id: &str, changes: &UpdateToolVersion) -> Result<ToolVersion> {
    client.write(Method::Patch, &path_of(tool, id)?, &document(tool, changes)).await?.resource(tool.resource())
}

/// Deletes a version.
///
/// # Errors
/// As for every call; invalid (422) for official versions and for those in use.
pub async fn delete(client: &Client, tool: Tool, id: &str) -> Result<()> {
    client.delete(&path_of(tool, id)?).await
}

fn document<A: Serialize>(tool: Tool, attributes: A) -> Document<NewResource<A>> {
    Document { data: NewResource { kind: tool.resource().to_owned(), attributes } }
}

fn path_of_all(tool: Tool) -> String {
    ["/admin/", tool.resource()].concat()
}

/// The path of one version. An id that a browser would resolve to another path names nothing.
fn path_of(tool: Tool, id: &str) -> Result<String> {
    if matches!(id, "" | "." | "..") {
        return Err(ApiError::NotFound);
    }
    Ok([&path_of_all(tool), "/", &encode(id)].concat())
}
