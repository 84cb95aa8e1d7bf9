//! The built console: building it, what Trunk's hook does to it, and its weight.

mod budget;
mod build;
mod files;
mod page;
mod pieces;
mod places;
mod post_build;
mod precompress;
mod public_url;
mod size;
mod staging;
mod worker;

pub use build::{BUILD_STEPS, build, trunk};
pub use post_build::post_build;
pub use public_url::{PublicUrl, copy_hosted_at};
pub use size::check_size;
