//! Opens a data file: only one of this program's, and only for one process that serves it. Others may read it meanwhile,
//! as a backup does. Only its owner may read it or what SQLite keeps beside it.
//!
//! The file survives a process that is killed at any moment, and a machine that loses power: first its header says
//! whose it is, then its tables are created and filled in one transaction, both with SQLite's rollback journal, and
//! after that every change goes through its write-ahead log with `synchronous = FULL`, so that what was answered with
//! success is on the disk.

use std::{
    fs::{File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction};
use thiserror::Error;

use super::{
    Database, backup, beside,
    migrations::{self, Failure},
    private,
};

/// Marks a file as this program's (SQLite's `application_id`): "tfec".
const APPLICATION: i32 = 0x7466_6563;

/// How long a process that is just ending may keep the file.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked whether the process has ended.
const PAUSE: Duration = Duration::from_millis(20);

/// What SQLite adds to the name of a file for what it keeps beside it.
pub(super) const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Why data cannot be used. Each reads as one line.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The folder of the file does not exist.
    #[error("the folder {} does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The path is a folder.
    #[error("{} is a folder, not a data file", .0.display())]
    IsFolder(PathBuf),
    /// The file is something else. It was not touched.
    #[error("{} is not a data file of tfe-console; it was left as it is", .0.display())]
    Foreign(PathBuf),
    /// A newer version of this program wrote the file: the versions of its tables and of those known here.
    #[error(
        "{path} was written by a newer tfe-console (its tables are of version {found}, this one knows {known})",
        path = .0.display(), found = .1, known = .2
    )]
    Newer(PathBuf, usize, usize),
    /// Another process uses the file.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// Everyone knows the demo tokens, and what is kept needs others.
    #[error(
        "everyone knows the demo tokens, so that they do not open data that is kept: with --data give \
         --admin-token-file (or --admin-token, or TFE_CONSOLE_ADMIN_TOKEN), and a user's token only if it is another"
    )]
    DemoTokens,
    /// The operating system refused.
    #[error("cannot use {path}: {cause}", path = .0.display(), cause = .1)]
    Io(PathBuf, #[source] io::Error),
    /// SQLite refused, for example because the file is damaged or cannot be written.
    #[error("cannot keep data in {path}: {cause}", path = .0.display(), cause = .1)]
    Database(PathBuf, #[source] rusqlite::Error),
}

/// Opens or creates the file.
pub(super) fn open(
    path: &Path,
    fill: impl FnOnce(&Transaction<'_>, bool) -> rusqlite::Result<()>,
) -> Result<Database, OpenError> {
    check_owner(path)?;
    let lock = lock(path)?;
    backup::remove_leftovers(folder_of(path));
    let refused = |error: rusqlite::Error| refused(path, error.into());
    let mut connection = connect(path).map_err(refused)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
    // What is removed is overwritten: variables may be secrets.
    connection.pragma_update(None, "secure_delete", true).map_err(refused)?;
    claim(&connection).map_err(refused)?;
    let changed = migrations::run(&mut connection, fill).map_err(|failure| self::refused(path, failure))?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(refused)?;
    if changed {
        // What the tables were before is not in the log either. (`ALTER TABLE` leaves SQLite's temporary tables locked, which
        // are no concern of the log.)
        connection.execute_batch("PRAGMA main.wal_checkpoint(TRUNCATE)").map_err(refused)?;
    }
    Ok(Database { connection, _lock: Some(lock) })
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens a file that is there.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Makes the file if it is missing, takes the rights of others away from it and from what is beside it, and keeps other
/// servers from it for as long as the result lives. SQLite gives what it makes later the rights of the file.
fn lock(path: &Path) -> Result<File, OpenError> {
    let refused = |error| OpenError::Io(path.to_owned(), error);
    let file = private::open(path).map_err(refused)?;
    for suffix in BESIDE {
        let path = beside(path, suffix);
        private::file_if_there(&path).map_err(|error| OpenError::Io(path, error))?;
    }
    // Not one of SQLite's own locks, which are by ranges of bytes and would keep readers out.
    let end = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < end => sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(refused(error)),
        }
    }
}

/// Marks a new file as this program's, in a transaction of its own: a longer one, cut off in the middle, may leave a
/// file with content and without a header, which the next start could not tell from a foreign one.
fn claim(connection: &Connection) -> rusqlite::Result<()> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if owner != APPLICATION {
        connection.pragma_update(None, "application_id", APPLICATION)?;
    }
    Ok(())
}

/// The error for data at this path.
pub(super) fn refused(path: &Path, failure: Failure) -> OpenError {
    let path = path.to_owned();
    match failure {
        Failure::Newer { found, known } => OpenError::Newer(path, found, known),
        Failure::Database(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::InUse(path),
            _ => OpenError::Database(path, error),
        },
    }
}

/// Reads the header without SQLite, which would touch a foreign database's log. Closing the file would drop locks that
/// this process has on it, so this comes before SQLite opens it.
pub(super) fn check_owner(path: &Path) -> Result<(), OpenError> {
    let io_error = |error| OpenError::Io(path.to_owned(), error);
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(OpenError::NoFolder(folder.to_owned()));
    }
    if path.is_dir() {
        return Err(OpenError::IsFolder(path.to_owned()));
    }
    let mut header = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(100).read_to_end(&mut header).map_err(io_error)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io_error(error)),
    };
    // https://www.sqlite.org/fileformat.html#the_database_header: 4 bytes at offset 68.
    let owner = header.get(68..72).filter(|_| header.starts_with(b"SQLite format 3\0"));
    if header.is_empty() || owner == Some(APPLICATION.to_be_bytes().as_slice()) {
        Ok(())
    } else {
        Err(OpenError::Foreign(path.to_owned()))
    }
}
