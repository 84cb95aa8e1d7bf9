//! Debian's packages: directly as root, with sudo where it asks no password, and otherwise as a command to type.

use std::cell::Cell;
use std::path::Path;

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;

/// The package manager of Debian and its descendants.
#[derive(Debug)]
pub struct Apt {
    lists_are_fresh: Cell<bool>,
    expected: Vec<&'static str>,
}

impl Apt {
    /// `expected` packages will be asked for later: named at once where someone has to type the command.
    pub fn expecting(expected: Vec<&'static str>) -> Self {
        Self { lists_are_fresh: Cell::new(false), expected }
    }

    /// True if this machine has it.
    pub fn is_here(&self) -> bool {
        programs::find("apt-get").is_some()
    }

    /// Installs packages; nothing is ever removed for them.
    pub fn install(&self, packages: &[&str]) -> Outcome {
        let wanted = packages.join(" ");
        let Some(as_root) = as_root() else {
            let later = self.expected.iter().filter(|later| !packages.contains(later));
            let all: Vec<&str> = packages.iter().chain(later).copied().collect();
            return Err(Failure::new(format!(
                "This needs root. Run the following, then start this command again:\n\n    \
                 sudo apt-get update && sudo apt-get install --no-install-recommends {}\n",
                all.join(" ")
            )));
        };
        self.refresh(&as_root)?;
        println!("      apt-get install {wanted}");
        get(&as_root, &["install", "--yes", "--no-install-recommends", "--no-remove"])
            .args(packages)
            .limit(minutes(20))
            .read()
            .map(drop)
            .map_err(|failure| failure.during(&format!("Cannot install {wanted}")))
    }

    /// Fetches packages into a folder and unpacks them into another, without root and without installing them.
    pub fn unpack(&self, packages: &[&str], fetched: &Path, unpacked: &Path) -> Outcome {
        if let Some(as_root) = as_root() {
            self.refresh(&as_root)?;
        }
        println!("      apt-get download {}", packages.join(" "));
        Program::new("apt-get").args(["-qq", "download"]).args(packages).dir(fetched).limit(minutes(10)).read()?;
        let files = fetched.read_dir().doing(format_args!("read {}", fetched.display()))?;
        for package in files.flatten().map(|entry| entry.path()) {
            Program::new("dpkg-deb").arg("--extract").arg(&package).arg(unpacked).limit(minutes(2)).read()?;
        }
        Ok(())
    }

    /// The version of a package that would be installed, as far as the lists on this machine tell.
    pub fn candidate(&self, package: &str) -> Outcome<Option<String>> {
        if let Some(as_root) = as_root() {
            self.refresh(&as_root)?;
        }
        let policy = Program::new("apt-cache").args(["policy", package]).env("LC_ALL", "C").read()?;
        Ok(candidate(&policy))
    }

    /// Fetches the lists of packages, once.
    fn refresh(&self, as_root: &[&str]) -> Outcome {
        if self.lists_are_fresh.replace(true) {
            return Ok(());
        }
        println!("      apt-get update");
        match get(as_root, &["update"]).limit(minutes(5)).read() {
            Err(failure) if failure.is_interruption() => Err(failure),
            Err(_) => {
                // One dead source is no reason to stop: the package may be in another.
                println!("      it had a problem; going on with the lists as they are");
                Ok(())
            }
            Ok(_) => Ok(()),
        }
    }
}

fn get(as_root: &[&str], args: &[&str]) -> Program {
    let words = [as_root, &["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-qq"], args].concat();
    let (first, rest) = words.split_first().map_or(("env", &[][..]), |(first, rest)| (*first, rest));
    Program::new(first).args(rest).args(["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=2"])
}

/// The words in front of a command that make it run as root, if there is a way without a password.
fn as_root() -> Option<Vec<&'static str>> {
    if rustix::process::geteuid().is_root() {
        return Some(Vec::new());
    }
    let sudo = programs::find("sudo")?;
    Program::new(sudo).args(["-n", "true"]).read().ok()?;
    Some(vec!["sudo", "-n"])
}

fn candidate(policy: &str) -> Option<String> {
    let version = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_without_a_candidate_cannot_be_installed() {
        let known = "rustc-web:\n  Installed: (none)\n  Candidate: 1.96.0+dfsg1-1~deb12u2\n";
        assert_eq!(candidate(known).as_deref(), Some("1.96.0+dfsg1-1~deb12u2"));
        assert_eq!(candidate("x:\n  Installed: (none)\n  Candidate: (none)\n"), None);
        assert_eq!(candidate(""), None);
    }
}
