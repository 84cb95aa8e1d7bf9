//! `cargo xtask test`: everything CI runs, in the order in which a mistake shows soonest.

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

    /// Reads the value of `--only`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "lint" => Some(Self::Lint),
            "host" => Some(Self::Host),
            "web" => Some(Self::Web),
            "build" => Some(Self::Build),
            "e2e" => Some(Self::EndToEnd),
            _ => None,
        }
    }
}
