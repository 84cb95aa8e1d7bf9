//! `cargo xtask bench`: what no test says, because it hangs on the machine.

use crate::console::{self, BUILD_STEPS, PublicUrl};
use crate::failure::{Failure, Outcome};
use crate::process::{Program, minutes};
use crate::project::Project;
use crate::set_up;
use crate::setup::{Purpose, Way};
use crate::testing::with_browser;

/// Measures the list with ten thousand versions: the console in `dist/`, which is built where there is none, on the
/// optimised server, in Chromium.
pub fn inventory(project: &Project, way: Option<Way>) -> Outcome {
    let needs_build = !project.dist().is_dir();
    let (tools, mut steps) = set_up(project, Purpose::Test, way, if needs_build { BUILD_STEPS + 2 } else { 2 })?;
    if needs_build {
        console::build(project, &tools, &PublicUrl::default(), &mut steps)?;
    }
    let build = ["build", "--package", "e2e", "--bin", "bench-inventory", "--profile", "server"];
    steps.run("Building the benchmark with the server", Some("about 3 minutes the first time"), || {
        Program::cargo().args(build).dir(project.root()).limit(minutes(30)).run()
    })?;
    let bench = Program::new(project.target().join("server").join("bench-inventory"));
    let bench = with_browser(bench.env("TFE_CONSOLE_DIST", project.dist()), &tools).dir(project.root());
    steps.run("Measuring", Some("about 3 minutes"), || {
        let (status, _) = bench.limit(minutes(15)).watch()?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new("A limit of the table is exceeded, or nothing was measured."))
        }
    })
}
