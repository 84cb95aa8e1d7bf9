//! The rules of the console on plain values: what may be sent, what may be deleted and why not, what may be shown how.
//!
//! Knows the bodies (`wire`) and nothing else: no HTTP, no Leptos, no browser.

pub mod archs;
pub mod config;
pub mod configurations;
pub mod count;
mod csv;
pub mod digest;
pub mod export;
pub mod inventory;
pub mod key_values;
pub mod plan;
pub mod release_url;
pub mod run;
pub mod size;
pub mod text;
pub mod token;
mod tool;
pub mod tool_versions;
pub mod uploads;
pub mod url;
pub mod version_draft;
pub mod version_order;
pub mod version_range;
pub mod web_address;

pub use tool::Tool;
