//! The folder where this project's tools are kept, one per user, shared by all checkouts.

use std::env;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Doing, Failure, Outcome};
use crate::process::{interrupted, minutes};

/// `$XDG_CACHE_HOME/tfe-console`, or `~/.cache/tfe-console`.
#[derive(Debug)]
pub struct Cache {
    dir: PathBuf,
}

impl Cache {
    /// Decides where it is; nothing is created yet.
    pub fn find() -> Outcome<Self> {
        let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let base = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
        let base =
            base.ok_or_else(|| Failure::new("Neither XDG_CACHE_HOME nor HOME names a folder to keep the tools in."))?;
        Ok(Self { dir: base.join("tfe-console") })
    }

    /// The folder for a person to read.
    pub fn shown(&self) -> String {
        self.dir.display().to_string()
    }

    /// A finished thing, such as `trunk-0.21.14`.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Lets `fill` make a thing in a temporary folder, which gets its name only when that succeeded.
    pub fn make(&self, name: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome {
        let part = self.dir.join(format!("{name}.part"));
        remove(&part)?;
        fs::create_dir_all(&part).doing(format_args!("create {}", part.display()))?;
        fill(&part)?;
        let finished = self.path(name);
        remove(&finished)?;
        fs::rename(&part, &finished).doing(format_args!("create {}", finished.display()))
    }

    /// Where Cargo compiles the tools: kept when set-up is interrupted, so that it goes on where it was.
    pub fn builds(&self) -> PathBuf {
        self.dir.join("build")
    }

    /// Frees that space once everything is installed.
    pub fn forget_builds(&self) {
        // What cannot be removed now is removed the next time.
        let _ = remove(&self.builds());
    }

    /// Makes sure that only one set-up installs at a time; it is released when the file is closed.
    pub fn lock(&self) -> Outcome<File> {
        fs::create_dir_all(&self.dir).doing(format_args!("create {}", self.dir.display()))?;
        let path = self.dir.join("lock");
        let file = File::create(&path).doing(format_args!("create {}", path.display()))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(error)) => {
                    return Err(error).doing(format_args!("lock {}", path.display()));
                }
                Err(TryLockError::WouldBlock) if interrupted() => return Err(Failure::interrupted()),
                Err(TryLockError::WouldBlock) if begun.elapsed() > minutes(30) => {
                    return Err(Failure::new("Another set-up has been running for 30 minutes."));
                }
                Err(TryLockError::WouldBlock) => {
                    if begun.elapsed() < Duration::from_millis(1) {
                        println!("Another set-up is running; waiting for it …");
                    }
                    thread::sleep(Duration::from_millis(200));
                }
            }
        }
    }
}

fn remove(path: &Path) -> Outcome {
    if !path.exists() {
        return Ok(());
    }
    fs::remove_dir_all(path).doing(format_args!("remove {}", path.display()))
}
