//! The pages, a folder per resource as in the addresses.

pub mod configurations;
mod connect;
mod not_found;
pub mod terraform_versions;

pub use connect::connect_page;
pub use not_found::not_found_page;
