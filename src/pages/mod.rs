//! The pages, a folder per resource as in the addresses.

pub mod configurations;
pub mod connect;
mod not_found;
pub mod tool_versions;

pub use not_found::NotFoundPage;
