//! Every command of the README: `cargo xtask help` lists them.
//!
//! What it must not know: anything of the console's or the server's insides. It runs Cargo, Trunk and the server's
//! program as a person would.

mod cli;
mod failure;
mod process;
mod programs;
mod project;
mod setup;
mod steps;
mod testing;

use std::process::ExitCode;

use cli::{Command, HELP, Invocation};
use failure::{Failure, Outcome};
use project::Project;
use setup::Plan;
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
            let plan = Plan::make(&project, purpose, way)?;
            let count = plan.steps();
            let tools = plan.carry_out(&mut Steps::new(count))?;
            println!("{}", if count == 0 { "Nothing is missing." } else { "Everything is installed." });
            println!("{tools}");
        }
        _ => return Err(Failure::new("not yet")),
    }
    Ok(())
}
