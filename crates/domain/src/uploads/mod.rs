//! Uploads of archives: the steps they go through, and reading how far an installation is with one.

pub mod machine;
pub mod progress;
