//! Journeys through the built console, on the real server, in a real browser. Run by `cargo xtask test --only e2e`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod archives;
mod connect;
mod create;
mod delete;
mod deployed;
mod edit;
mod everyone;
mod expiry;
mod failures;
mod harness;
mod inventory;
mod keyboard;
mod leave;
mod list;
mod others;
mod pressing;
mod run;
mod starting;
mod staying;
mod uploads;
mod uploads_failing;
mod uploads_told;
mod weight;
mod writing;
