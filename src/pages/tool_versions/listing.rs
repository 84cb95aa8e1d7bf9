//! A page of the list, and what the address asks for.

use api::{Client, ListOptions, VersionPage, tool_versions};
use domain::{Tool, text::visible};
use leptos::prelude::*;
use wire::ToolVersion;

use crate::{query::Query, router::Location};

/// The numbers of rows to choose from.
pub const SIZES: &[u64] = &[20, 50, 100];

/// An answer with what was asked: while the next page loads, the address is ahead of what is on screen.
#[derive(Clone, PartialEq)]
pub struct Listing {
    /// What was asked for.
    pub options: ListOptions,
    /// The answer.
    pub page: VersionPage,
}

impl Listing {
    /// Whether the page has no rows.
    pub fn is_empty(&self) -> bool {
        self.page.items.is_empty()
    }

    /// Whether there is nothing at all, not only nothing that was searched for.
    pub fn is_bare(&self) -> bool {
        self.page.pagination.total_count == 0 && self.options.search.is_empty()
    }

    /// What tells the rows apart: the id, and how many rows with the same one are above it. A faulty installation may
    /// give an id twice.
    pub fn keys(&self) -> Vec<(String, usize)> {
        let mut keys: Vec<(String, usize)> = Vec::with_capacity(self.page.items.len());
        for item in &self.page.items {
            let above = keys.iter().filter(|(id, _)| *id == item.id).count();
            keys.push((item.id.clone(), above));
        }
        keys
    }

    /// The version of a row.
    pub fn find(&self, (id, above): &(String, usize)) -> Option<&ToolVersion> {
        self.page.items.iter().filter(|item| item.id == *id).nth(*above)
    }

    /// Which versions of the page cannot be read, if there are any.
    pub fn unreadable_text(&self) -> Option<String> {
        let VersionPage { unreadable, unreadable_count, .. } = &self.page;
        let places: Vec<String> =
            unreadable.iter().map(|it| visible(&[it.place.as_str(), " ", it.problem.as_str()].concat())).collect();
        let more = unreadable_count.saturating_sub(places.len());
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let are_left_out = format!(
            "The server sent something this console does not understand, so that {unreadable_count} of the versions on this \
             page cannot be shown: {}{more}.",
            places.join("; "),
        );
        (*unreadable_count > 0).then_some(are_left_out)
    }

    /// "21–40 of 70".
    pub fn range(&self) -> String {
        let total = self.page.pagination.total_count;
        match u64::try_from(self.page.items.len()).unwrap_or(total) {
            0 => format!("0 of {total}"),
            shown => format!("{}–{} of {total}", self.page.first, self.page.first.saturating_add(shown - 1)),
        }
    }
}

/// What the address asks for; what it cannot ask for is ignored. Tracked.
pub fn options_of(location: Location) -> ListOptions {
    let number = |name: &str| location.query(name).and_then(|text| text.parse::<u64>().ok());
    let default = ListOptions::default();
    ListOptions {
        page: number("page").filter(|page| *page > 0).unwrap_or(default.page),
        size: number("size").filter(|size| SIZES.contains(size)).unwrap_or(default.size),
        search: location.query("search").unwrap_or_default(),
    }
}

/// Reads the page that the address asks for.
pub fn listing_query(tool: Tool, options: Memo<ListOptions>) -> Query<Listing> {
    let client = expect_context::<Client>();
    Query::new(move || {
        let (client, options) = (client.clone(), options.get());
        Box::pin(async move {
            let page = tool_versions::list(&client, tool, &options).await?;
            Ok(Listing { options, page })
        })
    })
}
