//! What a server that forwards is started with.

use std::{path::PathBuf, time::Duration};

use super::{Origin, SealKey};

/// Which installation, how patient, and how much at once.
#[derive(Clone, Debug)]
pub struct UpstreamOptions {
    /// Where `/api/v2` is.
    pub api: Origin,
    /// Where `/api/v1` is, if elsewhere.
    pub legacy: Option<Origin>,
    /// Where archives may be sent to, beside those two.
    pub upload_hosts: Vec<Origin>,
    /// Whether any of them may be an `http://` address beyond this machine.
    pub insecure: bool,
    /// A file with the certificates of authorities that are trusted beside the machine's own: PEM.
    pub authorities: Option<PathBuf>,
    /// How long connecting may take.
    pub connect: Duration,
    /// How long nothing may happen, neither sent nor received.
    pub silence: Duration,
    /// How long the answer to an archive may take once all of it was sent. Stores copy and check it meanwhile.
    pub upload_answer: Duration,
    /// What upload paths are sealed with.
    pub seal_key: SealKey,
    /// How long an upload path is valid.
    pub upload_expires: Duration,
    /// How many calls of the API are forwarded at once.
    pub calls: usize,
    /// How many archives are forwarded at once.
    pub uploads: usize,
}

impl UpstreamOptions {
    /// How long nothing may happen by default.
    pub const SILENCE: Duration = Duration::from_secs(60);
    /// How long the answer to an archive may take by default.
    pub const UPLOAD_ANSWER: Duration = Duration::from_secs(10 * 60);
    /// How long an upload path is valid by default: 25 hours, as those of the newer API are.
    pub const UPLOAD_EXPIRES: Duration = Duration::from_secs(25 * 60 * 60);
    /// How many calls are forwarded at once by default.
    pub const CALLS: usize = 64;
    /// How many archives are forwarded at once by default.
    pub const UPLOADS: usize = 32;

    /// For an installation with a certificate that the machine trusts.
    pub fn new(api: Origin) -> Self {
        Self {
            api,
            legacy: None,
            upload_hosts: Vec::new(),
            insecure: false,
            authorities: None,
            connect: Duration::from_secs(10),
            silence: Self::SILENCE,
            upload_answer: Self::UPLOAD_ANSWER,
            seal_key: SealKey::default(),
            upload_expires: Self::UPLOAD_EXPIRES,
            calls: Self::CALLS,
            uploads: Self::UPLOADS,
        }
    }

    /// Every place that anything is sent to.
    pub(super) fn places(&self) -> impl Iterator<Item = &Origin> {
        [&self.api].into_iter().chain(&self.legacy).chain(&self.upload_hosts)
    }
}
