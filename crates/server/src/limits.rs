//! Limits that are the same where the API is answered here and where it is forwarded.

use std::time::Duration;

/// A document of `/api/v2` in bytes. Every attribute has a limit, so that the longest valid one is well below it.
pub(crate) const LONGEST_DOCUMENT: usize = 64 * 1024;

/// A create of the legacy API in bytes: thirty values of the longest kind, or a hundred thousand short ones.
pub(crate) const LONGEST_CREATE: usize = 8 * 1024 * 1024;

/// How long an upload path is valid by default: 25 hours, as those of the newer API are.
pub(crate) const UPLOAD_EXPIRES: Duration = Duration::from_secs(25 * 60 * 60);
