//! `cargo xtask test`: everything CI runs, in the order in which a mistake shows soonest.
//!
//! A part that fails does not stop the others, so that one run shows everything; what needs a failed build is left
//! out. The last line counts the tests, and a part that ran none has failed.

mod hosts;
mod parts;
mod tally;

use std::time::Instant;

use crate::console::{BUILD_STEPS, PublicUrl, build, check_size};
use crate::failure::{Failure, Outcome};
use crate::lint::{LINT_STEPS, lint};
use crate::project::Project;
use crate::setup::{Plan, Purpose, Tools, Way};
use crate::steps::{Steps, elapsed};

use hosts::HOST_RUNS;
pub use parts::with_browser;
use tally::Tally;

/// A part of the tests that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Static checks.
    Lint,
    /// Tests without a browser.
    Host,
    /// Tests of the console's parts in a browser.
    Web,
    /// The release build and its weight.
    Build,
    /// Journeys through the built console.
    EndToEnd,
}

impl Part {
    /// The names that [`Part::parse`] reads.
    pub const NAMES: &str = "lint, host, web, build or e2e";

    const ALL: [Self; 5] = [Self::Lint, Self::Host, Self::Web, Self::Build, Self::EndToEnd];

    /// Reads the value of `--only`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == text)
    }

    /// True for the parts that `cargo test` runs, which take its options.
    pub fn runs_tests(self) -> bool {
        matches!(self, Self::Host | Self::Web | Self::EndToEnd)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Host => "host",
            Self::Web => "web",
            Self::Build => "build",
            Self::EndToEnd => "e2e",
        }
    }

    fn purpose(self) -> Purpose {
        match self {
            Self::Lint => Purpose::Lint,
            Self::Host => Purpose::HostTests,
            Self::Web => Purpose::WebTests,
            Self::Build => Purpose::Build,
            Self::EndToEnd => Purpose::Test,
        }
    }

    fn steps(self) -> usize {
        match self {
            Self::Lint => LINT_STEPS,
            Self::Host | Self::Web => 1,
            Self::EndToEnd => 1 + HOST_RUNS.len(),
            Self::Build => BUILD_STEPS + 1,
        }
    }

    /// Runs the part and adds its tests to the sum, also when it fails.
    fn run(
        self,
        project: &Project,
        tools: &Tools,
        cargo_options: &[String],
        steps: &mut Steps,
        sum: &mut Tally,
    ) -> Outcome {
        match self {
            Self::Lint => lint(project, tools, steps),
            Self::Host => {
                steps.run("Running the tests without a browser", Some("about 6 minutes the first time"), || {
                    parts::host(project, cargo_options, sum)
                })
            }
            Self::Web => steps.run("Running the browser tests", Some("about 6 minutes the first time"), || {
                parts::web(project, tools, cargo_options, sum)
            }),
            Self::Build => {
                build(project, tools, &PublicUrl::default(), steps)?;
                steps.run("Weighing it", None, || check_size(project))
            }
            Self::EndToEnd => {
                steps.run("Running the end-to-end tests", Some("about 3 minutes the first time"), || {
                    parts::end_to_end(project, tools, cargo_options, sum)
                })?;
                for run in HOST_RUNS {
                    steps.run(run.title, Some(run.estimate), || {
                        parts::end_to_end_behind(&run, project, tools, cargo_options, sum)
                    })?;
                }
                Ok(())
            }
        }
    }
}

/// Runs all parts, or one and what it needs. `cargo_options` are for a single part that runs tests.
pub fn test(project: &Project, way: Option<Way>, only: Option<Part>, cargo_options: &[String]) -> Outcome {
    let begun = Instant::now();
    let parts = match only {
        None => Part::ALL.to_vec(),
        Some(Part::EndToEnd) if !project.dist().is_dir() => vec![Part::Build, Part::EndToEnd],
        Some(part) => vec![part],
    };
    let plan = Plan::make(project, only.map_or(Purpose::Test, Part::purpose), way)?;
    let mut steps = Steps::new(plan.steps() + parts.iter().map(|part| part.steps()).sum::<usize>());
    let tools = plan.carry_out(&mut steps)?;

    let mut sum = Tally::default();
    let mut failed = Vec::new();
    for part in parts {
        if part == Part::EndToEnd && failed.contains(&Part::Build) {
            println!("The end-to-end tests are left out: there is no build to test.");
            continue;
        }
        let failed_before = sum.failed;
        match part.run(project, &tools, cargo_options, &mut steps, &mut sum) {
            Ok(()) => {}
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => {
                eprintln!("{failure}");
                failed.push(part);
                // What failed without a test's word counts as one.
                sum.failed = sum.failed.max(failed_before + 1);
            }
        }
    }
    finish(sum, &failed, begun)
}

fn finish(sum: Tally, failed: &[Part], begun: Instant) -> Outcome {
    let time = elapsed(begun.elapsed());
    if failed.is_empty() {
        println!("\nEverything passed in {time}.");
        if !sum.is_empty() {
            println!("{sum}");
        }
        return Ok(());
    }
    println!("\n{sum}");
    let again: Vec<String> = failed.iter().map(|part| format!("cargo xtask test --only {}", part.name())).collect();
    Err(Failure::new(format!("It failed after {time}. To run only what failed: {}", again.join(", "))))
}
