//! Which console this is: the version of the manifest, and the commit where it is known.

use std::fmt;

use crate::failure::Outcome;
use crate::process::Program;
use crate::project::Project;

/// Names the commit where there is no repository, and tells the server's build.
pub const COMMIT: &str = "TFE_CONSOLE_COMMIT";

/// Reads as `0.1.0 (0123456789ab)`, or as `0.1.0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version.
    pub number: String,
    /// The commit, with a word after it if there are changes on top.
    pub commit: Option<String>,
}

impl Version {
    /// Of the checkout as it is.
    pub fn of(project: &Project) -> Outcome<Self> {
        let number = project.locked_version("tfe-console")?;
        let named = std::env::var(COMMIT).ok().filter(|commit| !commit.trim().is_empty());
        Ok(Self { number, commit: named.or_else(|| commit(project)) })
    }
}

/// Without git, or outside a repository, nobody knows.
fn commit(project: &Project) -> Option<String> {
    // Else git would tell of a repository around this folder.
    if !project.path(".git").exists() {
        return None;
    }
    let describe = ["describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=-modified"];
    let commit = Program::new("git").args(describe).dir(project.root()).read().ok()?;
    Some(commit.trim().to_owned()).filter(|commit| !commit.is_empty())
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.commit {
            Some(commit) => write!(formatter, "{} ({commit})", self.number),
            None => formatter.write_str(&self.number),
        }
    }
}
