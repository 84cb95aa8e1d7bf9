//! What rules did to files, where that may surprise.

use std::collections::BTreeMap;

use super::rule::Rule;

/// The files of each rule that were sent although it looks as if they were not, or should not be.
#[derive(Debug, Default)]
pub struct Noticed {
    of_rules: BTreeMap<(usize, What), Files>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    BroughtBack,
    NotLeftOut,
}

#[derive(Debug)]
struct Files {
    first: String,
    more: usize,
}

impl Noticed {
    /// A file that is left out by default is sent because of a `!` rule.
    pub fn brought_back(&mut self, rule: usize, path: &str) {
        self.add(rule, What::BroughtBack, path);
    }

    /// A file is sent that is in a folder which this rule names.
    pub fn not_left_out(&mut self, rule: usize, path: &str) {
        self.add(rule, What::NotLeftOut, path);
    }

    fn add(&mut self, rule: usize, what: What, path: &str) {
        let files = self.of_rules.entry((rule, what));
        files.and_modify(|files| files.more += 1).or_insert_with(|| Files { first: path.to_owned(), more: 0 });
    }

    /// A sentence for each rule.
    pub fn sentences(&self, rules: &[Rule]) -> Vec<String> {
        let sentence = |(&(rule, what), Files { first, more }): (&(usize, What), &Files)| {
            let place = rules.get(rule)?.place();
            let files = match more {
                0 => format!("{first} is sent"),
                more => format!("{first} and {more} more are sent"),
            };
            Some(match what {
                What::BroughtBack => format!("{place} brings back what Terraform leaves out by itself: {files}."),
                What::NotLeftOut => {
                    format!("{place} leaves out no folder: {files}. A rule for folders ends in “/”.")
                }
            })
        };
        self.of_rules.iter().filter_map(sentence).collect()
    }
}
