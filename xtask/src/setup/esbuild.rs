//! `esbuild`, which makes the scripts and the style sheet smaller: Trunk's own minifier leaves most as it is.

use crate::failure::Outcome;

use super::cache::Cache;
use super::npm_tool::NpmTool;

/// Another version writes other bytes.
const VERSION: &str = "0.28.2";

/// What npm gives.
pub const ESBUILD: NpmTool =
    NpmTool { package: "esbuild", version: VERSION, program: "esbuild", is_good: |said| said.trim() == VERSION };

/// Installs npm's package, or the stand-in.
pub fn install(cache: &Cache) -> Outcome {
    ESBUILD.install(cache, || Ok(false))
}
