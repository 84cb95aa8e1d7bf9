//! The two tools that Cargo compiles: Trunk and the wasm-bindgen CLI.

use std::path::PathBuf;

use crate::failure::Outcome;
use crate::process::{Program, minutes};
use crate::programs;

use super::cache::Cache;

/// Trunk 0.22 needs a newer compiler than `rust-toolchain.toml` names.
const TRUNK: &str = "0.21.14";

/// A package with a program, of one exact version.
#[derive(Debug)]
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    options: &'static [&'static str],
    /// Compiling a tool takes longer than all its runs: only as much optimisation as its runs need.
    optimisation: &'static str,
    estimate: &'static str,
}

impl CargoTool {
    /// The builder of the console.
    pub fn trunk() -> Self {
        Self {
            package: "trunk",
            program: "trunk",
            version: TRUNK.to_owned(),
            // Its features are all for downloading things, which this set-up does better.
            options: &["--locked", "--no-default-features"],
            optimisation: "0",
            estimate: "about 3 minutes",
        }
    }

    /// The generator of the JavaScript around the wasm; its version must equal the library's.
    pub fn wasm_bindgen(version: &str) -> Self {
        Self {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: version.to_owned(),
            // Not `--locked`: its lock file names a version that registries no longer offer.
            options: &[],
            // It rewrites tens of megabytes for each test program.
            optimisation: "1",
            estimate: "about 2 minutes",
        }
    }

    /// The folder to add to `PATH` for it: one of ours, none when `PATH` has the right version already.
    pub fn find(&self, cache: &Cache) -> Option<Option<PathBuf>> {
        let ours = cache.path(&self.name()).join("bin");
        if programs::is_program(&ours.join(self.program)) {
            return Some(Some(ours));
        }
        let theirs = programs::version_of(&programs::find(self.program)?)?;
        programs::says_version(&theirs, &self.version).then_some(None)
    }

    /// The step's title.
    pub fn title(&self) -> String {
        format!("Installing {}", self.name())
    }

    /// How long it takes on two cores.
    pub fn estimate(&self) -> &'static str {
        self.estimate
    }

    /// Compiles it into the cache.
    pub fn install(&self, cache: &Cache) -> Outcome {
        cache.make(&self.name(), |part| {
            Program::cargo()
                .args(["install", "--quiet", "--no-track", self.package, "--version", &self.version])
                .args(self.options)
                .arg("--root")
                .arg(part)
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.optimisation)
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env("CARGO_TARGET_DIR", cache.builds())
                .limit(minutes(30))
                .run()
        })
    }

    fn name(&self) -> String {
        format!("{}-{}", self.program, self.version)
    }
}
