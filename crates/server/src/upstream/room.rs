//! How much is forwarded at once: calls of the API, archives, and the bytes of documents that are held meanwhile. Each is
//! counted apart, so that archives, which may take hours, keep no call from being answered.

use std::{fmt, sync::Arc};

use axum::body::{Body, Bytes};
use futures_util::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Failure;

/// The bytes of all documents that are held: eight of the longest, or a thousand of the usual ones.
const MOST_HELD: usize = 64 * 1024 * 1024;

/// The room that is left.
#[derive(Clone)]
pub(super) struct Room {
    calls: Places,
    uploads: Places,
    bytes: Arc<Semaphore>,
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
    /// An archive.
    Upload,
}

/// A document that arrived whole.
pub(super) struct Held {
    pub(super) bytes: Bytes,
    /// Given back with it.
    _room: Option<OwnedSemaphorePermit>,
}

impl Room {
    pub(super) fn new(calls: usize, uploads: usize) -> Self {
        let places = |all: usize| {
            let all = all.min(Semaphore::MAX_PERMITS);
            Places { all, free: Arc::new(Semaphore::new(all)) }
        };
        Self { calls: places(calls), uploads: places(uploads), bytes: Arc::new(Semaphore::new(MOST_HELD)) }
    }

    /// A place, kept until it is dropped.
    pub(super) fn take(&self, kind: Kind) -> Result<OwnedSemaphorePermit, Failure> {
        let places = match kind {
            Kind::Call => &self.calls,
            Kind::Upload => &self.uploads,
        };
        Arc::clone(&places.free).try_acquire_owned().map_err(|_| Failure::Busy(kind, places.all))
    }

    /// Reads a document of at most so many bytes. Only what has arrived takes room, so that it is not enough to announce
    /// much to keep others out.
    pub(super) async fn hold(&self, body: Body, longest: usize) -> Result<Held, Failure> {
        let mut chunks = body.into_data_stream();
        let mut document = Vec::new();
        let mut room: Option<OwnedSemaphorePermit> = None;
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| Failure::NoBody)?;
            if document.len().saturating_add(chunk.len()) > longest {
                return Err(Failure::TooLarge(longest));
            }
            let bytes = u32::try_from(chunk.len()).map_err(|_| Failure::TooLarge(longest))?;
            let more = Arc::clone(&self.bytes).try_acquire_many_owned(bytes).map_err(|_| Failure::Full)?;
            match &mut room {
                Some(room) => room.merge(more),
                None => room = Some(more),
            }
            document.extend_from_slice(&chunk);
        }
        Ok(Held { bytes: document.into(), _room: room })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Call => "calls",
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

    #[tokio::test]
    async fn documents_take_the_room_of_what_arrived_and_give_it_back() {
        let room = Room::new(1, 1);
        let whole = room.hold(Body::from(vec![0; MOST_HELD / 2]), MOST_HELD).await.unwrap();
        let endless = stream::repeat_with(|| Ok::<_, io::Error>(vec![0; MOST_HELD / 8]));
        let refused = room.hold(Body::from_stream(endless), usize::MAX).await;
        assert!(matches!(refused, Err(Failure::Full)));
        assert!(
            room.hold(Body::from(vec![0; MOST_HELD / 2]), MOST_HELD).await.is_ok(),
            "what was refused is given back"
        );
        drop(whole);
        assert!(room.hold(Body::from(vec![0; MOST_HELD]), MOST_HELD).await.is_ok());
    }

    #[tokio::test]
    async fn a_document_that_is_too_long_is_not_read_on() {
        let room = Room::new(1, 1);
        let endless = stream::repeat_with(|| Ok::<_, io::Error>(vec![0; 1000]));
        assert!(matches!(room.hold(Body::from_stream(endless), 64 * 1024).await, Err(Failure::TooLarge(_))));
        assert_eq!(room.hold(Body::from(vec![0; 1000]), 1000).await.unwrap().bytes.len(), 1000);
        assert!(matches!(room.hold(Body::from(vec![0; 1001]), 1000).await, Err(Failure::TooLarge(1000))));
    }
}
