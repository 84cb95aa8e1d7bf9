//! `cargo xtask lint`: formatting, clippy for both sides, and what the repository promises about itself.

mod repository;

use std::io::IsTerminal;

use crate::failure::{Failure, Outcome};
use crate::process::{Program, minutes};
use crate::programs;
use crate::project::Project;
use crate::setup::{TARGET, Tools, WasmCompiler};
use crate::steps::Steps;

/// How many steps [`lint`] shows.
pub const LINT_STEPS: usize = 5;

/// Runs every check, so that one run shows every complaint.
pub fn lint(project: &Project, tools: &Tools, steps: &mut Steps) -> Outcome {
    let mut failed = Vec::new();
    let mut check = |title: &str, estimate: Option<&str>, work: &dyn Fn() -> Outcome| {
        match steps.run(title, estimate, work) {
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => {
                eprintln!("{failure}");
                failed.push(title.to_owned());
            }
            Ok(()) => {}
        }
        Ok(())
    };
    check("Checking the repository", None, &|| repository::check(project.root()))?;
    check("Checking the formatting", None, &|| {
        Program::cargo().args(["fmt", "--all", "--check"]).dir(project.root()).limit(minutes(5)).run()
    })?;
    check("Checking the code", Some("about 2 minutes the first time"), &|| {
        clippy(project).arg("--workspace").args(TAIL).run()
    })?;
    check("Checking the code for the browser", Some("about 2 minutes the first time"), &|| match &tools.wasm {
        Some(WasmCompiler::Rustup) => {
            clippy(project).args(["--package", "tfe-console", "--target", TARGET]).args(TAIL).run()
        }
        _ => {
            println!("      left out: clippy does not fit the private compiler for the wasm target");
            Ok(())
        }
    })?;
    check("Checking the dependencies", None, &|| dependencies(project))?;
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("These checks failed: {}.", failed.join(", ").to_lowercase())))
}

const TAIL: [&str; 4] = ["--all-targets", "--", "--deny", "warnings"];

/// Cargo's progress is for someone who looks at it.
fn clippy(project: &Project) -> Program {
    let clippy = Program::cargo().arg("clippy").dir(project.root()).limit(minutes(20));
    if std::io::stderr().is_terminal() { clippy } else { clippy.arg("--quiet") }
}

/// Licences, sources and duplicates, where cargo-deny is installed: compiling it would take longer than all the rest.
/// Not the advisories, which need a database from outside.
fn dependencies(project: &Project) -> Outcome {
    if programs::find("cargo-deny").is_none() {
        println!("      left out: cargo-deny is not installed");
        return Ok(());
    }
    Program::cargo().args(["deny", "check", "bans", "licenses", "sources"]).dir(project.root()).limit(minutes(10)).run()
}
