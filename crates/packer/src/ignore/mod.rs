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
//!   `copy(1).tf` the parentheses are a group.
//! - A rule that cannot be read matches nothing. With a `!` it still keeps folders from being left out as a whole.
//!
//! It is done here as Terraform does it, and where that may surprise it is told, with the line: by what a line looks
//! like (`surprise.rs`), by what the file is written in (`encoding.rs`), and, once it is known what is sent, by the files
//! that a rule seems to leave out and does not, or brings back although they are left out by default (`noticed.rs`).
//!
//! Terraform on Windows wants `\` between the parts of a path; here it is `/`, as everywhere else.

mod dialect;
mod encoding;
mod expression;
mod noticed;
mod required;
mod rule;
mod surprise;
#[cfg(test)]
mod tests;

use crate::{texts::Texts, unicode::nfc};
use encoding::Encoding;
use noticed::Noticed;
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
    /// The folders that were asked for, but none that is in a folder that is left out as a whole.
    folders: Texts,
    /// What the rules say of each of them.
    found: Vec<Folder>,
    left_out_folders: usize,
    noticed: Noticed,
}

/// What the rules say of a folder.
#[derive(Clone, Copy, Debug)]
enum Folder {
    /// Terraform does not look into it.
    LeftOut,
    /// Each file in it is asked for.
    Entered {
        /// The rule of the file that leaves out the folder's own entry, or that of one around it, and nothing in it.
        named_by: Option<usize>,
    },
}

impl Rules {
    /// Terraform's own: no `.git`, nothing of `.terraform` but its modules.
    pub fn defaults() -> Self {
        Self::of(DEFAULTS.iter().filter_map(|line| Rule::read(line).0).collect())
    }

    /// The default rules and those of a `.terraformignore`. Its problems are sentences that name line and rule.
    pub fn read(file: &[u8]) -> (Self, Vec<String>) {
        let mut rules = Self::defaults().rules;
        let encoding = Encoding::of(file);
        let mut problems = Vec::from_iter(encoding.problem());
        for (index, line) in file.split(|byte| *byte == b'\n').enumerate() {
            let number = index + 1;
            if line.len() >= LONGEST_LINE {
                let problem = format!("Line {number} is too long, so that Terraform uses its default rules only.");
                return (Self::defaults(), vec![problem]);
            }
            let text = String::from_utf8_lossy(line);
            let place = match text.trim() {
                "" => format!("Line {number}"),
                rule => format!("Line {number}, “{rule}”,"),
            };
            let (rule, problem) = Rule::read(&text);
            let problem = encoding.problem_of_line(line, rule.is_some()).or(problem);
            // Nothing in a file of two bytes a character looks like what it is.
            if let Some(problem) = problem.filter(|_| encoding != Encoding::Utf16) {
                problems.push(format!("{place} {problem}."));
            }
            rules.extend(rule.map(|rule| rule.at(place)));
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
        let folder = path.rsplit_once('/').map(|(folder, _)| self.folder(folder));
        let named_by = match folder {
            Some(Folder::LeftOut) => return true,
            Some(Folder::Entered { named_by }) => named_by,
            None => None,
        };
        let decided = self.decide(path);
        let is_left_out = self.leaves_out(decided);
        if !is_left_out {
            self.notice(path, decided, named_by);
        }
        is_left_out
    }

    /// True if Terraform does not look into the folder at this path, or into one that it is in.
    pub fn leave_out_folder(&mut self, path: &str) -> bool {
        matches!(self.folder(&nfc(path)), Folder::LeftOut)
    }

    /// How many folders were left out as a whole; what is in them is not counted.
    pub fn left_out_folders(&self) -> usize {
        self.left_out_folders
    }

    /// What the rules did to the files that were asked for, where that may surprise: sentences that name line and rule.
    pub fn surprises(&self) -> Vec<String> {
        self.noticed.sentences(&self.rules)
    }

    fn folder(&mut self, folder: &str) -> Folder {
        if let Some(known) = self.known(folder) {
            return known;
        }
        // From the outermost inwards, not by recursion: a path may have thousands of parts.
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        let mut named_by = None;
        for name in ends.filter_map(|end| folder.get(..end)) {
            let found = self.known(name).unwrap_or_else(|| {
                let found = self.look_at(name, named_by);
                self.left_out_folders += usize::from(matches!(found, Folder::LeftOut));
                self.folders.add(name);
                self.found.push(found);
                found
            });
            match found {
                Folder::LeftOut => return Folder::LeftOut,
                Folder::Entered { named_by: rule } => named_by = rule,
            }
        }
        Folder::Entered { named_by }
    }

    fn known(&self, folder: &str) -> Option<Folder> {
        self.found.get(self.folders.get(folder)?).copied()
    }

    /// One folder, in one that is entered.
    fn look_at(&self, folder: &str, named_by: Option<usize>) -> Folder {
        let own = self.decide(folder);
        if self.leaves_out(own) {
            // Without a slash it is only the folder's own entry.
            return Folder::Entered { named_by: own.filter(|at| *at >= DEFAULTS.len()).or(named_by) };
        }
        let whole = self.decide(&format!("{folder}/"));
        let is_dominating = whole.is_some_and(|at| at >= self.dominating_from);
        if is_dominating && self.leaves_out(whole) { Folder::LeftOut } else { Folder::Entered { named_by } }
    }

    /// The rule that decides: the last one that matches.
    fn decide(&self, name: &str) -> Option<usize> {
        self.rules.iter().rposition(|rule| rule.matches(name))
    }

    fn leaves_out(&self, decided: Option<usize>) -> bool {
        decided.and_then(|at| self.rules.get(at)).is_some_and(|rule| !rule.is_negated())
    }

    /// A file is sent: perhaps one that was not meant.
    fn notice(&mut self, path: &str, decided: Option<usize>, named_by: Option<usize>) {
        match (decided, named_by) {
            (Some(at), _) if at >= DEFAULTS.len() => {
                let defaults = self.rules.iter().take(DEFAULTS.len());
                let is_left_out = defaults.rev().find(|rule| rule.matches(path)).is_some_and(|rule| !rule.is_negated());
                if is_left_out {
                    self.noticed.add(at, true, path);
                }
            }
            (None, Some(at)) => self.noticed.add(at, false, path),
            _ => {}
        }
    }
}
