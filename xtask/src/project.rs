//! Where this project's files are, and what its manifest and lock file say.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};

/// The checkout that this program was built from.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the checkout: Cargo says where when it runs us, and it is fixed at compile time otherwise.
    pub fn find() -> Outcome<Self> {
        let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest_dir.ancestors().find(|dir| dir.join("Trunk.toml").is_file());
        let root =
            root.ok_or_else(|| Failure::new(format!("No checkout of the console around {}.", manifest_dir.display())))?;
        Ok(Self { root: root.to_owned() })
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A file or folder below the root.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built console.
    pub fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// Cargo's target folder, as the environment may move it.
    pub fn target(&self) -> PathBuf {
        let moved = std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty());
        moved.map_or_else(|| self.path("target"), |dir| self.root.join(dir))
    }

    /// The version of a package that `Cargo.lock` holds.
    pub fn locked_version(&self, package: &str) -> Outcome<String> {
        let lock = self.read("Cargo.lock")?;
        locked_version(&lock, package).ok_or_else(|| Failure::new(format!("Cargo.lock names no package {package}.")))
    }

    /// A text file of the project.
    pub fn read(&self, relative: &str) -> Outcome<String> {
        fs::read_to_string(self.path(relative)).doing(format_args!("read {relative}"))
    }
}

/// Reads Cargo's own format line by line: it has no reason to change, and a TOML parser takes longer to compile
/// than all the rest of this program.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != name);
    lines.next()?;
    let version = lines.next()?.trim().strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";

    #[test]
    fn the_lock_file_gives_the_version_of_exactly_the_package_asked_for() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }
}
