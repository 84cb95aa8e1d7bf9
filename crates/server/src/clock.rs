//! What time it is, as someone says: the machine, or a test that lets hours pass at once.

use std::{
    fmt,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// A clock that the server asks for the time of day.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> SystemTime + Send + Sync>);

impl Clock {
    /// A clock that says what `now` returns.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The clock of the machine.
    pub fn system() -> Self {
        Self::new(SystemTime::now)
    }

    /// The time of day.
    pub(crate) fn now(&self) -> SystemTime {
        (self.0)()
    }

    /// Seconds since 1970.
    pub(crate) fn seconds(&self) -> u64 {
        // A clock before 1970 is a clock that was never set.
        self.now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock(…)")
    }
}
