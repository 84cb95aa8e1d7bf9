//! The pages, a folder per resource as in the addresses.

pub mod configurations;
mod connect;
mod not_found;
pub mod tool_versions;

pub use connect::ConnectPage;
pub use not_found::NotFoundPage;
