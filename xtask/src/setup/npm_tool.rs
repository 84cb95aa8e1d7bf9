//! Tools from npm that make the build's files smaller.
//!
//! The build can do without them: where one cannot be had, a stand-in takes its place.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;

use super::cache::Cache;

/// Takes a tool's place: both are called with options, one file, and an option that names the other file.
const STAND_IN: &str = r#"#!/bin/sh
# Takes the place of a tool that makes files smaller where that cannot be had: it leaves the file as it is.
if [ "$1" = --version ]; then echo "$(basename "$0") version 0 (stand-in)"; exit; fi
for argument; do
  case "$argument" in
    --output=*|--outfile=*) output=${argument#*=} ;;
    -*) ;;
    *) input=$argument ;;
  esac
done
exec cp "$input" "$output"
"#;

/// A program of one exact version of an npm package.
#[derive(Debug)]
pub struct NpmTool {
    /// The package.
    pub package: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The program that is wanted of it.
    pub program: &'static str,
    /// Whether a program of the machine may be used instead, by what it says of its version.
    pub is_good: fn(&str) -> bool,
}

impl NpmTool {
    /// The folder to add to `PATH` for it: one of ours, or none when `PATH` has a good one already.
    pub fn find(&self, cache: &Cache) -> Option<Option<PathBuf>> {
        let npm = cache.path(&self.name()).join("node_modules/.bin");
        if programs::is_program(&npm.join(self.program)) {
            return Some(Some(npm));
        }
        if programs::find(self.program).and_then(|it| programs::version_of(&it)).is_some_and(|it| (self.is_good)(&it)) {
            return Some(None);
        }
        let stand_in = cache.path(&self.stand_in());
        programs::is_program(&stand_in.join(self.program)).then_some(Some(stand_in))
    }

    /// Installs npm's package; else what `other` finds, which says whether it did; else the stand-in.
    pub fn install(&self, cache: &Cache, other: impl FnOnce() -> Outcome<bool>) -> Outcome {
        if programs::find("npm").is_some() && worked(self.install_package(cache))? {
            return Ok(());
        }
        if other()? {
            return Ok(());
        }
        println!("      {} cannot be had: the console will be a little larger", self.program);
        cache.make(&self.stand_in(), |part| self.write_stand_in(part))
    }

    fn install_package(&self, cache: &Cache) -> Outcome {
        let package = format!("{}@{}", self.package, self.version);
        println!("      npm install {package}");
        cache.make(&self.name(), |part| {
            Program::new("npm")
                .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
                .arg(part)
                .arg(package)
                .dir(part)
                .limit(minutes(5))
                .read()?;
            let program = part.join("node_modules/.bin").join(self.program);
            let works = programs::version_of(&program).is_some();
            works.then_some(()).ok_or_else(|| Failure::new(format!("npm's {} does not run here.", self.program)))
        })
    }

    fn write_stand_in(&self, folder: &Path) -> Outcome {
        let program = folder.join(self.program);
        fs::write(&program, STAND_IN).doing(format_args!("write the stand-in for {}", self.program))?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).doing("make it executable")
    }

    fn name(&self) -> String {
        format!("{}-{}", self.package, self.version)
    }

    fn stand_in(&self) -> String {
        format!("no-{}", self.program)
    }
}

/// Tells a failure and lets the next way be tried, unless the user asked to stop.
pub fn worked(outcome: Outcome) -> Outcome<bool> {
    match outcome {
        Err(failure) if failure.is_interruption() => Err(failure),
        Err(failure) => {
            println!("      {failure}");
            Ok(false)
        }
        Ok(()) => Ok(true),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_leaves_a_file_as_it_is_and_says_what_it_is() {
        let folder = std::env::temp_dir().join(format!("xtask-npm-tool-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.js"), "a ( ) ;").unwrap();
        let tool = NpmTool { package: "a", version: "1.2.3", program: "minify", is_good: |_| false };
        tool.write_stand_in(&folder).unwrap();
        let program = folder.join("minify");
        assert_eq!(programs::version_of(&program).unwrap(), "minify version 0 (stand-in)");
        for option in ["--output=b.js", "--outfile=b.js"] {
            Program::new(&program).args(["-Os", option, "--minify", "a.js"]).dir(&folder).run().unwrap();
            assert_eq!(fs::read_to_string(folder.join("b.js")).unwrap(), "a ( ) ;");
            fs::remove_file(folder.join("b.js")).unwrap();
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
