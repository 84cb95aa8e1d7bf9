//! Numbered steps on the terminal: what happens now, how long it will take, how long it took.

use std::time::{Duration, Instant};

use crate::failure::Outcome;

/// A known number of steps, counted as they run.
#[derive(Debug)]
pub struct Steps {
    done: usize,
    total: usize,
}

impl Steps {
    /// `total` steps will follow.
    pub fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// Runs one step between its title and the time it took.
    ///
    /// `estimate` is for a step that takes long enough to worry about, such as "about 3 minutes".
    pub fn run<T>(&mut self, title: &str, estimate: Option<&str>, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        self.done += 1;
        let estimate = estimate.map(|estimate| format!(" ({estimate})")).unwrap_or_default();
        println!("[{}/{}] {title}{estimate} …", self.done, self.total);
        let begun = Instant::now();
        let result = work();
        let word = if result.is_ok() { "done in" } else { "failed after" };
        println!("      {word} {}", elapsed(begun.elapsed()));
        result
    }
}

/// A duration as a person says it: `0.4 s`, `12 s`, `3 min 5 s`.
pub fn elapsed(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        10..60 => format!("{seconds} s"),
        _ if seconds.is_multiple_of(60) => format!("{} min", seconds / 60),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_a_person_says_them() {
        assert_eq!(elapsed(Duration::from_millis(420)), "0.4 s");
        assert_eq!(elapsed(Duration::from_secs(12)), "12 s");
        assert_eq!(elapsed(Duration::from_secs(180)), "3 min");
        assert_eq!(elapsed(Duration::from_secs(185)), "3 min 5 s");
    }
}
