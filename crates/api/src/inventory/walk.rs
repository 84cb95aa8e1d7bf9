//! Reads the pages of an installation, several at a time.

use std::{collections::HashSet, collections::VecDeque, mem, time::Duration};

use domain::Tool;
use futures_util::future::select_all;

use super::{AT_ONCE, Event, LARGEST_EVENT, MOST, OnEvent, Page, Pages, Summary, numbering::Numbering};
use crate::{
    ApiError, Client, LocalBoxFuture, Result,
    tool_versions::{LARGEST_PAGE, Listed, page_in_turn},
};

/// How long after its failure a page is tried again, if no other is left to be read meanwhile.
const SECOND_ATTEMPT: Duration = Duration::from_secs(1);

/// How often pages are read once more to find what is missing.
const MOST_ROUNDS: u32 = 3;

/// One reading of one page.
#[derive(Clone, Copy)]
struct Turn {
    page: u64,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    First,
    AfterFailure,
    /// To find what moved while the pages were read; `is_certain` where something did.
    OnceMore {
        is_certain: bool,
    },
}

pub(super) struct Walk {
    client: Client,
    tool: Tool,
    on: OnEvent,
    numbering: Numbering,
    known: HashSet<String>,
    waiting: VecDeque<Turn>,
    failed: Vec<Pages>,
    /// Failures since something came.
    failures: usize,
    /// Why nothing more is asked for.
    end: Option<ApiError>,
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

    pub(super) async fn everything(mut self, first: u64) -> Result<Summary> {
        let first = first.clamp(1, LARGEST_PAGE);
        self.number(Some(first));
        let mut listed = self.read(1).await;
        if listed.as_ref().is_err_and(refuses_size) {
            self.number(None);
            listed = self.read(1).await;
        }
        self.take(1, listed?).await;
        if self.numbering.size.is_some_and(|size| size < LARGEST_PAGE) && self.numbering.last > 1 {
            self.enlarge().await;
        }
        self.read_all().await;
        for _ in 0..MOST_ROUNDS {
            if !self.read_once_more().await {
                break;
            }
        }
        Ok(self.summary())
    }

    pub(super) async fn these(mut self, failed: Vec<Pages>) -> Result<Summary> {
        for pages in failed {
            self.numbering.go_on_with(pages);
            self.read_all().await;
        }
        let mut summary = self.summary();
        // Of these pages alone nobody knows how many versions they have.
        summary.total = None;
        Ok(summary)
    }

    fn number(&mut self, size: Option<u64>) {
        self.numbering = Numbering::new(size);
        self.numbering.next = 2;
    }

    /// Goes on with the largest pages, from the first one, unless the server refuses or ignores that.
    async fn enlarge(&mut self) {
        let before = self.numbering.clone();
        self.number(Some(LARGEST_PAGE));
        let came = self.came();
        match self.read(1).await {
            Ok(listed) => {
                let is_ignored = count(listed.items.len() + listed.unreadable_count) <= came;
                self.take(1, listed).await;
                if is_ignored {
                    self.numbering = before;
                }
            }
            Err(error) if refuses_size(&error) => self.numbering = before,
            Err(_) => {
                // As if it had not been tried: it is the first of the pages that are read now.
                (self.numbering.next, self.numbering.last) =
                    (1, before.total.unwrap_or(0).div_ceil(LARGEST_PAGE).max(1));
            }
        }
    }

    /// Reads every page that was not read, and again those that fail.
    async fn read_all(&mut self) {
        let mut flying: Vec<LocalBoxFuture<'static, (Turn, Result<Listed>)>> = Vec::new();
        loop {
            while flying.len() < AT_ONCE
                && let Some(turn) = self.next()
            {
                flying.push(self.begin(turn, flying.is_empty()));
            }
            if flying.is_empty() {
                break;
            }
            let ((turn, outcome), _, rest) = select_all(mem::take(&mut flying)).await;
            flying = rest;
            match outcome {
                Ok(listed) => {
                    self.take(turn.page, listed).await;
                    // Several answers may be there: each is read in a task of its own.
                    self.client.wait(Duration::ZERO).await;
                }
                Err(error) => self.fail(turn, error),
            }
        }
        self.give_up();
    }

