//! Where a page of a list stands: `links` and `meta.pagination`.

use serde::{Deserialize, Serialize};

/// `meta.pagination` of a list. Pages count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Pagination {
    /// The page that was asked for, even beyond the end.
    pub current_page: u64,
    /// `null` on the first page.
    #[serde(default)]
    pub prev_page: Option<u64>,
    /// `null` on the last page.
    #[serde(default)]
    pub next_page: Option<u64>,
    /// How many pages there are.
    pub total_pages: u64,
    /// How many resources there are on all pages.
    pub total_count: u64,
}

/// `links` of a list: absolute URLs, `null` where there is no such page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// This page.
    #[serde(default, rename = "self")]
    pub this: Option<String>,
    /// The first page.
    #[serde(default)]
    pub first: Option<String>,
    /// The page before this one.
    #[serde(default)]
    pub prev: Option<String>,
    /// The page after this one.
    #[serde(default)]
    pub next: Option<String>,
    /// The last page.
    #[serde(default)]
    pub last: Option<String>,
}
