//! Folders of this machine, which are not to be in a built console: they tell who built it, and make the same sources
//! give other files elsewhere.
//!
//! The compiler writes paths of sources into the wasm, for messages of panics. Here it is told to write others.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::Program;
use crate::project::Project;
use crate::setup::Tools;

use super::files::assets;

/// What `.cargo/config.toml` says for every build for the browser: flags in the environment replace those.
const FLAGS: [&str; 1] = ["--cfg=erase_components"];

/// Cargo's variable for flags with spaces in them.
pub const FLAGS_VARIABLE: &str = "CARGO_ENCODED_RUSTFLAGS";

/// Folders, and what the compiler is to write in their place. The last that fits counts.
#[derive(Debug)]
pub struct Places(Vec<(PathBuf, String)>);

impl Places {
    /// Where the sources of the console, of its dependencies and of the standard library are.
    pub fn of(project: &Project, tools: &Tools) -> Outcome<Self> {
        let mut places = Vec::new();
        let home = env::var_os("HOME").map(PathBuf::from);
        places.extend(home.iter().map(|home| (home.clone(), "/home".to_owned())));
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home?.join(".cargo")));
        if let Some(cargo_home) = cargo_home {
            // A mirror of crates.io has a folder of another name.
            let registries = cargo_home.join("registry/src");
            places.push((cargo_home, "/cargo".to_owned()));
            let folders = registries.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
            places.extend(folders.map(|folder| (folder, "/crates".to_owned())));
        }
        let rustc = |args: &[&str]| Program::new(tools.rustc()).args(args).dir(project.root()).read();
        let sysroot = PathBuf::from(rustc(&["--print", "sysroot"])?.trim());
        let version = rustc(&["--version", "--verbose"])?;
        let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
        places.push((sysroot.clone(), "/rust".to_owned()));
        // As the makers of the compiler have it in what they compile.
        places.push((sysroot.join("lib/rustlib/src/rust"), format!("/rustc/{commit}")));
        places.push((project.target(), "/target".to_owned()));
        places.push((project.root().to_owned(), "/tfe-console".to_owned()));
        places.push((project.root().join("target"), "/target".to_owned()));
        Ok(Self(places.into_iter().filter(|(folder, _)| is_telling(folder)).collect()))
    }

    /// The flags for the compiler, as [`FLAGS_VARIABLE`] takes them.
    pub fn flags(&self) -> String {
        let remaps = self.0.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
        FLAGS.iter().map(|flag| (*flag).to_owned()).chain(remaps).collect::<Vec<_>>().join("\u{1f}")
    }

    /// Fails if a file of a built console names one of the folders.
    pub fn are_not_in(&self, dist: &Path) -> Outcome {
        for asset in assets(dist)? {
            let bytes = fs::read(&asset).doing(format_args!("read {}", asset.display()))?;
            for (folder, _) in &self.0 {
                let needle = format!("{}/", folder.display());
                if let Some(at) = bytes.windows(needle.len()).position(|window| window == needle.as_bytes()) {
                    let rest = bytes.get(at..).unwrap_or_default();
                    let found: Vec<u8> =
                        rest.iter().copied().take(160).take_while(|it| (b' '..127).contains(it)).collect();
                    return Err(Failure::new(format!(
                        "{} names a folder of this machine, so that it would be another file elsewhere: {}",
                        asset.display(),
                        String::from_utf8_lossy(&found)
                    )));
                }
            }
        }
        Ok(())
    }
}

/// False for a folder such as `/` or `/src`, whose name is a part of many an innocent path.
fn is_telling(folder: &Path) -> bool {
    folder.is_absolute() && (folder.components().count() > 2 || folder == Path::new("/root"))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_flags_of_every_other_build_are_kept() {
        let config = include_str!("../../../.cargo/config.toml");
        assert!(config.contains(&format!("rustflags = {FLAGS:?}")));
        let places = Places(vec![("/home/ann/a b".into(), "/x".to_owned())]);
        assert_eq!(places.flags(), "--cfg=erase_components\u{1f}--remap-path-prefix=/home/ann/a b=/x");
    }

    #[test]
    fn a_file_that_names_a_folder_of_this_machine_is_found() {
        let dist = env::temp_dir().join(format!("xtask-places-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join("a.js"), "/home/annabel/x and /home/ann").unwrap();
        let places = Places(vec![("/home/ann".into(), "/x".to_owned())]);
        places.are_not_in(&dist).unwrap();
        fs::write(dist.join("b.wasm"), b"\0asm\0src/lib.rs/home/ann/.cargo/registry/src/x.rs\0").unwrap();
        let failure = places.are_not_in(&dist).unwrap_err().to_string();
        assert!(failure.contains("b.wasm") && failure.ends_with(": /home/ann/.cargo/registry/src/x.rs"), "{failure}");
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn folders_that_are_everywhere_tell_nothing() {
        for (folder, is) in [("/", false), ("/src", false), ("target", false), ("/root", true), ("/home/ann", true)] {
            assert_eq!(is_telling(Path::new(folder)), is, "{folder}");
        }
    }
}
