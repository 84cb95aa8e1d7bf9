//! Which uploads are under way, and how far: in memory only, so that after a restart none is. Uploads are known by the
//! digests of their tokens.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use wire::UploadStatus;

use crate::{
    clock::Clock,
    store::{Archives, Quota},
};

/// Everything about uploads that is not in the database.
pub(crate) struct Uploads {
    pub(super) archives: Archives,
    /// How much all archives may take.
    pub(super) quota: Arc<Quota>,
    pub(super) clock: Clock,
    /// The longest archive in bytes.
    pub(super) limit: u64,
    /// How long an upload path is valid.
    pub(super) expires: Duration,
    /// The highest id that was given, or that an archive has.
    highest: AtomicI64,
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
    digest: String,
    pub(super) meter: Arc<Meter>,
}

impl Uploads {
    /// `highest` is the highest id that is known of: the database may be older than the archives.
    pub(crate) fn new(
        archives: Archives,
        quota: Quota,
        clock: Clock,
        limit: u64,
        expires: Duration,
        highest: i64,
    ) -> Self {
        let (quota, highest) = (Arc::new(quota), AtomicI64::new(highest));
        Self { archives, quota, clock, limit, expires, highest, under_way: Mutex::default() }
    }

    /// An id that no other version has or had, as far as there is an archive of it.
    pub(super) fn new_id(&self) -> i64 {
        self.highest.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }

    /// The right to upload to this path; `None` while another request has it.
    pub(super) fn claim(self: &Arc<Self>, digest: &str, total: Option<u64>) -> Option<Claim> {
        let meter = Arc::new(Meter { uploaded: AtomicU64::new(0), total });
        match self.under_way().entry(digest.to_owned()) {
            Entry::Occupied(_) => None,
            Entry::Vacant(vacant) => {
                vacant.insert(Arc::clone(&meter));
                Some(Claim { uploads: Arc::clone(self), digest: digest.to_owned(), meter })
            }
        }
    }

    /// How far the upload is; `None` if it is not under way.
    pub(super) fn status(&self, digest: &str) -> Option<UploadStatus> {
        let meter = self.under_way().get(digest).map(Arc::clone)?;
        Some(UploadStatus::Uploading { uploaded: meter.uploaded.load(Ordering::Relaxed), total: meter.total })
    }

    /// The uploads that are under way.
    pub(super) fn digests(&self) -> HashSet<String> {
        self.under_way().keys().cloned().collect()
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<String, Arc<Meter>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Meter {
    /// How long it will be, where its sender says.
    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    pub(super) fn set(&self, uploaded: u64) {
        self.uploaded.store(uploaded, Ordering::Relaxed);
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.uploads.under_way().remove(&self.digest);
    }
}
