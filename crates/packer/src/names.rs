//! What names tell before anything is unpacked: of a folder's files, and of an archive's alike.

use std::collections::{HashMap, HashSet};

use crate::{
    listing::Problem,
    unicode::{lower_case, nfc},
};

/// Finds paths that some disks take for one: they differ in upper and lower case, or in the form of Unicode, only.
#[derive(Debug, Default)]
pub struct Twins {
    /// As such a disk compares it, and as it was spelled first.
    known: HashMap<String, String>,
    told: HashSet<String>,
}

impl Twins {
    /// Adds a path. The problem is the path's own, or that of the outermost folder that has a twin, and told once.
    pub fn add(&mut self, path: &str) -> Option<Problem> {
        let mut key = String::with_capacity(path.len());
        let mut end = 0;
        for part in path.split('/') {
            if end > 0 {
                key.push('/');
                end += 1;
            }
            key.push_str(&lower_case(&nfc(part)));
            end += part.len();
            let spelled = path.get(..end).unwrap_or(path);
            match self.known.get(&key) {
                None => drop(self.known.insert(key.clone(), spelled.to_owned())),
                Some(other) if other == spelled => {}
                Some(other) => {
                    let difference =
                        if nfc(other) == nfc(spelled) { "in the form of Unicode" } else { "in upper and lower case" };
                    let reason = format!("differs from {other} {difference} only; both are sent");
                    return self.told.insert(spelled.to_owned()).then(|| (spelled.to_owned(), reason));
                }
            }
        }
        None
    }
}

/// What macOS puts beside files on disks and in archives of other systems.
pub fn left_by_macos(path: &str) -> Option<Problem> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("._").then(|| (path.to_owned(), "is of macOS itself and no configuration; it is sent".to_owned()))
}

/// Whether Terraform or OpenTofu reads it as configuration.
pub fn is_configuration(path: &str) -> bool {
    [".tf", ".tf.json", ".tofu", ".tofu.json"].iter().any(|end| path.ends_with(end))
        && !path.rsplit('/').next().unwrap_or(path).starts_with('.')
}
