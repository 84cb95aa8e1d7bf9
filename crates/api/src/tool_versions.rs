//! The Admin Terraform Versions API and its twins for OPA and Sentinel.

use domain::{
    Tool,
    url::{encode, push_query},
};
use serde::Serialize;
use wire::{
    CreateToolVersion, Document, Mismatch, NewResource, Pagination, ReportedPagination, ToolVersion, UpdateToolVersion,
};

use super::{ApiError, Client, Method, Result, answer::Answer, pagination::pagination};

/// The most places of unreadable versions that a page tells.
const MOST_UNREADABLE: usize = 20;

/// The most versions on a page that the API allows.
pub(super) const LARGEST_PAGE: u64 = 100;

/// The most pages that are gone through to find a version, where the server does not do it.
const MOST_PAGES: u64 = 100;

/// Which page of which versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListOptions {
    /// From 1.
    pub page: u64,
    /// Versions on a page: 1 to 100.
    pub size: u64,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self { page: 1, size: 20 }
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
    let ListOptions { page, size } = *options;
    page_in(&client.read(&path_of_page(tool, page, size, "")).await?, tool, page, size)
}

/// The version of exactly this number, if the installation has one. A server that refuses or ignores the filter is asked
/// for its whole list.
///
/// # Errors
/// As for every call.
pub async fn find(client: &Client, tool: Tool, version: &str) -> Result<Option<ToolVersion>> {
    let mut filter = version;
    let mut page = 1;
    while page <= MOST_PAGES {
        let answer = match client.read(&path_of_page(tool, page, LARGEST_PAGE, filter)).await {
            Err(error) if error.is_refusal() && !filter.is_empty() => {
                filter = "";
                continue;
            }
            answer => answer?,
        };
        let listed = page_in(&answer, tool, page, LARGEST_PAGE)?;
        let found = listed.items.into_iter().find(|it| it.attributes.version == version);
        if found.is_some() || listed.pagination.next_page.is_none() {
            return Ok(found);
        }
        page += 1;
    }
    Ok(None)
}

/// A page of versions as the server tells it.
pub(super) struct Listed {
    pub(super) items: Vec<ToolVersion>,
    pub(super) unreadable_count: usize,
    pub(super) unreadable: Vec<Mismatch>,
    pub(super) reported: Option<ReportedPagination>,
}

/// One page of all versions, read as one of many; of the server's own size where none is asked for.
pub(super) async fn page_in_turn(client: &Client, tool: Tool, page: u64, size: Option<u64>) -> Result<Listed> {
    let mut path = path_of_all(tool);
    push_query(&mut path, "page%5Bnumber%5D", &page.to_string());
    if let Some(size) = size {
        push_query(&mut path, "page%5Bsize%5D", &size.to_string());
    }
    listed_in(&client.read_in_turn(&path).await?, tool)
}

/// The path of a page of the versions of exactly this number; of all where that is empty.
fn path_of_page(tool: Tool, page: u64, size: u64, version: &str) -> String {
    let mut path = path_of_all(tool);
    push_query(&mut path, "page%5Bnumber%5D", &page.max(1).to_string());
    push_query(&mut path, "page%5Bsize%5D", &size.clamp(1, LARGEST_PAGE).to_string());
    if !version.is_empty() {
        push_query(&mut path, "filter%5Bversion%5D", version);
    }
    path
}

/// The page in an answer to the question for this one.
fn page_in(answer: &Answer, tool: Tool, page: u64, size: u64) -> Result<VersionPage> {
    let Listed { items, unreadable_count, unreadable, reported } = listed_in(answer, tool)?;
    let (page, size) = (page.max(1), size.clamp(1, LARGEST_PAGE));
    let (pagination, first) = pagination(reported.as_ref(), page, size, items.len() + unreadable_count);
    Ok(VersionPage { items, unreadable_count, unreadable, pagination, first })
}

fn listed_in(answer: &Answer, tool: Tool) -> Result<Listed> {
    let list = answer.resources(tool.resource())?;
    let items: Vec<ToolVersion> = list.readable.into_iter().map(|(_, version)| version).collect();
    let unreadable = list.unreadable.iter().take(MOST_UNREADABLE).map(|it| answer.shown_mismatch(it)).collect();
    Ok(Listed { items, unreadable_count: list.unreadable.len(), unreadable, reported: list.pagination })
}

/// One version.
///
/// # Errors
/// As for every call; not found also when the token has no right to see it.
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

/// How a delete was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// As the specification has it (204): it was done.
    Done,
    /// With another success, of this status: some installations answer so and delete nothing.
    Claimed(u16),
}

/// Deletes a version.
///
/// # Errors
/// As for every call; invalid (422) for official versions and for those in use.
pub async fn delete(client: &Client, tool: Tool, id: &str) -> Result<Deletion> {
    Ok(match client.delete(&path_of(tool, id)?).await? {
        204 => Deletion::Done,
        status => Deletion::Claimed(status),
    })
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
