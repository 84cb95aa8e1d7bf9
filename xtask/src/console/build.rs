//! The release `dist/`: Trunk's build, which is the same on every machine, checked against the page's security policy, and
//! precompressed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::project::Project;
use crate::setup::Tools;
use crate::steps::Steps;
use crate::version::Version;

use super::pieces::{SPLIT_FOLDER, SPLIT_WASM};
use super::places::{FLAGS_VARIABLE, Places};
use super::public_url::{PublicUrl, host_at};
use super::{page, precompress};

/// The environment variable that tells the hook which console is being built.
pub const VERSION: &str = "TFE_CONSOLE_VERSION";

/// How many steps [`build`] shows.
pub const BUILD_STEPS: usize = 2;

/// Builds the release console into `dist/`, to be hosted there.
pub fn build(project: &Project, tools: &Tools, url: &PublicUrl, steps: &mut Steps) -> Outcome {
    steps.run("Building the console", Some("about 3 minutes the first time"), || {
        let places = Places::of(project, tools)?;
        let trunk = split_trunk(project, tools)?.env(FLAGS_VARIABLE, places.flags());
        trunk.args(["build", "--release"]).limit(minutes(30)).run()?;
        fits_the_policy(project)?;
        places.are_not_in(&project.dist())?;
        host_at(&project.dist(), url)
    })?;
    steps.run("Compressing it with brotli and gzip", None, || precompress::precompress(&project.dist()))
}

/// Trunk for the release build, with `split-wasm` in the place of `wasm-bindgen`.
fn split_trunk(project: &Project, tools: &Tools) -> Outcome<Program> {
    let build = ["build", "--quiet", "--package", "split-wasm"];
    Program::cargo().args(build).dir(project.root()).limit(minutes(10)).run()?;
    let folder = project.target().join("split");
    let stand_ins = folder.join("programs");
    recreate(&folder)?;
    recreate(&stand_ins)?;
    let stand_in = stand_ins.join("wasm-bindgen");
    let split_wasm = project.target().join("debug/split-wasm");
    symlink(&split_wasm, stand_in).doing("put split-wasm in wasm-bindgen's place")?;
    let real = tools.find("wasm-bindgen").ok_or_else(|| Failure::new("There is no wasm-bindgen."))?;
    let trunk = trunk(project, &tools.with(stand_ins));
    Ok(trunk.env("TFE_CONSOLE_WASM_BINDGEN", real).env(SPLIT_FOLDER, folder).env(SPLIT_WASM, split_wasm))
}

/// An empty folder, whatever was there before.
fn recreate(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).doing(format_args!("empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).doing(format_args!("make {}", folder.display()))
}

/// Trunk, ready for a subcommand.
pub fn trunk(project: &Project, tools: &Tools) -> Program {
    let trunk = tools.equip_for_wasm(Program::new("trunk"));
    let trunk = match this_program() {
        Some(this) => trunk.env("TFE_CONSOLE_XTASK", this),
        None => trunk,
    };
    let trunk = match Version::of(project) {
        Ok(version) => trunk.env(VERSION, version.to_string()),
        Err(_) => trunk,
    };
    trunk
        .dir(project.root())
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk accepts only `true` and `false` here, where everyone else means "set at all".
        .without_env("NO_COLOR")
}

/// Spares Trunk's hook a second start of Cargo. A program that was replaced while it runs has no path any more.
fn this_program() -> Option<PathBuf> {
    std::env::current_exe().ok().filter(|path| path.is_file())
}

fn fits_the_policy(project: &Project) -> Outcome {
    let text = project.read("dist/index.html")?;
    match page::inline_code(&text) {
        None => Ok(()),
        Some(code) => Err(Failure::new(format!(
            "dist/index.html contains inline code, which the hosted page's security policy forbids:\n{code}"
        ))),
    }
}
