//! Forwarding to an installation: what reaches it, what comes back, and what is told when nothing does.

mod bounds;
mod faults;
mod passing;
mod paths;
mod sealing;
pub mod support;
mod tls;
mod uploads;
mod waiting;
mod watching;
