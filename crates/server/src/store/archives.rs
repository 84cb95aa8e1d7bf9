//! The folder of the uploaded archives: beside the data file, or a temporary one for data in memory.
//!
//! An archive is whole or not there: it grows as `ID.part`, is brought to the disk, and only then named `ID.tar.gz`.
//! The folder is made for the first archive; only its owner may look into it. What the database does not know is never
//! removed: it may be a database that is older than the folder (docs/decisions/0024-what-is-kept.md).
//! What it must not know: what an archive is.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Data, OpenError, private};
use crate::tokens::hexadecimal;

const GROWING: &str = ".part";
const WHOLE: &str = ".tar.gz";
const SET_ASIDE: &str = "set-aside";

/// The folder.
pub(crate) enum Archives {
    /// Beside the data file: `FILE.archives`.
    Kept(PathBuf),
    /// Made when it is needed, removed with this.
    Temporary(Mutex<Option<TempDir>>),
}

/// What was found at the start.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// How many bytes all archives take, those that were set aside as well.
    pub(crate) bytes: u64,
    /// The archives that the database does not know, where they are now.
    pub(crate) set_aside: Vec<PathBuf>,
    /// The archives that the database knows and that are not there whole.
    pub(crate) missing: Vec<i64>,
    /// The highest id that any archive has, or had when it was set aside; 0 if there is none.
    pub(crate) highest: i64,
}

/// A file that is being written. Dropped before [`Archive::keep`], it is removed.
pub(crate) struct Archive {
    folder: PathBuf,
    id: i64,
    path: PathBuf,
    file: File,
    hash: Sha256,
    kept: bool,
}

impl Archives {
    pub(crate) fn of(data: &Data) -> Self {
        match data {
            Data::Memory => Self::Temporary(Mutex::default()),
            Data::File(path) => Self::Kept(super::beside(path, ".archives")),
        }
    }

    /// Compares the folder with what the database knows, sizes by id, and makes it readable by its owner alone. Removes
    /// the beginnings of archives whose upload was under way when the process ended, and sets aside what is unknown.
    /// Blocks.
    pub(crate) fn take_stock(&self, mut known: HashMap<i64, u64>) -> Result<Found, OpenError> {
        let mut found = Found::default();
        if let Self::Kept(folder) = self
            && folder.try_exists().map_err(|error| OpenError::Io(folder.clone(), error))?
        {
            let refused = |error| OpenError::Io(folder.clone(), error);
            private::folder(folder).map_err(refused)?;
            for entry in fs::read_dir(folder).map_err(refused)? {
                let path = entry.map_err(refused)?.path();
                take_stock_of(&path, &mut known, &mut found).map_err(|error| OpenError::Io(path, error))?;
            }
            let (bytes, highest) = set_aside_before(&folder.join(SET_ASIDE)).map_err(refused)?;
            found.bytes = found.bytes.saturating_add(bytes);
            found.highest = found.highest.max(highest);
        }
        found.set_aside.sort();
        found.missing = known.into_keys().collect();
        found.missing.sort_unstable();
        Ok(found)
    }

    /// The name of an archive's file.
    pub(crate) fn name(id: i64) -> String {
        format!("{id}{WHOLE}")
    }

    /// Begins an archive, in place of one that was begun before. Blocks.
    pub(crate) fn begin(&self, id: i64) -> io::Result<Archive> {
        let folder = self.folder()?;
        let path = folder.join(format!("{id}{GROWING}"));
        let file = private::open(&path)?;
        file.set_len(0)?;
        Ok(Archive { folder, id, path, file, hash: Sha256::new(), kept: false })
    }

    /// Whether the archive is there, with all its bytes. Blocks.
    pub(crate) fn is_there(&self, id: i64, size: u64) -> bool {
        let folder = match self {
            Self::Kept(folder) => Some(folder.clone()),
            Self::Temporary(folder) => {
                let folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
                folder.as_ref().map(|folder| folder.path().to_owned())
            }
        };
        let metadata = folder.and_then(|folder| fs::metadata(folder.join(Self::name(id))).ok());
        metadata.is_some_and(|metadata| metadata.is_file() && metadata.len() == size)
    }

    fn folder(&self) -> io::Result<PathBuf> {
        match self {
            Self::Kept(folder) => {
                private::folder(folder)?;
                Ok(folder.clone())
            }
            Self::Temporary(folder) => {
                let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
                let made = match folder.take() {
                    Some(made) => made,
                    None => tempfile::Builder::new().prefix("tfe-console-").tempdir()?,
                };
                private::folder(made.path())?;
                Ok(folder.insert(made).path().to_owned())
            }
        }
    }
}

fn take_stock_of(path: &Path, known: &mut HashMap<i64, u64>, found: &mut Found) -> io::Result<()> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let id = |suffix| name.strip_suffix(suffix).and_then(|id| id.parse::<i64>().ok());
    if id(GROWING).is_some() {
        return fs::remove_file(path);
    }
    let Some(id) = id(WHOLE) else {
        return Ok(());
    };
    found.highest = found.highest.max(id);
    if fs::symlink_metadata(path)?.is_dir() {
        return Ok(());
    }
    private::file_if_there(path)?;
    // A link that leads nowhere has none.
    let size = fs::metadata(path).map_or(0, |metadata| metadata.len());
    // An archive of another size is not the one that the database knows.
    if known.get(&id) == Some(&size) {
        known.remove(&id);
        found.bytes = found.bytes.saturating_add(size);
    } else {
        found.set_aside.push(set_aside(path, name)?);
    }
    Ok(())
}

/// Moves an archive into the folder for those, under a name of its own: nothing there is replaced.
fn set_aside(path: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = path.with_file_name(SET_ASIDE);
    private::folder(&folder)?;
    let mut target = folder.join(name);
    let mut number = 2;
    while target.symlink_metadata().is_ok() {
        target = folder.join(format!("{}.{number}{WHOLE}", name.trim_end_matches(WHOLE)));
        number += 1;
    }
    fs::rename(path, &target)?;
    sync_folder(&folder)?;
    Ok(target)
}

/// How many bytes the archives take that were set aside, now or earlier, and the highest id that any of them had.
fn set_aside_before(folder: &Path) -> io::Result<(u64, i64)> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((0, 0)),
        entries => entries?,
    };
    let (mut bytes, mut highest) = (0_u64, 0);
    for entry in entries {
        let entry = entry?;
        bytes = bytes.saturating_add(entry.metadata()?.len());
        let name = entry.file_name();
        // `7.2.tar.gz` was the second of this name.
        let id = name.to_str().and_then(|name| name.split('.').next()?.parse().ok());
        highest = highest.max(id.unwrap_or_default());
    }
    Ok((bytes, highest))
}

impl Archive {
    /// Adds bytes at its end. Blocks.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        Ok(())
    }

    /// Brings it to the disk, gives it its name, and returns its SHA-256 in hexadecimal digits. Blocks.
    pub(crate) fn complete(&mut self) -> io::Result<String> {
        self.file.sync_all()?;
        let whole = self.folder.join(Archives::name(self.id));
        fs::rename(&self.path, &whole)?;
        self.path = whole;
        sync_folder(&self.folder)?;
        self.folder.parent().map_or(Ok(()), sync_folder)?;
        Ok(hexadecimal(&self.hash.finalize_reset()))
    }

    /// Leaves it where it is.
    pub(crate) fn keep(mut self) {
        self.kept = true;
    }
}

/// Brings the names in the folder to the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

impl Drop for Archive {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is swept away by the next start.
            fs::remove_file(&self.path).ok();
        }
    }
}
