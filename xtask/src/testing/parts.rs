//! The three test runs: on the host, in a browser, and end to end. Each counts its tests.

use std::path::PathBuf;

use crate::console::copy_hosted_at;
use crate::failure::{Doing, Failure, Outcome};
use crate::process::{Program, minutes};
use crate::project::Project;
use crate::setup::{TARGET, Tools};

use super::hosts::HostRun;
use super::tally::Tally;

/// Everything that needs no browser.
pub fn host(project: &Project, cargo_options: &[String], sum: &mut Tally) -> Outcome {
    let tests = cargo_test(project).args(["--workspace", "--exclude", "e2e"]).args(cargo_options);
    count(tests.limit(minutes(40)), 1, sum)
}

/// Each `tests/web_*.rs` in a headless browser, or those that the options name.
pub fn web(project: &Project, tools: &Tools, cargo_options: &[String], sum: &mut Tally) -> Outcome {
    let named = cargo_options.iter().any(|option| option.starts_with("--test"));
    let names = if named { Vec::new() } else { web_tests(project)? };
    let tests = cargo_test(project).args(["--target", TARGET, "--package", "tfe-console"]);
    let tests = names.iter().fold(tests, |tests, name| tests.args(["--test", name.as_str()])).args(cargo_options);
    let tests = with_browser(tools.equip_for_wasm(tests), tools)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        // Seconds for one test program and for the driver's start, on a machine that does other things too.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    count(tests.limit(minutes(40)), 1, sum)
}

/// Journeys through `dist/` on the real server.
pub fn end_to_end(project: &Project, tools: &Tools, cargo_options: &[String], sum: &mut Tally) -> Outcome {
    copy_hosted_at(&project.dist(), &below(project), "/console/")?;
    count(journeys(project, tools, cargo_options), 1, sum)
}

/// Journeys behind another host: those that belong there, or those that the options choose.
pub fn end_to_end_behind(
    run: &HostRun,
    project: &Project,
    tools: &Tools,
    cargo_options: &[String],
    sum: &mut Tally,
) -> Outcome {
    let named = cargo_options.iter().any(|option| option.starts_with("--test"));
    let mut options = if named { Vec::new() } else { ["--test", "journeys"].map(str::to_owned).into() };
    options.extend_from_slice(cargo_options);
    // What the options name may be none of the journeys: then it ran before this, over every host.
    let mut least = 0;
    if cargo_options.is_empty() {
        options.push("--".to_owned());
        options.extend(run.journeys.options().into_iter().map(str::to_owned));
        least = run.journeys.least();
    }
    count(journeys(project, tools, &options).env("TFE_CONSOLE_E2E_HOST", run.host), least, sum)
}

fn journeys(project: &Project, tools: &Tools, cargo_options: &[String]) -> Program {
    let tests = cargo_test(project)
        .args(["--package", "e2e"])
        .args(cargo_options)
        .env("TFE_CONSOLE_DIST", project.dist())
        .env("TFE_CONSOLE_DIST_BELOW", below(project));
    let tests = match &tools.web_servers {
        Some(servers) => tests.env("TFE_CONSOLE_NGINX", &servers.nginx).env("TFE_CONSOLE_CADDY", &servers.caddy),
        None => tests,
    };
    with_browser(tests, tools).limit(minutes(30))
}

/// The same console, to be hosted below `/console/`.
fn below(project: &Project) -> PathBuf {
    project.target().join("below")
}

fn cargo_test(project: &Project) -> Program {
    Program::cargo().args(["test", "--no-fail-fast"]).dir(project.root())
}

/// With the browser of the tools, if they have one.
pub fn with_browser(program: Program, tools: &Tools) -> Program {
    match &tools.browser {
        Some(browser) => program.env("CHROMIUM", &browser.chromium).env("CHROMEDRIVER", &browser.driver),
        None => program,
    }
}

/// The names of the browser tests, sorted.
fn web_tests(project: &Project) -> Outcome<Vec<String>> {
    let folder = project.path("tests").read_dir().doing("read tests")?;
    let mut names: Vec<String> = folder
        .flatten()
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .filter(|name| name.starts_with("web_"))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(Failure::new("There is no tests/web_*.rs to run."));
    }
    Ok(names)
}

/// Runs the tests and adds them up; fewer than `least` are a failure.
fn count(tests: Program, least: u64, sum: &mut Tally) -> Outcome {
    let shown = tests.shown().to_owned();
    let (status, output) = tests.watch()?;
    let tally = Tally::of(&output);
    *sum += tally;
    if !status.success() {
        return Err(Failure::new(format!("`{shown}` failed ({status}): {tally}.")));
    }
    if tally.passed < least {
        return Err(Failure::new(format!("`{shown}` ran {} tests, and not the {least} that it should.", tally.passed)));
    }
    println!("      {tally}");
    Ok(())
}
