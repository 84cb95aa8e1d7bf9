//! What should be known of an archive before it is sent: it is unpacked as it is, far from whoever made it.
//!
//! Nothing here refuses an archive: only the installation knows what it takes.

mod reader;
#[cfg(test)]
mod tests;

use crate::{
    listing::Problem,
    names::{Twins, is_configuration, left_by_macos},
    texts::Texts,
};
use reader::{Kind, Member, Outcome, Reader};

/// More is not told one by one.
const MOST_PROBLEMS: usize = 200;

/// Names are compared with each other up to as many bytes, so that an archive of names alone does not fill the memory.
const MOST_NAMES: usize = 16 * 1024 * 1024;

/// Looks at an archive's directory as its bytes come, decompressed.
#[derive(Default)]
pub struct Inspection {
    reader: Reader,
    members: Members,
}

/// Why no more bytes come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There are no more.
    Reached,
    /// What is compressed cannot be decompressed any further.
    Broken,
    /// It was given up after as many bytes of the archive.
    GivenUp(u64),
}

#[derive(Default)]
struct Members {
    /// What everything so far is in; none once there are two, or something that is in no folder.
    top: Top,
    has_configuration: bool,
    has_configuration_at_the_top: bool,
    names: usize,
    known: Texts,
    twins: Twins,
    problems: Vec<Problem>,
    untold: usize,
}

#[derive(Default)]
enum Top {
    #[default]
    Nothing,
    Folder(String),
    Several,
}

impl Inspection {
    /// Takes in the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.reader.feed(bytes, |member| self.members.add(&member));
    }

    /// What should be known, when no more bytes come. An empty path is for the archive itself.
    pub fn finish(self, end: End) -> Vec<Problem> {
        let Self { reader, members } = self;
        let of_all = match (reader.outcome(), end) {
            (_, End::Broken) => {
                Some("It cannot be decompressed to its end: it is cut, damaged or made of several parts.".to_owned())
            }
            (Outcome::Damaged, _) => Some("It is damaged: it cannot be read to its end.".to_owned()),
            (Outcome::Whole, End::GivenUp(_)) if reader.has_ended() => None,
            (_, End::GivenUp(bytes)) => Some(format!(
                "Only its first {} MB were looked at: reading all of it would take too long.",
                bytes / 1_000_000
            )),
            (Outcome::Whole, End::Reached) => None,
            (Outcome::NoTar, End::Reached) => Some("It is no tar archive: nobody can unpack it.".to_owned()),
            (Outcome::Cut, End::Reached) => Some("It is cut: it ends in the middle of a file.".to_owned()),
        };
        let is_known = of_all.is_none();
        let mut problems = Vec::from_iter(of_all.map(|problem| (String::new(), problem)));
        problems.extend(members.finish(is_known).map(|problem| (String::new(), problem)));
        problems.extend(members.problems);
        if members.untold > 0 {
            problems.push((String::new(), format!("{} more like these.", members.untold)));
        }
        problems
    }
}

impl Members {
    fn add(&mut self, Member { path, kind }: &Member) {
        let Some(inside) = resolve("", path) else {
            return self.tell(path, "leads out of the archive, which Terraform refuses");
        };
        if inside.is_empty() {
            return;
        }
        match kind {
            Kind::Symlink(target) => self.look_at_link(path, folder_of(&inside), target),
            Kind::HardLink(target) => self.look_at_link(path, "", target),
            Kind::Other => self.tell(path, "is no file, folder or link, which Terraform refuses"),
            Kind::File | Kind::Folder => {}
        }
        self.look_at_name(&inside, matches!(kind, Kind::Folder));
    }

    fn look_at_link(&mut self, path: &str, from: &str, target: &str) {
        if resolve(from, target).is_none() {
            let reason = ["is a link that leaves the archive, to ", target, ", which Terraform refuses"].concat();
            self.tell(path, &reason);
        }
    }

    fn look_at_name(&mut self, path: &str, is_folder: bool) {
        let (top, is_in_folder) = path.split_once('/').map_or((path, is_folder), |(top, _)| (top, true));
        let is_of_macos = left_by_macos(path);
        if is_of_macos.is_none() {
            self.top = match std::mem::take(&mut self.top) {
                Top::Nothing if is_in_folder => Top::Folder(top.to_owned()),
                Top::Folder(known) if is_in_folder && known == top => Top::Folder(known),
                _ => Top::Several,
            };
        }
        if !is_folder && is_configuration(path) {
            self.has_configuration = true;
            self.has_configuration_at_the_top |= !path.contains('/');
        }
        is_of_macos.into_iter().for_each(|problem| self.push(problem));
        self.names += path.len();
        if self.names > MOST_NAMES {
            return;
        }
        if !is_folder && self.known.add(path).is_some() {
            self.tell(path, "is there twice, and the last one counts");
        } else if let Some(problem) = self.twins.add(path) {
            self.push(problem);
        }
    }

    /// What is to be known of all of them: if it was read to its end, also what is not there.
    fn finish(&self, is_known: bool) -> Option<String> {
        let is_known = is_known || self.has_configuration;
        match &self.top {
            _ if self.has_configuration_at_the_top || !is_known => None,
            Top::Nothing => Some("There is no file in it.".to_owned()),
            Top::Folder(top) if self.has_configuration => Some(format!(
                "Everything in it is in the folder {top}, and Terraform looks for .tf files at the top. Pack what is in \
                 the folder, not the folder."
            )),
            _ if self.has_configuration => {
                Some("No .tf file is at its top, where Terraform looks for them.".to_owned())
            }
            _ => Some("There is no .tf file in it.".to_owned()),
        }
    }

    fn tell(&mut self, path: &str, reason: &str) {
        self.push((path.to_owned(), reason.to_owned()));
    }

    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.untold += 1;
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where a path leads from a folder of the archive: without `.` and `..`; `None` if that is out of the archive.
fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
