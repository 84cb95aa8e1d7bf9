//! How much all archives together may take.
//!
//! Bytes count as they arrive. What was announced and is still to come counts too, but only while it moves: then nobody is
//! let in who would not fit when all is there, and of two uploads that do not fit together one is taken. A sender that
//! announces much and sends nothing keeps nobody else out.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// For how long what is still to come counts after the last byte that came.
const MOVES: Duration = Duration::from_secs(5);

/// The limit, and how much is in use.
#[derive(Debug)]
pub(crate) struct Quota {
    limit: u64,
    use_of_it: Mutex<Use>,
}

#[derive(Debug, Default)]
struct Use {
    /// What is there, that of uploads under way as well.
    used: u64,
    next: u64,
    /// What is still to come of uploads that have begun to move.
    coming: HashMap<u64, Coming>,
}

#[derive(Debug)]
struct Coming {
    bytes: u64,
    moved: Instant,
}

/// What one archive uses; given back when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    quota: Arc<Quota>,
    id: u64,
    /// What is there.
    bytes: u64,
    /// What was announced.
    announced: u64,
}

/// There is no room left; the limit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reached(pub(crate) u64);

impl Quota {
    pub(crate) fn new(limit: u64, used: u64) -> Self {
        Self { limit, use_of_it: Mutex::new(Use { used, ..Use::default() }) }
    }

    /// Nothing yet of what is left, for an archive of so many bytes, as far as its sender says.
    pub(crate) fn share(self: &Arc<Self>, announced: Option<u64>) -> Share {
        let mut in_use = self.in_use();
        let id = in_use.next;
        in_use.next += 1;
        drop(in_use);
        Share { quota: Arc::clone(self), id, bytes: 0, announced: announced.unwrap_or_default() }
    }

    /// Whether so many bytes would fit now. Reserves nothing.
    pub(crate) fn check(&self, bytes: u64) -> Result<(), Reached> {
        if self.in_use().has_room(self.limit, None, bytes) { Ok(()) } else { Err(Reached(self.limit)) }
    }

    fn in_use(&self) -> MutexGuard<'_, Use> {
        self.use_of_it.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Use {
    /// Whether so many bytes fit beside all that is there and that is to come for others.
    fn has_room(&self, limit: u64, but: Option<u64>, bytes: u64) -> bool {
        let others = self.coming.iter().filter(|(id, coming)| Some(**id) != but && coming.moved.elapsed() < MOVES);
        let others = others.map(|(_, coming)| coming.bytes);
        others.chain([self.used]).try_fold(bytes, u64::checked_add).is_some_and(|sum| sum <= limit)
    }
}

impl Share {
    /// Takes so many bytes more, or none; and keeps room for the rest of what was announced.
    pub(crate) fn grow(&mut self, bytes: u64) -> Result<(), Reached> {
        let limit = self.quota.limit;
        let grown = self.bytes.saturating_add(bytes);
        let rest = self.announced.saturating_sub(grown);
        let mut in_use = self.quota.in_use();
        if !in_use.has_room(limit, Some(self.id), bytes.saturating_add(rest)) {
            return Err(Reached(limit));
        }
        in_use.used = in_use.used.saturating_add(bytes);
        in_use.coming.insert(self.id, Coming { bytes: rest, moved: Instant::now() });
        self.bytes = grown;
        Ok(())
    }

    /// Uses it for good.
    pub(crate) fn keep(mut self) {
        self.bytes = 0;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut in_use = self.quota.in_use();
        in_use.used = in_use.used.saturating_sub(self.bytes);
        in_use.coming.remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[test]
    fn what_is_given_back_can_be_used_again_and_what_is_kept_cannot() {
        let quota = Arc::new(Quota::new(10, 3));
        let (mut one, mut other) = (quota.share(None), quota.share(None));
        assert_eq!((one.grow(4), other.grow(4), other.grow(3)), (Ok(()), Err(Reached(10)), Ok(())));
        assert_eq!((quota.check(0), quota.check(1)), (Ok(()), Err(Reached(10))));
        drop(other);
        assert_eq!(quota.check(3), Ok(()));
        one.keep();
        assert_eq!(
            (quota.check(3), quota.check(4), quota.check(u64::MAX)),
            (Ok(()), Err(Reached(10)), Err(Reached(10)))
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_to_come_has_its_room_while_it_moves_and_no_longer() {
        let quota = Arc::new(Quota::new(10, 0));
        let (mut one, mut other) = (quota.share(Some(6)), quota.share(Some(6)));
        assert_eq!(quota.check(10), Ok(()), "what has not begun to come keeps nobody out");
        assert_eq!((one.grow(1), other.grow(1)), (Ok(()), Err(Reached(10))));
        assert_eq!((quota.check(4), quota.check(5)), (Ok(()), Err(Reached(10))));
        advance(MOVES).await;
        assert_eq!((quota.check(9), other.grow(1)), (Ok(()), Ok(())));
        assert_eq!(one.grow(1), Err(Reached(10)), "it took too long, and will not fit any more");
        drop(one);
        assert_eq!((other.grow(5), other.grow(1), quota.check(3)), (Ok(()), Ok(()), Ok(())), "longer than announced");
        assert_eq!(quota.check(4), Err(Reached(10)));
        other.keep();
        assert_eq!((quota.check(3), quota.check(4)), (Ok(()), Err(Reached(10))));
    }
}
