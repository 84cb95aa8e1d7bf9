//! How far packing is, reported now and then.

/// Milliseconds between two messages: the page need not draw more often.
const BETWEEN_MESSAGES: f64 = 100.0;

/// Bytes of files that are packed, of all.
#[derive(Debug)]
pub struct Progress {
    bytes: u64,
    total: u64,
    reported_at: f64,
}

impl Progress {
    /// Nothing is packed yet.
    pub fn new(total: u64) -> Self {
        Self { bytes: 0, total, reported_at: f64::NEG_INFINITY }
    }

    /// Counts what was packed; the bytes packed and the total if it is time to report them. `now` is in milliseconds.
    pub fn add(&mut self, bytes: u64, now: f64) -> Option<(u64, u64)> {
        self.bytes += bytes;
        // A clock that was set back does not silence it.
        let is_time = (now - self.reported_at).abs() >= BETWEEN_MESSAGES || self.bytes == self.total;
        is_time.then(|| {
            self.reported_at = now;
            (self.bytes, self.total)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_bytes_are_reported_and_in_between_now_and_then() {
        let mut progress = Progress::new(100);
        let reported: Vec<_> = [(10, 0.0), (10, 50.0), (10, 99.0), (10, 100.0), (10, 20.0), (10, 0.0), (40, 1.0)]
            .into_iter()
            .filter_map(|(bytes, now)| progress.add(bytes, now))
            .collect();
        assert_eq!(reported, [(10, 100), (40, 100), (60, 100), (100, 100)]);
    }
}
