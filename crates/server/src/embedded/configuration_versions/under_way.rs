//! Which uploads are under way, and how far: in memory only, so that after a restart none is.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use wire::UploadStatus;

use crate::{clock::Clock, store::Archives};

/// Everything about uploads that is not in the database.
pub(crate) struct Uploads {
    pub(super) archives: Archives,
    pub(super) clock: Clock,
    /// The longest archive in bytes.
    pub(super) limit: u64,
    /// How long an upload path is valid.
    pub(super) expires: Duration,
    under_way: Mutex<HashMap<String, Arc<Meter>>>,
}

/// How far one upload is.
pub(super) struct Meter {
    uploaded: AtomicU64,
    total: Option<u64>,
}

/// The right to upload to one path, which only one request has at a time; given back when dropped.
pub(super) struct Claim {
    uploads: Arc<Uploads>,
    token: String,
    pub(super) meter: Arc<Meter>,
}

impl Uploads {
    pub(crate) fn new(archives: Archives, clock: Clock, limit: u64, expires: Duration) -> Self {
        Self { archives, clock, limit, expires, under_way: Mutex::default() }
    }

    /// The right to upload to this path; `None` while another request has it.
    pub(super) fn claim(self: &Arc<Self>, token: &str, total: Option<u64>) -> Option<Claim> {
        let meter = Arc::new(Meter { uploaded: AtomicU64::new(0), total });
        match self.under_way().entry(token.to_owned()) {
            Entry::Occupied(_) => None,
            Entry::Vacant(vacant) => {
                vacant.insert(Arc::clone(&meter));
                Some(Claim { uploads: Arc::clone(self), token: token.to_owned(), meter })
            }
        }
    }

    /// How far the upload with this token is; `None` if none is under way.
    pub(super) fn status(&self, token: &str) -> Option<UploadStatus> {
        let meter = self.under_way().get(token).map(Arc::clone)?;
        Some(UploadStatus::Uploading { uploaded: meter.uploaded.load(Ordering::Relaxed), total: meter.total })
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<String, Arc<Meter>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meter {
    pub(super) fn set(&self, uploaded: u64) {
        self.uploaded.store(uploaded, Ordering::Relaxed);
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.uploads.under_way().remove(&self.token);
    }
}
