//! How far the pages of an installation are read, and reading one of them.

use std::{
    collections::{HashSet, VecDeque},
    mem,
    time::Duration,
};

use domain::Tool;
use wire::ToolVersion;

use super::{Event, LARGEST_EVENT, MOST, OnEvent, Page, Pages, Summary, numbering::Numbering};
use crate::{
    ApiError, Client, Result,
    tool_versions::{LARGEST_PAGE, Listed, page_in_turn},
};

/// One reading of one page.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    pub(super) page: u64,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    First,
    AfterFailure,
    /// To find what moved while the pages were read; `is_certain` where something did.
    OnceMore {
        is_certain: bool,
    },
}

pub(super) struct Walk {
    pub(super) client: Client,
    pub(super) tool: Tool,
    on: OnEvent,
    pub(super) numbering: Numbering,
    pub(super) known: HashSet<String>,
    pub(super) waiting: VecDeque<Turn>,
    pub(super) failed: Vec<Pages>,
    /// Failures since something came.
    pub(super) failures: usize,
    /// Why nothing more is asked for.
    pub(super) end: Option<ApiError>,
}

impl Walk {
    pub(super) fn new(client: Client, tool: Tool, on: OnEvent) -> Self {
        Self {
            client,
            tool,
            on,
            numbering: Numbering::new(None),
            known: HashSet::new(),
            waiting: VecDeque::new(),
            failed: Vec::new(),
            failures: 0,
            end: None,
        }
    }

    /// Reads the first page, and hands it on.
    pub(super) async fn first(mut self, size: u64) -> Result<Self> {
        let size = size.clamp(1, LARGEST_PAGE);
        self.numbering = Numbering::new(Some(size));
        let mut listed = self.read(1).await;
        if listed.as_ref().is_err_and(refuses_size) {
            self.numbering = Numbering::new(None);
            listed = self.read(1).await;
        }
        self.take(1, listed?).await;
        Ok(self)
    }

    /// Whether there is nothing behind the first page.
    pub(super) fn is_over(&self) -> bool {
        self.numbering.last <= 1 && self.numbering.total.is_none_or(|total| total <= self.came())
    }

    /// Names all that is not read yet, instead of reading it.
    pub(super) fn leave_out(mut self, error: ApiError) -> Summary {
        let Numbering { next, last, .. } = self.numbering;
        self.name(next.min(last), last, error);
        self.summary()
    }

    pub(super) async fn read(&self, page: u64) -> Result<Listed> {
        page_in_turn(&self.client, self.tool, page, self.numbering.size).await
    }

    /// Hands on what came.
    pub(super) async fn take(&mut self, page: u64, listed: Listed) {
        self.failures = 0;
        let (before, told) = (self.known.len(), self.numbering.unreadable_of(page));
        self.known.extend(listed.items.iter().map(|it| key_of(it).to_owned()));
        self.numbering.heard(page, &listed, count(self.known.len() - before));
        let total = self.total();
        let Listed { mut items, mut unreadable_count, mut unreadable, .. } = listed;
        // What cannot be read has no id. Of a page that is read once more it is the same as before.
        let told = usize::try_from(told).unwrap_or(usize::MAX);
        unreadable_count = unreadable_count.saturating_sub(told);
        unreadable.drain(..told.min(unreadable.len()));
        let mut rest = items.split_off(items.len().min(LARGEST_EVENT));
        (self.on)(Event::Page(Page { items, unreadable_count, unreadable, total }));
        while !rest.is_empty() {
            // The browser paints in between.
            self.client.wait(Duration::ZERO).await;
            let more = rest.split_off(rest.len().min(LARGEST_EVENT));
            let items = mem::replace(&mut rest, more);
            (self.on)(Event::Page(Page { items, unreadable_count: 0, unreadable: Vec::new(), total }));
        }
    }

    /// Names pages that are not tried any more.
    pub(super) fn name(&mut self, first: u64, last: u64, error: ApiError) {
        let Numbering { size, per_page, .. } = self.numbering;
        let pages = Pages { first, last, size, per_page, is_open: self.numbering.may_be_last(last) };
        self.failed.push(pages);
        (self.on)(Event::Failed { pages, error });
    }

    pub(super) fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// How many came, with those that could not be read.
    pub(super) fn came(&self) -> u64 {
        count(self.known.len()) + self.numbering.unreadable()
    }

    /// How many there are, where the server says it and not fewer than came.
    fn total(&self) -> Option<u64> {
        self.numbering.total.filter(|&total| total >= self.came())
    }

    pub(super) fn has_all(&self) -> bool {
        self.numbering.total.is_some_and(|total| total <= self.came())
    }

    pub(super) fn summary(self) -> Summary {
        let is_cut = self.is_full() && !self.has_all();
        Summary {
            loaded: count(self.known.len()),
            unreadable: self.numbering.unreadable(),
            total: self.total(),
            failed: self.failed,
            is_cut,
        }
    }
}

/// What tells versions apart: the id, and the number where a faulty installation gives none.
fn key_of(version: &ToolVersion) -> &str {
    if version.id.is_empty() { &version.attributes.version } else { &version.id }
}

/// Whether the server does not like the size of the page.
pub(super) fn refuses_size(error: &ApiError) -> bool {
    matches!(error, ApiError::Invalid(_) | ApiError::Refused { status: 400, .. })
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
