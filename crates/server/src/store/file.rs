//! Opens a data file: only one of this program's, and only for one process.
//!
//! The file survives a process that is killed at any moment, and a machine that loses power: first its header says
//! whose it is, then its tables are created and filled in one transaction, both with SQLite's rollback journal, and
//! after that every change goes through its write-ahead log with `synchronous = FULL`, so that what was answered with
//! success is on the disk.

use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, Transaction};

use super::migrations::{self, Failure};

/// Marks a file as this program's (SQLite's `application_id`): "tfec".
const APPLICATION: i32 = 0x7466_6563;

/// How long a process that is just ending may keep the file.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why data cannot be used. Each reads as one line.
#[derive(Debug)]
pub enum OpenError {
    /// The folder of the file does not exist.
    NoFolder(PathBuf),
    /// The path is a folder.
    IsFolder(PathBuf),
    /// The file is something else. It was not touched.
    Foreign(PathBuf),
    /// A newer version of this program wrote the file: the versions of its tables and of those known here.
    Newer(PathBuf, usize, usize),
    /// Another process uses the file.
    InUse(PathBuf),
    /// The operating system refused.
    Io(PathBuf, io::Error),
    /// SQLite refused, for example because the file is damaged or cannot be written.
    Database(PathBuf, rusqlite::Error),
}

/// Opens or creates the file.
pub(super) fn open(
    path: &Path,
    fill: impl FnOnce(&Transaction<'_>, bool) -> rusqlite::Result<()>,
) -> Result<Connection, OpenError> {
    check_owner(path)?;
    let refused = |error: rusqlite::Error| refused(path, error.into());
    let mut connection = Connection::open(path).map_err(refused)?;
    connection.busy_timeout(PATIENCE).map_err(refused)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(refused)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(refused)?;
    claim(&connection).map_err(refused)?;
    migrations::run(&mut connection, fill).map_err(|failure| self::refused(path, failure))?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(refused)?;
    Ok(connection)
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
fn check_owner(path: &Path) -> Result<(), OpenError> {
    let io_error = |error| OpenError::Io(path.to_owned(), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
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

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(folder) => write!(formatter, "the folder {} does not exist", folder.display()),
            Self::IsFolder(path) => write!(formatter, "{} is a folder, not a data file", path.display()),
            Self::Foreign(path) => {
                write!(formatter, "{} is not a data file of tfe-console; it was left as it is", path.display())
            }
            Self::Newer(path, found, known) => write!(
                formatter,
                "{} was written by a newer tfe-console (its tables are of version {found}, this one knows {known})",
                path.display()
            ),
            Self::InUse(path) => write!(formatter, "{} is in use by another process", path.display()),
            Self::Io(path, error) => write!(formatter, "cannot read {}: {error}", path.display()),
            Self::Database(path, error) => write!(formatter, "cannot keep data in {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for OpenError {}
