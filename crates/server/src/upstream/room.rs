//! How much is forwarded at once: calls of the API, archives, and the bytes of documents that are held meanwhile. Each is
//! counted apart, so that archives, which may take hours, keep no call from being answered.
//!
//! Whether a token is a valid one only the installation knows, so that anybody can send documents that never end. Hence
//! the short ones, which are nearly all, have room of their own, and in no room one client has more than a part.

use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Failure;
use crate::{documents, proxies::Client};

/// The bytes of all creates of the legacy API that are held: eight of the longest.
const MOST_LONG: usize = 64 * 1024 * 1024;
/// The bytes of all other documents that are held: 256 of the longest.
const MOST_SHORT: usize = 16 * 1024 * 1024;
/// One client has a quarter of either: two of the longest creates.
const PARTS: usize = 4;
/// Calls without a token have places of their own: one for so many of the others.
const CALLS_FOR_AN_ANONYMOUS_ONE: usize = 8;

/// The room that is left.
#[derive(Clone)]
pub(super) struct Room {
    calls: Places,
    anonymous: Places,
    uploads: Places,
    short: Bounded,
    long: Bounded,
}

/// So many at once.
#[derive(Clone)]
struct Places {
    all: usize,
    free: Arc<Semaphore>,
}

/// What is forwarded, and takes a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A call of the API.
    Call,
    /// One without a token.
    Anonymous,
    /// An archive.
    Upload,
}

/// A document that arrived whole.
pub(super) struct Held {
    pub(super) bytes: Bytes,
    /// Given back with it.
    _taken: Taken,
}

/// Room for so many bytes.
#[derive(Clone)]
struct Bounded {
    most: usize,
    taken: Arc<Mutex<Counts>>,
}

/// What is taken of it: by all, and by each client that takes any.
#[derive(Default)]
struct Counts {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

/// What one document takes.
struct Taken {
    room: Bounded,
    /// Nobody, for a request that came over no connection.
    network: Option<IpAddr>,
    bytes: usize,
}

impl Room {
    pub(super) fn new(calls: usize, uploads: usize) -> Self {
        let places = |all: usize| {
            let all = all.min(Semaphore::MAX_PERMITS);
            Places { all, free: Arc::new(Semaphore::new(all)) }
        };
        Self {
            calls: places(calls),
            anonymous: places((calls / CALLS_FOR_AN_ANONYMOUS_ONE).max(1)),
            uploads: places(uploads),
            short: Bounded::new(MOST_SHORT),
            long: Bounded::new(MOST_LONG),
        }
    }

    /// A place, kept until it is dropped.
    pub(super) fn take(&self, kind: Kind) -> Result<OwnedSemaphorePermit, Failure> {
        let places = match kind {
            Kind::Call => &self.calls,
            Kind::Anonymous => &self.anonymous,
            Kind::Upload => &self.uploads,
        };
        Arc::clone(&places.free).try_acquire_owned().map_err(|_| Failure::Busy(kind, places.all))
    }

    /// Reads a document of at most so many bytes. Only what has arrived takes room, so that it is not enough to announce
    /// much to keep others out.
    pub(super) async fn hold(&self, body: Body, longest: usize, client: Option<Client>) -> Result<Held, Failure> {
        let mut chunks = body.into_data_stream();
        let mut document = Vec::new();
        let room = if longest <= documents::LONGEST { &self.short } else { &self.long };
        let mut taken = Taken { room: room.clone(), network: client.map(Client::network), bytes: 0 };
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| Failure::NoBody)?;
            if document.len().saturating_add(chunk.len()) > longest {
                return Err(Failure::TooLarge(longest));
            }
            taken.more(chunk.len())?;
            document.extend_from_slice(&chunk);
        }
        Ok(Held { bytes: document.into(), _taken: taken })
    }
}

impl Bounded {
    fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn more(&mut self, bytes: usize) -> Result<(), Failure> {
        let mut counts = self.room.counts();
        let fits = |taken: usize, most: usize| Some(taken.saturating_add(bytes)).filter(|all| *all <= most);
        let all = fits(counts.all, self.room.most).ok_or(Failure::Full)?;
        if let Some(network) = self.network {
            let of_it = counts.of.get(&network).copied().unwrap_or_default();
            let of_it = fits(of_it, self.room.most / PARTS).ok_or(Failure::Full)?;
            counts.of.insert(network, of_it);
        }
        counts.all = all;
        drop(counts);
        self.bytes = self.bytes.saturating_add(bytes);
        Ok(())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut counts = self.room.counts();
        counts.all = counts.all.saturating_sub(self.bytes);
        let Some(network) = self.network else { return };
        let left = counts.of.get(&network).map_or(0, |taken| taken.saturating_sub(self.bytes));
        if left == 0 {
            counts.of.remove(&network);
        } else {
            counts.of.insert(network, left);
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Call => "calls",
            Self::Anonymous => "calls without a token",
            Self::Upload => "uploads",
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::io;

    use futures_util::stream;

    use super::*;

    const ALL: usize = usize::MAX;

    fn of(len: usize) -> Body {
        Body::from(vec![0; len])
    }

    #[tokio::test]
    async fn documents_take_the_room_of_what_arrived_and_give_it_back() {
        let room = Room::new(1, 1);
        let whole = room.hold(of(MOST_LONG / 2), ALL, None).await.unwrap();
        let endless = stream::repeat_with(|| Ok::<_, io::Error>(vec![0; MOST_LONG / 8]));
        let refused = room.hold(Body::from_stream(endless), ALL, None).await;
        assert!(matches!(refused, Err(Failure::Full)));
        assert!(room.hold(of(MOST_LONG / 2), ALL, None).await.is_ok(), "what was refused is given back");
        drop(whole);
        assert!(room.hold(of(MOST_LONG), ALL, None).await.is_ok());
    }

    #[tokio::test]
    async fn a_document_that_is_too_long_is_not_read_on() {
        let room = Room::new(1, 1);
        let endless = stream::repeat_with(|| Ok::<_, io::Error>(vec![0; 1000]));
        let refused = room.hold(Body::from_stream(endless), 64 * 1024, None).await;
        assert!(matches!(refused, Err(Failure::TooLarge(_))));
        assert_eq!(room.hold(of(1000), 1000, None).await.unwrap().bytes.len(), 1000);
        assert!(matches!(room.hold(of(1001), 1000, None).await, Err(Failure::TooLarge(1000))));
    }

    #[tokio::test]
    async fn a_client_has_a_quarter_of_the_short_documents_too_and_nothing_is_kept_of_one_who_holds_none() {
        let room = Room::new(1, 1);
        let [one, other] = [1, 2].map(|last| Some(Client(IpAddr::from([192, 0, 2, last]))));
        let mut held = Vec::new();
        for _ in 0..MOST_SHORT / PARTS / documents::LONGEST {
            held.push(room.hold(of(documents::LONGEST), documents::LONGEST, one).await.unwrap());
        }
        assert!(matches!(room.hold(of(1), documents::LONGEST, one).await, Err(Failure::Full)));
        assert!(room.hold(of(documents::LONGEST), documents::LONGEST, other).await.is_ok());
        assert!(room.hold(of(MOST_LONG / PARTS), ALL, one).await.is_ok(), "the rooms are counted apart");
        held.pop();
        assert!(room.hold(of(documents::LONGEST), documents::LONGEST, one).await.is_ok());
        drop(held);
        for room in [&room.short, &room.long] {
            let counts = room.counts();
            assert_eq!((counts.all, counts.of.len()), (0, 0));
        }
    }
}
