//! What of a folder is sent.

use std::collections::BinaryHeap;

use crate::{
    ignore::{FILE, Rules},
    names::{Twins, is_configuration, left_by_macos},
    texts::Texts,
};

/// What is told of a path that is left out because it could not be read.
pub const UNREADABLE: &str = "cannot be read, and is left out";

/// A path, and what is wrong with it: as the rest of a sentence. An empty path is for the folder itself.
pub type Problem = (String, String);

/// Tells what is sent from what the rules leave out, by paths alone: what is left out need not be read.
#[derive(Debug)]
pub struct Sieve {
    rules: Rules,
    left_out_files: usize,
    problems: Vec<Problem>,
}

/// A file that the sieve took, as the browser names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, beginning with the folder's own name.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it begins with `#!`.
    pub is_script: bool,
    /// Which of the files that were handed over it is.
    pub index: usize,
}

/// A file that is sent. Ordered by the bytes of the path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path from the folder on.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it may be executed. A browser does not tell; a file that begins with `#!` is meant to be.
    pub is_executable: bool,
    /// Which of the files that were handed over it is.
    pub index: usize,
}

/// What is sent of a folder and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What is sent, in the order of the archive: by the bytes of the path.
    pub entries: Vec<Entry>,
    /// How many files the rules leave out one by one.
    pub left_out_files: usize,
    /// How many folders they leave out with everything in them.
    pub left_out_folders: usize,
    /// What should be known before it is sent.
    pub problems: Vec<Problem>,
}

impl Sieve {
    /// With the rules of the folder's `.terraformignore` if it has one.
    pub fn new(ignore: Option<&[u8]>) -> Self {
        let (rules, problems) = match ignore {
            Some(file) => Rules::read(file),
            None => (Rules::defaults(), Vec::new()),
        };
        let problems = problems.into_iter().map(|problem| (FILE.to_owned(), problem)).collect();
        Self { rules, left_out_files: 0, problems }
    }

    /// Whether a file is sent, or a folder is looked into; to be asked once for each. The path begins with the folder's
    /// own name, and that of a folder ends in `/`.
    pub fn takes(&mut self, path: &str) -> bool {
        let (name, is_folder) = path.strip_suffix('/').map_or((path, false), |name| (name, true));
        let Some(inside) = inside(name).filter(|inside| is_plain(inside)) else {
            let reason = "is no path that an archive may have, and is left out".to_owned();
            self.problems.push((path.to_owned(), reason));
            return false;
        };
        if is_folder {
            return !self.rules.leave_out_folder(inside);
        }
        let folder = inside.rsplit_once('/').map(|(folder, _)| folder);
        if folder.is_some_and(|folder| self.rules.leave_out_folder(folder)) {
            // Counted with the folder.
            return false;
        }
        let is_left_out = self.rules.leave_out(inside);
        self.left_out_files += usize::from(is_left_out);
        !is_left_out
    }

    /// What is sent of the files that it took, with the problems that were found on the way: their paths begin with the
    /// folder's own name.
    pub fn list(mut self, found: Vec<Found>, problems: Vec<Problem>) -> Listing {
        let entries = found.into_iter().filter_map(|Found { path, size, is_script, index }| {
            Some(Entry { path: inside(&path)?.to_owned(), size, is_executable: is_script, index })
        });
        // A heap, because sorting a vector weighs four kilobytes.
        let mut entries = entries.collect::<BinaryHeap<Entry>>().into_sorted_vec();
        let surprises = self.rules.surprises();
        self.problems.extend(surprises.into_iter().map(|surprise| (FILE.to_owned(), surprise)));
        let from_inside = |(path, reason): Problem| (inside(&path).unwrap_or(&path).to_owned(), reason);
        self.problems.extend(problems.into_iter().map(from_inside));
        self.problems.extend(of_entries(&mut entries));
        Listing {
            entries,
            left_out_files: self.left_out_files,
            left_out_folders: self.rules.left_out_folders(),
            problems: self.problems,
        }
    }
}

/// What is to be known of what is sent. What is there twice is taken out: it would overwrite itself.
fn of_entries(entries: &mut Vec<Entry>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut known = Texts::default();
    let mut twins = Twins::default();
    entries.retain(|entry| {
        if known.add(&entry.path).is_some() {
            problems.push((entry.path.clone(), "is there twice, and is sent once".to_owned()));
            return false;
        }
        problems.extend(twins.add(&entry.path));
        problems.extend(left_by_macos(&entry.path));
        true
    });
    let is_at_the_top = |entry: &Entry| !entry.path.contains('/') && is_configuration(&entry.path);
    if !entries.is_empty() && !entries.iter().any(is_at_the_top) {
        let reason = "No .tf file is directly in this folder, where Terraform looks for them.";
        problems.push((String::new(), reason.to_owned()));
    }
    problems
}

impl Listing {
    /// How many bytes are sent before compression.
    pub fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// The files that an unpacker makes executable.
    pub fn executables(&self) -> Vec<String> {
        self.entries.iter().filter(|entry| entry.is_executable).map(|entry| entry.path.clone()).collect()
    }
}

/// The path from the folder on.
fn inside(path: &str) -> Option<&str> {
    path.split_once('/').map(|(_, inside)| inside)
}

/// Whether it stays in the folder on every system that may unpack it.
fn is_plain(path: &str) -> bool {
    let is_plain_part = |part: &str| !matches!(part, "" | "." | "..");
    path.split('/').all(is_plain_part) && !path.contains(['\\', '\0'])
}

#[cfg(test)]
mod tests;
