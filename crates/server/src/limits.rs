//! How long documents may be, alike where they are answered here and where they are forwarded.

/// A document of `/api/v2` in bytes. Every attribute has a limit, so that the longest valid one is well below it.
pub(crate) const LONGEST_DOCUMENT: usize = 64 * 1024;

/// A create of the legacy API in bytes: thirty values of the longest kind, or a hundred thousand short ones.
pub(crate) const LONGEST_CREATE: usize = 8 * 1024 * 1024;
