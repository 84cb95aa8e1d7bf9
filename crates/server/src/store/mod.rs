//! One SQLite connection, shared: opened from memory or a file, used through [`Store::run`]; and beside it a folder of
//! archives, which are too large for it.
//!
//! One connection is enough, and makes every request's transaction alone: a page takes a fraction of a millisecond.
//! What it must not know: what is in the tables.

mod archives;
mod backup;
mod file;
pub(crate) mod migrations;
mod private;
mod quota;

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{Arc, Weak},
};

use rusqlite::{Connection, ErrorCode, Transaction};
use thiserror::Error;
use tokio::{sync::Mutex, task::spawn_blocking};

pub(crate) use archives::{Archive, Archives, Found};
pub use backup::{BackupError, back_up};
pub use file::OpenError;
pub(crate) use quota::{Quota, Reached, Share};

/// Where the data is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// Nowhere: gone when the server stops.
    Memory,
    /// In this file, which is created if it is missing; its folder must exist.
    File(PathBuf),
}

/// A handle on the data. The file is closed with the last one.
#[derive(Clone)]
pub(crate) struct Store(Arc<Mutex<Database>>);

/// A handle that does not keep the file open.
pub(crate) struct WeakStore(Weak<Mutex<Database>>);

/// The connection, and what keeps other servers from the file. Dropped in this order.
struct Database {
    connection: Connection,
    _lock: Option<File>,
}

/// Why work on the data gave no result.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// SQLite refused.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// The work panicked, or the process is stopping.
    #[error("work on the database was lost: {0}")]
    Lost(#[from] tokio::task::JoinError),
}

impl StoreError {
    /// Whether there is no room on the disk.
    pub(crate) fn is_full(&self) -> bool {
        matches!(self, Self::Database(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull))
    }
}

impl Store {
    /// Opens the data, brings its tables up to date and lets `fill` add to them, all in one transaction: a process
    /// that is killed meanwhile leaves the file as it was. `fill` is told whether the tables are new.
    ///
    /// Blocks: for the start of a process.
    pub(crate) fn open(
        data: &Data,
        fill: impl FnOnce(&Transaction<'_>, bool) -> rusqlite::Result<()>,
    ) -> Result<Self, OpenError> {
        let database = match data {
            Data::File(path) => file::open(path, fill)?,
            Data::Memory => {
                let refused = |error| file::refused(Path::new("the memory"), error);
                let mut connection = Connection::open_in_memory().map_err(|error| refused(error.into()))?;
                migrations::run(&mut connection, fill).map_err(refused)?;
                Database { connection, _lock: None }
            }
        };
        Ok(Self(Arc::new(Mutex::new(database))))
    }

    /// For work that is not worth to keep the file open.
    pub(crate) fn downgrade(&self) -> WeakStore {
        WeakStore(Arc::downgrade(&self.0))
    }

    /// Does blocking work with the connection, away from the threads that answer requests, one at a time. A panic in
    /// the work undoes its transaction.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        // Requests wait here for their turn, so that however many there are, one thread is blocked and not hundreds.
        let mut database = Arc::clone(&self.0).lock_owned().await;
        let done = spawn_blocking(move || work(&mut database.connection)).await;
        done.unwrap_or_else(|lost| Err(StoreError::Lost(lost).into()))
    }
}

impl WeakStore {
    /// The store, if it is still open.
    pub(crate) fn upgrade(&self) -> Option<Store> {
        self.0.upgrade().map(Store)
    }
}

/// The file beside the data file whose name has this at its end.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(suffix);
    name.into()
}
