//! `GET …/versions/progress/:token`: the answer of the embedded server.
//!
//! **The shape is ours.** No document says what the real service answers, and no client ever read it (facts.md 3.5).
//! It is written here, in one place, for scripts against the embedded server. Another server may answer anything, so
//! the console reads any JSON there and does not rely on this.

use serde::Serialize;

/// How far an upload is: `{"version": 6, "status": "uploading", "uploaded": 1024, "total": 4096}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UploadProgress {
    /// The number of the configuration version that the upload belongs to.
    pub version: u64,
    /// The status, and what belongs to it.
    #[serde(flatten)]
    pub status: UploadStatus,
}

/// The member `status`, with the members that come with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum UploadStatus {
    /// Nothing has arrived yet.
    Pending,
    /// The archive is on its way.
    Uploading {
        /// How many bytes have arrived.
        uploaded: u64,
        /// How many there will be; `null` where the sender did not say.
        total: Option<u64>,
    },
    /// The archive is there, whole.
    Uploaded {
        /// Its size in bytes.
        size: u64,
        /// Its SHA-256, in lower-case hexadecimal digits.
        sha256: String,
    },
    /// The last attempt failed. It may be repeated with the same upload path, unless that has expired.
    Errored {
        /// Why, in a sentence.
        reason: String,
    },
}
