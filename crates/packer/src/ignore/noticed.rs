//! What rules did to files, where that may surprise.

use super::rule::Rule;

/// The files of each rule that were sent although it looks as if they were not, or should not be.
#[derive(Debug, Default)]
pub struct Noticed(Vec<Files>);

#[derive(Debug)]
struct Files {
    rule: usize,
    are_brought_back: bool,
    first: String,
    more: usize,
}

impl Noticed {
    /// A file is sent: one that is left out by default, because of a `!` rule, or else one in a folder that a rule names.
    pub fn add(&mut self, rule: usize, are_brought_back: bool, path: &str) {
        match self.0.iter_mut().find(|it| it.rule == rule && it.are_brought_back == are_brought_back) {
            Some(files) => files.more += 1,
            None => self.0.push(Files { rule, are_brought_back, first: path.to_owned(), more: 0 }),
        }
    }

    /// A sentence for each rule.
    pub fn sentences(&self, rules: &[Rule]) -> Vec<String> {
        let sentence = |Files { rule, are_brought_back, first, more }: &Files| {
            let are_sent = match more {
                0 => " is sent.".to_owned(),
                more => format!(" and {more} more are sent."),
            };
            let (what, advice) = if *are_brought_back {
                (" brings back what Terraform leaves out by itself: ", "")
            } else {
                (" leaves out no folder: ", " A rule for folders ends in “/”.")
            };
            Some([rules.get(*rule)?.place(), what, first, &are_sent, advice].concat())
        };
        self.0.iter().filter_map(sentence).collect()
    }
}
