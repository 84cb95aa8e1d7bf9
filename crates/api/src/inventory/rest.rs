//! Reads the pages behind the first one, several at a time.
//!
//! Most of it is waiting, trying again and looking for what moved meanwhile. It is a part of its own because the console
//! does without it until a first page is there.

use std::{mem, time::Duration};

use futures_util::future::select_all;

use super::{
    AT_ONCE, Pages, Summary,
    numbering::Numbering,
    walk::{Kind, Turn, Walk, count, refuses_size},
};
use crate::{
    ApiError, LocalBoxFuture, Result,
    tool_versions::{LARGEST_PAGE, Listed, page_in_turn},
};

/// How long after its failure a page is tried again, if no other is left to be read meanwhile.
const SECOND_ATTEMPT: Duration = Duration::from_secs(1);

/// How often pages are read once more to find what is missing.
const MOST_ROUNDS: u32 = 3;

impl Walk {
    /// Goes on behind the first page.
    pub(super) async fn rest(mut self) -> Summary {
        if self.numbering.size.is_some_and(|size| size < LARGEST_PAGE) && self.numbering.last > 1 {
            self.enlarge().await;
        }
        self.read_all().await;
        for _ in 0..MOST_ROUNDS {
            if !self.read_once_more().await {
                break;
            }
        }
        self.summary()
    }

    pub(super) async fn these(mut self, failed: Vec<Pages>) -> Summary {
        for pages in failed {
            self.numbering.go_on_with(pages);
            self.read_all().await;
        }
        let mut summary = self.summary();
        // Of these pages alone nobody knows how many versions they have.
        summary.total = None;
        summary
    }

    /// Goes on with the largest pages, from the first one, unless the server refuses or ignores that.
    async fn enlarge(&mut self) {
        let before = self.numbering.clone();
        self.numbering = Numbering::resized(LARGEST_PAGE, before.unreadable_of(1));
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
}
