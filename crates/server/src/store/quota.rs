//! How much all archives together may take.
//!
//! Bytes count as they arrive, not as they are announced: a sender that announces much and sends nothing keeps nobody
//! else out. Two uploads that together do not fit are not both taken, whatever their order.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The limit, and how much is in use.
#[derive(Debug)]
pub(crate) struct Quota {
    limit: u64,
    used: AtomicU64,
}

/// What one archive uses; given back when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    quota: Arc<Quota>,
    bytes: u64,
}

/// There is no room left; the limit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reached(pub(crate) u64);

impl Quota {
    pub(crate) fn new(limit: u64, used: u64) -> Self {
        Self { limit, used: AtomicU64::new(used) }
    }

    /// Nothing yet of what is left.
    pub(crate) fn share(self: &Arc<Self>) -> Share {
        Share { quota: Arc::clone(self), bytes: 0 }
    }

    /// Whether so many bytes would fit now. Reserves nothing.
    pub(crate) fn check(&self, bytes: u64) -> Result<(), Reached> {
        self.with(self.used.load(Ordering::Relaxed), bytes).map(drop).ok_or(Reached(self.limit))
    }

    fn with(&self, used: u64, bytes: u64) -> Option<u64> {
        used.checked_add(bytes).filter(|sum| *sum <= self.limit)
    }
}

impl Share {
    /// Takes so many bytes more, or none.
    pub(crate) fn grow(&mut self, bytes: u64) -> Result<(), Reached> {
        let quota = &self.quota;
        let grown = quota.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |used| quota.with(used, bytes));
        grown.map_err(|_| Reached(quota.limit))?;
        self.bytes = self.bytes.saturating_add(bytes);
        Ok(())
    }

    /// Uses it for good.
    pub(crate) fn keep(mut self) {
        self.bytes = 0;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.quota.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_can_be_used_again_and_what_is_kept_cannot() {
        let quota = Arc::new(Quota::new(10, 3));
        let (mut one, mut other) = (quota.share(), quota.share());
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
}
