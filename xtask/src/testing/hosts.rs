//! Who hosts the console in further runs of the journeys, and which of them.
//!
//! Our own forwarding server may spoil anything, so all journeys go through it as well. nginx and Caddy have the rules of
//! `deploy/`, which `tests/hosting.rs` checks one by one: of the journeys one of each kind is enough there.

/// A further run of the journeys.
#[derive(Debug)]
pub struct HostRun {
    /// What the end-to-end tests call the host.
    pub host: &'static str,
    /// The title of its step.
    pub title: &'static str,
    /// How long it takes.
    pub estimate: &'static str,
    /// Which journeys.
    pub journeys: Journeys,
}

/// Which journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journeys {
    /// All but those of a module: they bring a host of their own.
    AllBut(&'static str),
    /// Those of these names.
    These(&'static [&'static str]),
}

/// A journey of each kind: the list, a deep link, a form, an upload, and a token that expires.
const OF_EACH_KIND: [&str; 5] = [
    "list::seventy_versions_are_paged_through_and_every_page_has_its_address",
    "connect::connecting_leads_back_to_the_link_that_was_asked_for",
    "create::a_duplicate_is_refused_at_its_field_and_once_corrected_added",
    "uploads::an_archive_is_uploaded_and_arrives_as_it_is",
    "expiry::a_token_that_expires_in_the_middle_of_an_edit_loses_nothing",
];

/// All further runs.
pub const HOST_RUNS: [HostRun; 3] = [
    HostRun {
        host: "forwarded",
        title: "Running them through the forwarding server",
        estimate: "about 2 minutes",
        journeys: Journeys::AllBut("starting::"),
    },
    HostRun {
        host: "nginx",
        title: "Running one of each kind through nginx",
        estimate: "seconds",
        journeys: Journeys::These(&OF_EACH_KIND),
    },
    HostRun {
        host: "caddy",
        title: "Running one of each kind through Caddy",
        estimate: "seconds",
        journeys: Journeys::These(&OF_EACH_KIND),
    },
];

impl Journeys {
    /// The options that choose them, for the test program.
    pub fn options(self) -> Vec<&'static str> {
        match self {
            Self::AllBut(module) => vec!["--skip", module],
            Self::These(names) => [&["--exact"], names].concat(),
        }
    }

    /// How many there are at least: a name that fits none is no test.
    pub fn least(self) -> u64 {
        match self {
            Self::AllBut(_) => 1,
            Self::These(names) => names.len() as u64,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_chosen_journey_exists() {
        for name in OF_EACH_KIND {
            let (module, test) = name.split_once("::").unwrap();
            let file = format!("{}/../tests/e2e/tests/journeys/{module}.rs", env!("CARGO_MANIFEST_DIR"));
            assert!(fs::read_to_string(file).unwrap().contains(&format!("async fn {test}()")), "{name}");
        }
    }

    #[test]
    fn journeys_are_chosen_by_their_whole_names() {
        assert_eq!(Journeys::These(&["a::b"]).options(), ["--exact", "a::b"]);
        assert_eq!(Journeys::AllBut("starting::").options(), ["--skip", "starting::"]);
    }
}
