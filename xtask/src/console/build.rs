//! The release `dist/`: Trunk's build, checked against the page's security policy, and precompressed.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::{Program, minutes};
use crate::project::Project;
use crate::setup::Tools;
use crate::steps::Steps;

use super::{page, precompress};

/// How many steps [`build`] shows.
pub const BUILD_STEPS: usize = 2;

/// Builds the release console into `dist/`.
pub fn build(project: &Project, tools: &Tools, steps: &mut Steps) -> Outcome {
    steps.run("Building the console", Some("about 3 minutes the first time"), || {
        trunk(project, tools, "build").arg("--release").limit(minutes(30)).run()?;
        fits_the_policy(project)
    })?;
    steps.run("Compressing it with brotli and gzip", None, || precompress::precompress(&project.dist()))
}

/// Trunk, ready for a subcommand's further options.
pub fn trunk(project: &Project, tools: &Tools, subcommand: &str) -> Program {
    let trunk = tools.equip_for_wasm(Program::new("trunk"));
    let trunk = match this_program() {
        Some(this) => trunk.env("TFE_CONSOLE_XTASK", this),
        None => trunk,
    };
    trunk
        .arg(subcommand)
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