    /// Reads pages once more from which versions moved to others meanwhile, or all while some are missing. Returns whether
    /// that was of use.
    async fn read_once_more(&mut self) -> bool {
        let is_over = self.end.is_some() || self.is_full() || self.numbering.is_barren() || !self.failed.is_empty();
        let before = self.known.len();
        let (pages, certain) = self.numbering.once_more(count(before));
        if is_over || pages.is_empty() {
            return false;
        }
        self.numbering.settle();
        let turn = |(index, page)| Turn { page, kind: Kind::OnceMore { is_certain: index < certain } };
        self.waiting = pages.into_iter().enumerate().map(turn).collect();
        self.read_all().await;
        self.known.len() > before
    }

    fn next(&mut self) -> Option<Turn> {
        if self.end.is_some() || self.is_full() {
            return None;
        }
        if let Some(page) = self.numbering.next() {
            return Some(Turn { page, kind: Kind::First });
        }
        loop {
            let turn = self.waiting.pop_front()?;
            if turn.kind != (Kind::OnceMore { is_certain: false }) || !self.has_all() {
                return Some(turn);
            }
        }
    }

    fn begin(&self, turn: Turn, is_alone: bool) -> LocalBoxFuture<'static, (Turn, Result<Listed>)> {
        let (client, tool, size) = (self.client.clone(), self.tool, self.numbering.size);
        Box::pin(async move {
            if turn.kind == Kind::AfterFailure && is_alone {
                client.wait(SECOND_ATTEMPT).await;
            }
            (turn, page_in_turn(&client, tool, turn.page, size).await)
        })
    }

    async fn read(&self, page: u64) -> Result<Listed> {
        page_in_turn(&self.client, self.tool, page, self.numbering.size).await
    }

    /// Hands on what came.
    async fn take(&mut self, page: u64, listed: Listed) {
        self.failures = 0;
        let before = self.known.len();
        self.known.extend(listed.items.iter().map(|it| it.id.clone()));
        self.numbering.heard(page, &listed, count(self.known.len() - before));
        let total = self.total();
        let Listed { mut items, unreadable_count, unreadable, .. } = listed;
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

    fn fail(&mut self, Turn { page, kind }: Turn, error: ApiError) {
        let (is_behind_the_end, has_all) = (page > self.numbering.proven, self.has_all());
        // Asked for to be sure; or it was there and is no more.
        let is_nothing = (is_behind_the_end && has_all) || ((is_behind_the_end || has_all) && error.is_refusal());
        if is_nothing || matches!(kind, Kind::OnceMore { .. }) {
            return;
        }
        self.failures += 1;
        if error == ApiError::Unauthorized || self.failures > AT_ONCE {
            // The network is gone, or the token: the other pages need not be tried.
            self.waiting.push_back(Turn { page, kind });
            self.end = Some(error);
        } else if kind == Kind::First && error.is_retryable() {
            self.waiting.push_back(Turn { page, kind: Kind::AfterFailure });
        } else {
            self.name(page, page, error);
        }
    }

    /// Names the pages that are not tried any more.
    fn give_up(&mut self) {
        let waiting = mem::take(&mut self.waiting);
        let Some(error) = self.end.clone() else { return };
        let mut pages: Vec<u64> =
            waiting.into_iter().filter(|it| !matches!(it.kind, Kind::OnceMore { .. })).map(|it| it.page).collect();
        pages.extend(self.numbering.next..=self.numbering.last);
        self.numbering.next = self.numbering.last + 1;
        pages.sort_unstable();
        for row in pages.chunk_by(|one, next| one + 1 == *next) {
            if let (Some(&first), Some(&last)) = (row.first(), row.last()) {
                self.name(first, last, error.clone());
            }
        }
    }

    fn name(&mut self, first: u64, last: u64, error: ApiError) {
        let Numbering { size, per_page, .. } = self.numbering;
        let pages = Pages { first, last, size, per_page, is_open: self.numbering.may_be_last(last) };
        self.failed.push(pages);
        (self.on)(Event::Failed { pages, error });
    }

    fn is_full(&self) -> bool {
        self.known.len() >= MOST
    }

    /// How many came, with those that could not be read.
    fn came(&self) -> u64 {
        count(self.known.len()) + self.numbering.unreadable()
    }

    /// How many there are, where the server says it and not fewer than came.
    fn total(&self) -> Option<u64> {
        self.numbering.total.filter(|&total| total >= self.came())
    }

    fn has_all(&self) -> bool {
        self.numbering.total.is_some_and(|total| total <= self.came())
    }

    fn summary(self) -> Summary {
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

/// Whether the server does not like the size of the page.
fn refuses_size(error: &ApiError) -> bool {
    matches!(error, ApiError::Invalid(_) | ApiError::Refused { status: 400, .. })
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
