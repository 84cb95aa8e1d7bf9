//! Every command of the README: `cargo xtask help` lists them.
//!
//! What it must not know: anything of the console's or the server's insides. It runs Cargo, Trunk and the server's
//! program as a person would.

mod bench;
mod cli;
mod console;
mod failure;
mod lint;
mod package;
mod process;
mod programs;
mod project;
mod serve;
mod setup;
mod steps;
mod testing;
mod version;

use std::process::ExitCode;

use cli::{Command, HELP, Invocation};
use console::PublicUrl;
use failure::Outcome;
use project::Project;
use setup::{Plan, Purpose, Tools, Way};
use steps::Steps;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let way = std::env::var("TFE_CONSOLE_WASM_TARGET").ok();
    match Invocation::parse(&args, way.as_deref()).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn perform(invocation: Invocation) -> Outcome {
    let project = Project::find()?;
    let way = invocation.way;
    match invocation.command {
        Command::Help => print!("{HELP}"),
        Command::Setup(purpose) => {
            let (tools, _) = set_up(&project, purpose, way, 0)?;
            println!("Nothing is missing.\n{tools}");
        }
        Command::Demo { listen, server_options } => serve::demo(&project, way, listen, &server_options)?,
        Command::Dev { listen } => serve::dev(&project, way, listen)?,
        Command::Build { public_url } => {
            let (tools, mut steps) = set_up(&project, Purpose::Build, way, console::BUILD_STEPS)?;
            console::build(&project, &tools, &public_url, &mut steps)?;
        }
        Command::Package { public_url } => package::package(&project, way, &public_url)?,
        Command::Lint => {
            let (tools, mut steps) = set_up(&project, Purpose::Lint, way, lint::LINT_STEPS)?;
            lint::lint(&project, &tools, &mut steps)?;
        }
        Command::Size { build } => {
            if build || !project.dist().is_dir() {
                let (tools, mut steps) = set_up(&project, Purpose::Build, way, console::BUILD_STEPS)?;
                console::build(&project, &tools, &PublicUrl::default(), &mut steps)?;
            }
            console::check_size(&project)?;
        }
        Command::Bench => bench::inventory(&project, way)?,
        Command::Test { only, cargo_options } => testing::test(&project, way, only, &cargo_options)?,
        Command::PostBuild => console::post_build()?,
    }
    Ok(())
}

/// Installs what is missing, as the first of all steps.
fn set_up(project: &Project, purpose: Purpose, way: Option<Way>, further_steps: usize) -> Outcome<(Tools, Steps)> {
    let plan = Plan::make(project, purpose, way)?;
    let mut steps = Steps::new(plan.steps() + further_steps);
    let tools = plan.carry_out(&mut steps)?;
    Ok((tools, steps))
}
