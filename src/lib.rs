//! tfe-console: an admin console for the Terraform versions and configuration uploads of a Terraform Enterprise
//! installation, entirely in the browser.
//!
//! The modules in reading order; each may use only those above it (`tests/safety.rs` checks that).
#![recursion_limit = "256"]

pub mod paths;

pub mod session;

pub mod router;

pub mod query;

pub mod inventory;

pub mod ui;

pub mod components;

pub mod pages;

pub mod lazy;

pub mod routes;

pub mod app;
