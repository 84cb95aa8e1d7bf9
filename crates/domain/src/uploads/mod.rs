//! Uploads of archives: the steps they go through, and what an installation says of them.

pub mod machine;
pub mod progress;
