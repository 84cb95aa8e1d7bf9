//! What of a folder is sent.

use std::collections::HashMap;

use crate::{
    ignore::{FILE, Rules},
    unicode::lower_case,
};

/// A file of the folder, as the browser names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path, beginning with the folder's own name.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the folder on.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Which of the files that were found it is.
    pub index: usize,
}

/// What is sent of a folder and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What is sent, in the order of the archive: by the bytes of the path.
    pub entries: Vec<Entry>,
    /// How many files the rules leave out.
    pub left_out_files: usize,
    /// How many bytes those are.
    pub left_out_bytes: u64,
    /// Paths, and what is wrong with each: as the rest of a sentence.
    pub problems: Vec<(String, String)>,
}

/// Which of the files is the folder's `.terraformignore`.
pub fn ignore_file(files: &[Found]) -> Option<usize> {
    files.iter().position(|file| inside(&file.path) == Some(FILE))
}

/// What is sent of these files, by the rules of the folder's `.terraformignore` if it has one.
pub fn list(files: &[Found], ignore: Option<&[u8]>) -> Listing {
    let (mut rules, problems) = match ignore {
        Some(file) => Rules::read(file),
        None => (Rules::defaults(), Vec::new()),
    };
    let mut listing = Listing::default();
    listing.problems.extend(problems.into_iter().map(|problem| (FILE.to_owned(), problem)));
    for (index, file) in files.iter().enumerate() {
        let Some(path) = inside(&file.path).filter(|path| is_plain(path)) else {
            let reason = "is no path that an archive may have, and is left out".to_owned();
            listing.problems.push((file.path.clone(), reason));
            continue;
        };
        if rules.leave_out(path) {
            listing.left_out_files += 1;
            listing.left_out_bytes += file.size;
        } else {
            listing.entries.push(Entry { path: path.to_owned(), size: file.size, index });
        }
    }
    listing.entries.sort_by(|one, other| one.path.as_bytes().cmp(other.path.as_bytes()));
    listing.drop_duplicates();
    listing
}

impl Listing {
    /// How many bytes are sent before compression.
    pub fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// The same path twice would overwrite itself; paths that differ in case only do so on some disks.
    fn drop_duplicates(&mut self) {
        let mut known: HashMap<String, String> = HashMap::new();
        let problems = &mut self.problems;
        self.entries.retain(|entry| match known.insert(lower_case(&entry.path), entry.path.clone()) {
            Some(other) if other == entry.path => {
                problems.push((other, "is there twice, and is sent once".to_owned()));
                false
            }
            Some(other) => {
                let reason = format!("differs from {other} in upper and lower case only; both are sent");
                problems.push((entry.path.clone(), reason));
                true
            }
            None => true,
        });
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
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<Found> {
        paths.iter().map(|path| Found { path: (*path).to_owned(), size: 10 }).collect()
    }

    fn paths(listing: &Listing) -> Vec<&str> {
        listing.entries.iter().map(|entry| entry.path.as_str()).collect()
    }

    #[test]
    fn what_is_sent_is_sorted_and_free_of_what_terraform_leaves_out() {
        let files = found(&[
            "app/z.tf",
            "app/main.tf",
            "app/.git/config",
            "app/.terraform/providers/x",
            "app/.terraform/modules/m/main.tf",
            "app/modules/a/.git/HEAD",
            "app/B.tf",
        ]);
        let listing = list(&files, None);
        assert_eq!(paths(&listing), [".terraform/modules/m/main.tf", "B.tf", "main.tf", "z.tf"]);
        assert_eq!((listing.bytes(), listing.left_out_files, listing.left_out_bytes), (40, 3, 30));
        assert_eq!(listing.problems, []);
    }

    #[test]
    fn the_ignore_file_of_the_root_counts_and_is_sent() {
        let files = found(&["app/sub/.terraformignore", "app/.terraformignore", "app/a.log", "app/b/c.log", "app/x"]);
        assert_eq!(ignore_file(&files), Some(1));
        let listing = list(&files, Some(b"*.log\n"));
        assert_eq!(paths(&listing), [".terraformignore", "sub/.terraformignore", "x"]);
        assert_eq!(listing.left_out_files, 2);
    }

    #[test]
    fn nothing_climbs_out_of_the_folder() {
        let bad = ["app/../x", "app/a/../../x", "app//x", "app/./x", "app/a\\b", "app/", "x", "", "app/a\0b"];
        let listing = list(&found(&bad), None);
        assert_eq!(paths(&listing), [""; 0]);
        assert_eq!(listing.problems.len(), bad.len());
    }

    #[test]
    fn duplicates_are_reported() {
        let listing = list(&found(&["app/a", "app/a", "app/README", "app/readme"]), None);
        assert_eq!(paths(&listing), ["README", "a", "readme"]);
        assert_eq!(listing.problems.len(), 2);
    }

    #[test]
    fn the_order_of_the_browser_does_not_matter() {
        let mut files = found(&["app/c", "app/a/b", "app/a.b", "app/a"]);
        let one = list(&files, None);
        files.reverse();
        assert_eq!(paths(&one), paths(&list(&files, None)));
        assert_eq!(paths(&one), ["a", "a.b", "a/b", "c"]);
    }

    #[test]
    fn fifty_thousand_files_are_listed_at_once() {
        let files: Vec<Found> = (0..50_000)
            .map(|number| Found { path: format!("app/modules/m{}/file{number}.tf", number % 500), size: 1 })
            .collect();
        let rules = "*a*a*a*a*a*b\n**/**/**/**/x\nlogs/\n!keep/*.log\n";
        let began = std::time::Instant::now();
        assert_eq!(list(&files, Some(rules.as_bytes())).entries.len(), 50_000);
        assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
    }
}
