//! Everything that an installation knows of one kind of tool, page by page as it comes.
//!
//! The first page is read alone, so that there is something to see after one request; the others follow, [`AT_ONCE`] at a
//! time and each in its turn ([`Client::turn`]). Installations differ in how they page, and versions come and go while
//! they are read: `numbering` decides which pages there are and which are read once more, `walk` reads one, `rest` all of
//! them.

mod numbering;
mod rest;
mod walk;

use domain::Tool;
use wire::{Mismatch, ToolVersion};

use super::{ApiError, Client, LocalBoxFuture, Result};
use walk::Walk;

/// How many pages are read at the same time. A browser has six connections to a server that speaks HTTP/1.1, and the
/// user's own calls need one.
pub const AT_ONCE: usize = 5;

/// The most versions that are read.
pub const MOST: usize = 100_000;

/// The most versions that one [`Event::Page`] has, so that no event takes long to be worked in where an installation
/// answers everything at once.
const LARGEST_EVENT: usize = 500;

/// What happens while it is read.
#[derive(Debug)]
pub enum Event {
    /// Versions came.
    Page(Page),
    /// Pages stayed away after they were tried again. The others go on; [`again`] reads these.
    Failed {
        /// Which.
        pages: Pages,
        /// Why, of the last of them.
        error: ApiError,
    },
}

/// Versions that came, in the server's order.
#[derive(Debug)]
pub struct Page {
    /// Those that could be read. A version may come more than once, with the same id: the later one counts.
    pub items: Vec<ToolVersion>,
    /// How many could not be read, and were not told before.
    pub unreadable_count: usize,
    /// Place and problem of each of them, at most 20, without the token.
    pub unreadable: Vec<Mismatch>,
    /// How many there are in all by the installation's last word; `None` where it does not say, or says fewer than came.
    pub total: Option<u64>,
}

/// A row of pages that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    first: u64,
    last: u64,
    /// The size that is asked for; `None` for the server's own.
    size: Option<u64>,
    /// The size that the server really uses.
    per_page: u64,
    /// Whether nobody knows if there are others behind them.
    is_open: bool,
}

impl Pages {
    /// The positions of the first and the last version on them, from 1, in the server's order. The last page may have
    /// fewer than that.
    pub fn positions(&self) -> (u64, u64) {
        let first = (self.first - 1).saturating_mul(self.per_page).saturating_add(1);
        (first, self.last.saturating_mul(self.per_page))
    }
}

/// What was read, at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many different versions came.
    pub loaded: u64,
    /// How many could not be read.
    pub unreadable: u64,
    /// How many there are by the installation's last word; `None` where it does not say, or says fewer than came.
    pub total: Option<u64>,
    /// The pages that failed, as they were told in [`Event::Failed`].
    pub failed: Vec<Pages>,
    /// Whether there are more than [`MOST`], and the others were not read.
    pub is_cut: bool,
}

impl Summary {
    /// How many versions the installation counts that it did not hand out, though no page failed and all were read again.
    pub fn missing(&self) -> u64 {
        if !self.failed.is_empty() {
            return 0;
        }
        self.total.map_or(0, |total| total.saturating_sub(self.loaded + self.unreadable))
    }

    /// Whether everything came: a version that is neither among it nor unreadable is gone.
    pub fn is_whole(&self) -> bool {
        self.failed.is_empty() && !self.is_cut && self.missing() == 0
    }
}

/// What is called with each event.
pub type OnEvent = Box<dyn FnMut(Event)>;

/// How reading begins.
pub enum Begun {
    /// The first page is all there is.
    Whole(Summary),
    /// There is more.
    Part(Unread),
}

/// All that is behind the first page.
pub struct Unread(Box<Walk>);

impl Unread {
    /// Does not read it: all of it stays away for this reason, with an event.
    pub fn leave_out(self, error: ApiError) -> Summary {
        self.0.leave_out(error)
    }
}

/// Reads the first page, of `size` versions. Nothing is sent before the future is polled, and dropping it ends its request.
///
/// # Errors
/// As for every call.
pub fn first(client: &Client, tool: Tool, size: u64, on: OnEvent) -> LocalBoxFuture<'static, Result<Begun>> {
    let walk = Walk::new(client.clone(), tool, on);
    Box::pin(async move {
        let walk = walk.first(size).await?;
        Ok(if walk.is_over() { Begun::Whole(walk.summary()) } else { Begun::Part(Unread(Box::new(walk))) })
    })
}

/// Reads all that is behind the first page, in pages of 100. Pages fail with an event. Dropping the future ends every
/// request.
pub fn rest(unread: Unread) -> LocalBoxFuture<'static, Summary> {
    Box::pin(unread.0.rest())
}

/// Reads pages that failed once more. The summary is about these alone. Pages fail with an event.
pub fn again(client: &Client, tool: Tool, failed: &[Pages], on: OnEvent) -> LocalBoxFuture<'static, Summary> {
    let walk = Walk::new(client.clone(), tool, on);
    Box::pin(walk.these(failed.to_vec()))
}
