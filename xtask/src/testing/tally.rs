//! Counting tests from what the test programs print.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed and failed, summed over test programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Tally {
    /// Reads every `test result: ok. 3 passed; 0 failed; …` of an output.
    pub fn of(output: &str) -> Self {
        let mut sum = Self::default();
        for line in output.lines().filter(|line| line.contains("test result:")) {
            sum += Self { passed: number_before(line, "passed"), failed: number_before(line, "failed") };
        }
        sum
    }

    /// True if not a single test ran.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number in front of a word, whatever separates them from the rest.
fn number_before(line: &str, word: &str) -> u64 {
    let mut words = line.split([' ', ';', '.', ',']).filter(|word| !word.is_empty()).peekable();
    while let Some(number) = words.next() {
        if words.peek() == Some(&word) {
            return number.parse().unwrap_or_default();
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_programs_are_summed() {
        let output = "running 2 tests\ntest a ... ok\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            noise: 7 failed\n\
            test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Tally::of(output), Tally { passed: 5, failed: 1 });
        assert_eq!(Tally::of(output).to_string(), "5 passed, 1 failed");
    }

    #[test]
    fn no_result_is_no_test() {
        assert!(Tally::of("").is_empty());
        assert!(Tally::of("test result: ok. 0 passed; 0 failed; 0 ignored").is_empty());
    }
}
