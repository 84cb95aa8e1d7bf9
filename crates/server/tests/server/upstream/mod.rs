//! Forwarding to an installation: what reaches it, what comes back, and what is told when nothing does.

mod faults;
mod passing;
mod support;
mod tls;
mod uploads;
mod watching;
