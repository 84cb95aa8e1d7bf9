//! How many files the process may have open: sockets are files, too.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// More are not needed.
const ENOUGH: u64 = 16_384;

/// Takes as many as the process is allowed to, and says how many that are.
pub fn raise() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let allowed = limit.maximum.unwrap_or(u64::MAX);
    let current = limit.current.unwrap_or(u64::MAX);
    let wanted = ENOUGH.min(allowed);
    if current >= wanted {
        return current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }) {
        Ok(()) => wanted,
        Err(_) => current,
    }
}
