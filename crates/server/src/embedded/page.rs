//! Pages of a list: `page[number]` and `page[size]` in, `links` and `meta.pagination` out. The same for every list.
//!
//! A number that is missing, zero or no number at all means the default, as it does on an installation: a list is
//! never refused for its page.

use axum::http::{HeaderMap, Uri};
use form_urlencoded::Serializer;
use wire::{Links, Meta, Pagination};

use crate::own_origin::own_origin;

const DEFAULT_SIZE: u64 = 20;
const LARGEST_SIZE: u64 = 100;

const NUMBER: &str = "page[number]";
const SIZE: &str = "page[size]";

/// The query of a list request, decoded. Brackets may be percent-encoded or not.
#[derive(Debug)]
pub(crate) struct ListQuery(Vec<(String, String)>);

/// Which page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageRequest {
    /// From 1.
    pub(crate) number: u64,
    /// Between 1 and 100.
    pub(crate) size: u64,
}

impl ListQuery {
    pub(crate) fn read(uri: &Uri) -> Self {
        Self(form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect())
    }

    /// The value of a parameter; an empty one is as good as none. Of several the last counts.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn page(&self) -> PageRequest {
        PageRequest {
            number: self.get(NUMBER).and_then(positive).unwrap_or(1),
            size: self.get(SIZE).and_then(positive).unwrap_or(DEFAULT_SIZE).min(LARGEST_SIZE),
        }
    }

    /// Absolute URLs of the pages around, under the name that the client used for this server. They carry every other
    /// parameter of the request on.
    pub(crate) fn links(&self, headers: &HeaderMap, uri: &Uri, path: &str, pagination: &Pagination) -> Links {
        let origin = own_origin(headers, uri).unwrap_or_default();
        let size = self.page().size.to_string();
        let link = |number: u64| {
            let others = self.0.iter().filter(|(key, _)| key != NUMBER && key != SIZE);
            let query = Serializer::new(String::new())
                .extend_pairs(others)
                .append_pair(NUMBER, &number.to_string())
                .append_pair(SIZE, &size)
                .finish();
            format!("{origin}{path}?{query}")
        };
        Links {
            this: Some(link(pagination.current_page)),
            first: Some(link(1)),
            prev: pagination.prev_page.map(link),
            next: pagination.next_page.map(link),
            last: Some(link(pagination.total_pages)),
        }
    }
}

impl PageRequest {
    /// How many resources come before the page.
    pub(crate) fn offset(self) -> u64 {
        self.number.saturating_sub(1).saturating_mul(self.size)
    }

    /// Where the page stands among `total_count` resources. An empty list has one page, an empty one. Beyond the end
    /// the page before is the last one that there is.
    pub(crate) fn among(self, total_count: u64) -> Pagination {
        let total_pages = total_count.div_ceil(self.size).max(1);
        Pagination {
            current_page: self.number,
            prev_page: (self.number > 1).then(|| self.number.saturating_sub(1).min(total_pages)),
            next_page: (self.number < total_pages).then(|| self.number + 1),
            total_pages,
            total_count,
        }
    }
}

/// The `meta` of a list.
pub(crate) fn meta(pagination: Pagination) -> Meta {
    Meta { pagination: Some(pagination) }
}

/// A number above zero. One with more digits than fit is the largest that does.
fn positive(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX)).filter(|number| *number > 0)
}
