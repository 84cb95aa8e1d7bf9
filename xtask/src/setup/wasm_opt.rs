//! `wasm-opt`, which takes some hundredths off the first load.

use crate::failure::Outcome;

use super::apt::Apt;
use super::cache::Cache;
use super::npm_tool::{NpmTool, worked};

/// Version 108, which some distributions have, exports the wrong table, and the console does not start.
/// 120 and 132 were tried.
const OLDEST: u64 = 120;

/// What npm gives.
pub const WASM_OPT: NpmTool = NpmTool { package: "binaryen", version: "132.0.0", program: "wasm-opt", is_good };

/// Installs npm's package, or apt's where that is new enough, or the stand-in.
pub fn install(cache: &Cache, apt: &Apt) -> Outcome {
    WASM_OPT.install(cache, || {
        let is_offered = apt.is_here() && is_good(&offered(apt)?);
        Ok(is_offered && worked(apt.install(&["binaryen"]))? && WASM_OPT.find(cache).is_some())
    })
}

fn offered(apt: &Apt) -> Outcome<String> {
    Ok(apt.candidate("binaryen")?.map(|version| format!("version {version}")).unwrap_or_default())
}

/// Reads `wasm-opt version 108` and `version 120-4`.
fn is_good(said: &str) -> bool {
    let number = said.split("version ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
    number.and_then(|number| number.parse().ok()).is_some_and(|number: u64| number >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_version_is_as_good_as_none() {
        assert!(is_good("wasm-opt version 120 (version_120)"));
        assert!(is_good("version 120-4+b1"));
        assert!(!is_good("wasm-opt version 108"));
        assert!(!is_good(""));
    }
}
