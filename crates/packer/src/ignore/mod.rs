//! `.terraformignore`, as Terraform does it: the rules of go-slug 0.18.3, which Terraform uploads with.
//!
//! What differs from a `.gitignore`, or surprises:
//!
//! - Only the file in the root of the folder counts. It is itself sent unless a rule names it.
//! - The default rules `.terraform/`, `!.terraform/modules/`, `.git/` always come first; those of the file follow them
//!   and may take them back. The last rule that matches decides. Letter case counts.
//! - A rule is for files: `logs` leaves out a file of that name, not what is in a folder of that name; `logs/` does
//!   that. A folder is left out as a whole if a rule matches its name with a `/` and no `!` rule follows: `logs/*`
//!   then leaves out what is deep in `logs` too, and with any `!` rule after it only what is directly there.
//! - A rule without a leading `/` is for every depth, even with a `/` in it.
//! - Rules and names are compared in Unicode's composed form, whichever form they are written in.
//! - Everything but `*`, `?`, `.`, `$` and escapes is read as Go's regular expressions read it (`expression.rs`): in
//!   `copy(1).tf` the parentheses are a group. Such rules work as they do with Terraform, and are reported.
//! - A rule that cannot be read matches nothing there. Here neither, and it is reported. With a `!` it still keeps
//!   folders from being left out as a whole.
//! - Reported are also a byte order mark, which keeps the first rule from matching, a line of 64 KiB, for which
//!   Terraform ignores the file, and a line of white space or a lone `!`, at which it crashes.
//!
//! Terraform on Windows wants `\` between the parts of a path; here it is `/`, as everywhere else.

mod dialect;
mod expression;
mod required;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::unicode::nfc;
use rule::Rule;

/// The name of the file, in the root of the folder.
pub const FILE: &str = ".terraformignore";

/// Terraform's, in its order.
const DEFAULTS: [&str; 3] = [".terraform/", "!.terraform/modules/", ".git/"];

/// Go's scanner gives up at a line of this many bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// What to leave out.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// The rule after which no `!` rule follows, as a position among `rules`.
    dominating_from: usize,
    /// Whether a folder is left out as a whole, for those that were asked for.
    folders: HashMap<String, bool>,
}

/// What the rules say of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Verdict {
    is_excluded: bool,
    is_dominating: bool,
}

impl Rules {
    /// Terraform's own: no `.git`, nothing of `.terraform` but its modules.
    pub fn defaults() -> Self {
        Self::of(DEFAULTS.iter().filter_map(|line| Rule::read(line).0).collect())
    }

    /// The default rules and those of a `.terraformignore`. Its problems are sentences that name line and rule.
    pub fn read(file: &[u8]) -> (Self, Vec<String>) {
        let mut rules = Self::defaults().rules;
        let mut problems = Vec::new();
        for (index, line) in file.split(|byte| *byte == b'\n').enumerate() {
            let number = index + 1;
            if line.len() >= LONGEST_LINE {
                let problem = format!("Line {number} is too long, so that Terraform uses its default rules only.");
                return (Self::defaults(), vec![problem]);
            }
            let line = String::from_utf8_lossy(line);
            let (rule, problem) = Rule::read(&line);
            rules.extend(rule);
            problems.extend(problem.map(|problem| match line.trim() {
                "" => format!("Line {number} {problem}."),
                rule => format!("Line {number}, “{rule}”, {problem}."),
            }));
        }
        (Self::of(rules), problems)
    }

    fn of(rules: Vec<Rule>) -> Self {
        let dominating_from = rules.iter().rposition(Rule::is_negated).map_or(0, |last| last + 1);
        Self { rules, dominating_from, ..Self::default() }
    }

    /// True if the file at this path, from the root of the folder and with `/`, is not sent.
    pub fn leave_out(&mut self, path: &str) -> bool {
        let path: &str = &nfc(path);
        path.rsplit_once('/').is_some_and(|(folder, _)| self.leave_out_folder(folder)) || self.verdict(path).is_excluded
    }

    /// True if Terraform does not look into this folder, or into one that it is in.
    fn leave_out_folder(&mut self, folder: &str) -> bool {
        if let Some(known) = self.folders.get(folder) {
            return *known;
        }
        // From the outermost inwards, not by recursion: a path may have thousands of parts.
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        let mut is_out = false;
        for name in ends.filter_map(|end| folder.get(..end)) {
            is_out = is_out
                || match self.folders.get(name) {
                    Some(known) => *known,
                    None => self.skips(name),
                };
            self.folders.insert(name.to_owned(), is_out);
        }
        is_out
    }

    fn skips(&self, folder: &str) -> bool {
        // Without a slash it is only the folder's own entry that is left out.
        if self.verdict(folder).is_excluded {
            return false;
        }
        let verdict = self.verdict(&format!("{folder}/"));
        verdict.is_excluded && verdict.is_dominating
    }

    fn verdict(&self, name: &str) -> Verdict {
        let last = self.rules.iter().enumerate().rev().find(|(_, rule)| rule.matches(name));
        Verdict {
            is_excluded: last.is_some_and(|(_, rule)| !rule.is_negated()),
            is_dominating: last.is_some_and(|(index, _)| index >= self.dominating_from),
        }
    }
}
