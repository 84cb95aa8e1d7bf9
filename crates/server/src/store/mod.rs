//! One SQLite connection, shared: opened from memory or a file, used through [`Store::run`]; and beside it a folder of
//! archives, which are too large for it.
//!
//! One connection is enough, and makes every request's transaction alone: a page takes a fraction of a millisecond.
//! What it must not know: what is in the tables.

mod archives;
mod file;
pub(crate) mod migrations;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, Transaction};
use tokio::{sync::Mutex, task::spawn_blocking};

pub(crate) use archives::{Archive, Archives};
pub use file::OpenError;

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
pub(crate) struct Store(Arc<Mutex<Connection>>);

/// Why work on the data gave no result.
#[derive(Debug)]
pub(crate) enum StoreError {
    /// SQLite refused.
    Database(rusqlite::Error),
    /// The work panicked, or the process is stopping.
    Lost(tokio::task::JoinError),
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
        let connection = match data {
            Data::File(path) => file::open(path, fill)?,
            Data::Memory => {
                let refused = |error| file::refused(Path::new("the memory"), error);
                let mut connection = Connection::open_in_memory().map_err(|error| refused(error.into()))?;
                migrations::run(&mut connection, fill).map_err(refused)?;
                connection
            }
        };
        Ok(Self(Arc::new(Mutex::new(connection))))
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
        let mut connection = Arc::clone(&self.0).lock_owned().await;
        spawn_blocking(move || work(&mut connection)).await.unwrap_or_else(|lost| Err(StoreError::Lost(lost).into()))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(formatter, "the database failed: {error}"),
            Self::Lost(error) => write!(formatter, "work on the database was lost: {error}"),
        }
    }
}
