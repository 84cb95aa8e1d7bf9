//! `wasm-opt`, which makes the console less than half as large.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;

use super::apt::Apt;
use super::cache::Cache;

/// Debian's.
pub const PACKAGES: &[&str] = &["binaryen"];

/// The version that npm gives where apt does not.
const NPM: &str = "132.0.0";

/// The folder to add to `PATH` for it: one of ours, or none when `PATH` has it already.
pub fn find(cache: &Cache) -> Option<Option<PathBuf>> {
    let ours = cache.path(&name()).join("node_modules/.bin");
    if programs::is_program(&ours.join("wasm-opt")) {
        return Some(Some(ours));
    }
    programs::find("wasm-opt").map(|_| None)
}

/// Installs Debian's package, or npm's where that is not to be had.
pub fn install(cache: &Cache, apt: &Apt) -> Outcome {
    let apt_said = match apt.is_here().then(|| apt.install(PACKAGES)) {
        Some(Ok(())) if find(cache).is_some() => return Ok(()),
        Some(Ok(())) => "The package binaryen brought no wasm-opt.".to_owned(),
        Some(Err(failure)) if failure.is_interruption() => return Err(failure),
        Some(Err(failure)) => failure.to_string(),
        None => "This machine has no apt.".to_owned(),
    };
    if programs::find("npm").is_none() {
        return Err(Failure::new(format!(
            "{apt_said}\nInstall Binaryen so that `wasm-opt` is in PATH (the package is called binaryen almost \
             everywhere), or npm, which this set-up then uses."
        )));
    }
    println!("      npm install binaryen@{NPM}");
    cache.make(&name(), |part| {
        Program::new("npm")
            .args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(part)
            .arg(format!("binaryen@{NPM}"))
            .dir(part)
            .limit(minutes(10))
            .read()
            .map(drop)
    })
}

fn name() -> String {
    format!("binaryen-{NPM}")
}
