//! A copy of a data file as it is at one moment, also while a server uses it: SQLite's online backup.
//!
//! The archives are not in it. They never change, so that copying their folder afterwards has all that the copy knows of.

use std::{
    ffi::c_int,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, backup::Backup};
use tempfile::NamedTempFile;
use thiserror::Error;

use super::file::{BESIDE, OpenError, check_owner, connect, folder_of};

/// All pages at once: a reader of the log sees one moment and keeps no writer waiting.
const ALL_PAGES: c_int = c_int::MAX;

/// Between two tries to begin, where the file is locked for a moment.
const PAUSE: Duration = Duration::from_millis(50);

/// Begins the name of a copy until it is whole.
const PREFIX: &str = ".tfe-console-backup-";

/// Why there is no copy. Each reads as one line.
#[derive(Debug, Error)]
pub enum BackupError {
    /// What is to be copied cannot be used.
    #[error(transparent)]
    Source(#[from] OpenError),
    /// There is no data file.
    #[error("there is no data file {}", .0.display())]
    Missing(PathBuf),
    /// There is something where the copy should be. It was left as it is.
    #[error("{} is there already; a backup replaces nothing", .0.display())]
    Exists(PathBuf),
    /// The copy cannot be written.
    #[error("cannot write {path}: {cause}", path = .0.display(), cause = .1)]
    Io(PathBuf, #[source] io::Error),
    /// The data file is damaged, and its copy would be.
    #[error("{path} is damaged: {cause}", path = .0.display(), cause = .1)]
    Damaged(PathBuf, String),
    /// SQLite could not copy.
    #[error("cannot copy to {path}: {cause}", path = .0.display(), cause = .1)]
    Database(PathBuf, #[source] rusqlite::Error),
}

/// Copies the data file to a new file that only its owner may read. Either the whole copy is there under its name, on the
/// disk, or nothing is. Blocks.
///
/// # Errors
/// Where the data file cannot be read, or where there is something under the name of the copy.
pub fn back_up(data: &Path, copy: &Path) -> Result<(), BackupError> {
    if !data.try_exists().map_err(|error| OpenError::Io(data.to_owned(), error))? {
        return Err(BackupError::Missing(data.to_owned()));
    }
    check_owner(data)?;
    let unwritten = |error| BackupError::Io(copy.to_owned(), error);
    if copy.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(copy.to_owned()));
    }
    let folder = folder_of(copy);
    remove_leftovers(folder);
    let file = begin(folder).map_err(unwritten)?;
    let state = copy_pages(data, file.path()).map_err(|error| BackupError::Database(copy.to_owned(), error))?;
    if state != "ok" {
        return Err(BackupError::Damaged(data.to_owned(), state));
    }
    file.as_file().sync_all().map_err(unwritten)?;
    match file.persist_noclobber(copy) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Exists(copy.to_owned()));
        }
        Err(error) => return Err(unwritten(error.error)),
    }
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unwritten)
}

/// A new file, for its owner alone from the first byte on; removed unless it gets its name. Locked as long as it is written,
/// so that nobody takes it for a leftover.
fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?;
        file.as_file().lock()?;
        // Somebody else may have been faster.
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes what backups that were killed left in this folder. What cannot be removed is the next one's.
pub(super) fn remove_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.starts_with(PREFIX)).collect();
    // What SQLite keeps beside a copy comes after the copy.
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let copy = BESIDE.iter().find_map(|suffix| name.strip_suffix(suffix)).map(|copy| folder.join(copy));
        let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let is_left = match copy {
            Some(copy) => !copy.exists(),
            None => File::open(&path).is_ok_and(|file| file.try_lock().is_ok()),
        };
        if is_file && is_left {
            fs::remove_file(path).ok();
        }
    }
}

/// Copies, and returns what SQLite finds wrong with the copy: "ok", or a line.
fn copy_pages(data: &Path, copy: &Path) -> rusqlite::Result<String> {
    let source = connect(data)?;
    let mut target = Connection::open(copy)?;
    Backup::new(&source, &mut target)?.run_to_completion(ALL_PAGES, PAUSE, None)?;
    // One file, without a log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
}
