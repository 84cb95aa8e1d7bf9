//! `size-budget.toml`: what a browser may download, in bytes after brotli.

use crate::failure::{Failure, Outcome};

/// The file that names the budget.
pub const BUDGET: &str = "size-budget.toml";

/// The key of the first load.
const FIRST_LOAD: &str = "first-load-brotli";

/// The section of everything that is loaded later.
const LATER: &str = "[later-brotli]";

/// The most that may be downloaded.
#[derive(Debug, PartialEq, Eq)]
pub struct Budget {
    /// To show the list for the first time.
    pub first_load: usize,
    /// Later, by the names of files without their hashes.
    pub later: Vec<(String, usize)>,
}

impl Budget {
    /// Reads the file line by line. Digits may be grouped with `_`.
    pub fn parse(file: &str) -> Outcome<Self> {
        let mut budget = Self { first_load: 0, later: Vec::new() };
        let mut is_later = false;
        let lines = file.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
        for line in lines.filter(|line| !line.is_empty()) {
            if line == LATER {
                is_later = true;
                continue;
            }
            let entry = line.split_once('=').map(|(name, bytes)| (name.trim(), bytes.trim().replace('_', "").parse()));
            match entry {
                Some((name, Ok(bytes))) if is_later => budget.later.push((name.to_owned(), bytes)),
                Some((FIRST_LOAD, Ok(bytes))) => budget.first_load = bytes,
                _ => return Err(Failure::new(format!("{BUDGET} has a line that is no budget: {line}"))),
            }
        }
        if budget.first_load == 0 {
            return Err(Failure::new(format!("{BUDGET} has no line `{FIRST_LOAD} = BYTES`.")));
        }
        Ok(budget)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_read_with_its_grouping_and_comments() {
        let file = "# weight\nfirst-load-brotli = 130_000 # bytes\n\n[later-brotli]\nsplit_x = 60_000\npacker=1\n";
        let later = vec![("split_x".to_owned(), 60_000), ("packer".to_owned(), 1)];
        assert_eq!(Budget::parse(file).unwrap(), Budget { first_load: 130_000, later });
    }

    #[test]
    fn what_is_no_budget_is_told() {
        for file in ["", "first-load-brotli = much", "split_x = 1\nfirst-load-brotli = 1", "[later-brotli]\nx = 1"] {
            assert!(Budget::parse(file).is_err(), "{file}");
        }
    }

    #[test]
    fn the_projects_own_file_is_one() {
        let budget = Budget::parse(include_str!("../../../size-budget.toml")).unwrap();
        assert!(budget.first_load > 100_000 && budget.later.len() >= 3, "{budget:?}");
    }
}
