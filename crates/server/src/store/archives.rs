//! The folder of the uploaded archives: beside the data file, or a temporary one for data in memory.
//!
//! An archive is whole or not there: it grows as `ID.part`, is brought to the disk, and only then named `ID.tar.gz`.
//! The folder is made for the first archive; only its owner may look into it.
//! What it must not know: what an archive is, and which ones are wanted.

use std::{
    collections::HashSet,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Data, OpenError};

const GROWING: &str = ".part";
const WHOLE: &str = ".tar.gz";

/// The folder.
pub(crate) enum Archives {
    /// Beside the data file: `FILE.archives`.
    Kept(PathBuf),
    /// Made when it is needed, removed with this.
    Temporary(Mutex<Option<TempDir>>),
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
            Data::File(path) => {
                let mut name = path.clone().into_os_string();
                name.push(".archives");
                Self::Kept(name.into())
            }
        }
    }

    /// Removes what uploads left that were under way when the process ended: every file of this program's names that
    /// is not one of these ids. Blocks.
    pub(crate) fn sweep(&self, wanted: &HashSet<i64>) -> Result<(), OpenError> {
        let Self::Kept(folder) = self else {
            return Ok(());
        };
        let refused = |error| OpenError::Io(folder.clone(), error);
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(refused)?,
        };
        for entry in entries {
            let path = entry.map_err(refused)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let id = |suffix| name.strip_suffix(suffix).and_then(|id| id.parse::<i64>().ok());
            if id(GROWING).is_some() || id(WHOLE).is_some_and(|id| !wanted.contains(&id)) {
                fs::remove_file(&path).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Begins an archive, in place of one that was begun before. Blocks.
    pub(crate) fn begin(&self, id: i64) -> io::Result<Archive> {
        let folder = self.folder()?;
        let path = folder.join(format!("{id}{GROWING}"));
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        Ok(Archive { folder, id, path, file, hash: Sha256::new(), kept: false })
    }

    fn folder(&self) -> io::Result<PathBuf> {
        match self {
            Self::Kept(folder) => {
                DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
                Ok(folder.clone())
            }
            Self::Temporary(folder) => {
                let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
                let made = match folder.take() {
                    Some(made) => made,
                    None => tempfile::Builder::new().prefix("tfe-console-").tempdir()?,
                };
                Ok(folder.insert(made).path().to_owned())
            }
        }
    }
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
        let whole = self.folder.join(format!("{}{WHOLE}", self.id));
        fs::rename(&self.path, &whole)?;
        self.path = whole;
        sync_folder(&self.folder)?;
        self.folder.parent().map_or(Ok(()), sync_folder)?;
        Ok(self.hash.finalize_reset().iter().map(|byte| format!("{byte:02x}")).collect())
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
