//! `wasm-opt`, which takes about two hundredths off the first load.
//!
//! It is the one tool that the build can do without: where it cannot be had, a stand-in takes its place.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Outcome};
use crate::process::{Program, minutes};
use crate::programs;

use super::apt::Apt;
use super::cache::Cache;

/// What npm gives.
const NPM: &str = "132.0.0";

/// Version 108, which some distributions have, exports the wrong table, and the console does not start.
/// 120 and 132 were tried.
const OLDEST: u64 = 120;

/// The stand-in's folder.
const STAND_IN_NAME: &str = "no-wasm-opt";

/// Trunk asks for the version, and then calls it like this: `wasm-opt --output=OUT -Oz IN …`.
const STAND_IN: &str = r#"#!/bin/sh
# Takes the place of Binaryen's wasm-opt where that cannot be had: it leaves the file as it is.
if [ "$1" = --version ]; then echo "wasm-opt version 0 (stand-in)"; exit; fi
for argument; do
  case "$argument" in
    --output=*) output=${argument#--output=} ;;
    -*) ;;
    *) input=$argument ;;
  esac
done
exec cp "$input" "$output"
"#;

/// The folder to add to `PATH` for it: one of ours, or none when `PATH` has a good one already.
pub fn find(cache: &Cache) -> Option<Option<PathBuf>> {
    let npm = cache.path(&name()).join("node_modules/.bin");
    if programs::is_program(&npm.join("wasm-opt")) {
        return Some(Some(npm));
    }
    if is_good(&programs::find("wasm-opt").and_then(|program| programs::version_of(&program)).unwrap_or_default()) {
        return Some(None);
    }
    let stand_in = cache.path(STAND_IN_NAME);
    programs::is_program(&stand_in.join("wasm-opt")).then_some(Some(stand_in))
}

/// Installs npm's package, or apt's where that is new enough, or the stand-in.
pub fn install(cache: &Cache, apt: &Apt) -> Outcome {
    if programs::find("npm").is_some() && worked(from_npm(cache))? {
        return Ok(());
    }
    if apt.is_here() && is_good(&offered(apt)?) && worked(apt.install(&["binaryen"]))? && find(cache).is_some() {
        return Ok(());
    }
    println!("      neither npm nor apt gives wasm-opt {OLDEST} or newer: the console will be a little larger");
    cache.make(STAND_IN_NAME, write_stand_in)
}

/// Tells a failure and lets the next way be tried, unless the user asked to stop.
fn worked(outcome: Outcome) -> Outcome<bool> {
    match outcome {
        Err(failure) if failure.is_interruption() => Err(failure),
        Err(failure) => {
            println!("      {failure}");
            Ok(false)
        }
        Ok(()) => Ok(true),
    }
}

fn from_npm(cache: &Cache) -> Outcome {
    println!("      npm install binaryen@{NPM}");
    cache.make(&name(), |part| {
        Program::new("npm")
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(part)
            .arg(format!("binaryen@{NPM}"))
            .dir(part)
            .limit(minutes(5))
            .read()
            .map(drop)
    })
}

fn offered(apt: &Apt) -> Outcome<String> {
    Ok(apt.candidate("binaryen")?.map(|version| format!("version {version}")).unwrap_or_default())
}

fn write_stand_in(folder: &Path) -> Outcome {
    let program = folder.join("wasm-opt");
    fs::write(&program, STAND_IN).doing("write the stand-in for wasm-opt")?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).doing("make it executable")
}

fn name() -> String {
    format!("binaryen-{NPM}")
}

/// Reads `wasm-opt version 108` and `version 120-4`.
fn is_good(said: &str) -> bool {
    let number = said.split("version ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    number.and_then(|number| number.parse().ok()).is_some_and(|number: u64| number >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_version_is_as_good_as_none() {
        assert!(is_good("wasm-opt version 120 (version_120)"));
        assert!(is_good("version 120-4+b1"));
        assert!(!is_good("wasm-opt version 108"));
        assert!(!is_good(""));
    }
}
