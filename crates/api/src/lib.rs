//! Typed calls to the installation. Knows HTTP, not Leptos.
//!
//! One resource, one file: its list options and its calls, after go-tfe. They go through a [`Client`], which knows the
//! token, what is repeated and for how long, and which answers are errors; and that through a [`Transport`], of which
//! there is the browser's ([`FetchTransport`]) and the one of the tests.

pub mod accounts;
pub mod checked;
pub mod config;
pub mod configuration_versions;
pub mod inventory;
pub mod server;
pub mod tool_versions;

mod answer;
mod client;
mod error;
mod fetch;
mod pace;
mod pagination;
mod retry;
mod transport;
mod upload;

pub use client::{Client, Credentials, Dialect};
pub use error::{ApiError, Result};
pub use fetch::FetchTransport;
pub use tool_versions::{ListOptions, VersionPage};
pub use transport::{LocalBoxFuture, Method, Request, Response, Transport, TransportError};
pub use upload::{OnSent, same_origin_path, upload};
