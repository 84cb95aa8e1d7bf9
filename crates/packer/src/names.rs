//! What names tell before anything is unpacked: of a folder's files, and of an archive's alike.

use crate::{
    listing::Problem,
    texts::Texts,
    unicode::{lower_case, nfc},
};

/// Finds paths that some disks take for one: they differ in upper and lower case, or in the form of Unicode, only.
#[derive(Debug, Default)]
pub struct Twins {
    /// As such a disk compares them.
    known: Texts,
    /// As each was spelled first.
    spelled: Vec<String>,
    told: Texts,
}

impl Twins {
    /// Adds a path. The problem is the path's own, or that of the outermost folder that has a twin, and told once.
    pub fn add(&mut self, path: &str) -> Option<Problem> {
        let mut key = String::new();
        let mut end = 0;
        for part in path.split('/') {
            if end > 0 {
                key.push('/');
                end += 1;
            }
            key.push_str(&lower_case(&nfc(part)));
            end += part.len();
            let spelled = path.get(..end).unwrap_or(path);
            let Some(place) = self.known.add(&key) else {
                self.spelled.push(spelled.to_owned());
                continue;
            };
            let other = self.spelled.get(place).filter(|other| *other != spelled);
            let Some(other) = other else { continue };
            let difference = if nfc(other) == nfc(spelled) { "the form of Unicode" } else { "upper and lower case" };
            let reason = ["differs from ", other, " in ", difference, " only; both are sent"].concat();
            return self.told.add(spelled).is_none().then(|| (spelled.to_owned(), reason));
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
