//! The API layer over an installation in memory: what is sent, what is sent again, and what each response becomes.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod fake;

mod calls;
mod checked;
mod configuration_versions;
mod errors;
mod finding;
mod following;
mod hostile;
mod inventory;
mod messages;
mod pagination;
mod retries;
mod servers;
mod tokens;
