//! The pages, a folder per resource as in the addresses.

mod connect;
mod not_found;
pub mod terraform_versions;

pub use connect::connect_page;
pub use not_found::not_found_page;
