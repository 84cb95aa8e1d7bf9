//! What the server promises, told as its clients would. One binary, so that it is linked once.
//!
//! Everything but `program` and its like goes through the [`axum::Router`] or a port in this process; each test has its own data.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and reads JSON by its members"
)]

mod access;
mod access_log;
mod archs;
mod assets;
mod backup;
mod bodies;
mod connections;
mod create;
mod data_file;
mod delete;
mod demo_data;
mod killed;
mod legacy;
mod list;
mod logging;
mod program;
mod proxies;
mod rate_limit;
mod running;
mod secrets_at_rest;
mod security;
mod show;
mod support;
mod tls;
mod tokens;
mod update;
mod upstream;
