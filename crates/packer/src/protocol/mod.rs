//! The messages between the page and the worker: plain objects, which browsers copy from one to the other.
//!
//! 1. The worker sends `ready`; the page sends nothing before that.
//! 2. The page hands over the files of a folder in batches: `files`, with paths and files of equal number.
//! 3. The page sends `list`; the worker answers `listed`, or `failed`.
//! 4. The page sends `pack`, with a number that it chose for this run; the worker answers `packing` now and then, and
//!    `packed` or `failed` at the end, each with the number of the run. The page may send it again, with another number.
//!
//! One run at most is going on. `pack`, `list` and `stop` end the one before, which reports nothing from then on. What
//! it had reported already may still be on its way: the page ignores messages of every run but its latest.
//!
//! A `failed` without a run is about the worker itself, at whatever time: its program cannot be loaded, it has a fault,
//! or the folder cannot be listed. The page then terminates it, as it does when it has no use for it any more.

mod browser;
mod members;
#[cfg(test)]
mod tests;

use wasm_bindgen::JsValue;
use web_sys::{Blob, File};

use members::{Members, Value};

/// A message of the page. `F` is a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FromPage<F = File> {
    /// Some files of the folder, each with its path, which begins with the folder's own name.
    Files(Vec<(String, F)>),
    /// These were all: say what will be sent.
    List,
    /// Make the archive of what was listed last.
    Pack {
        /// What the answers will be marked with.
        run: u32,
    },
    /// The archive is not wanted any more. Nothing answers.
    Stop,
}

/// A message of the worker. `B` is a blob.
#[derive(Clone, Debug, PartialEq)]
pub enum FromWorker<B = Blob> {
    /// It listens.
    Ready,
    /// What will be sent.
    Listed(Listing),
    /// How far a run is.
    Packing {
        /// The page's number for it.
        run: u32,
        /// Bytes of files that are packed.
        bytes: u64,
        /// Bytes of files in all.
        total: u64,
    },
    /// A run has made its archive.
    Packed {
        /// The page's number for it.
        run: u32,
        /// A `.tar.gz`.
        archive: B,
    },
    /// It cannot go on.
    Failed {
        /// Which packing has failed, or none if the worker itself has.
        run: Option<u32>,
        /// Why: a sentence for the user.
        reason: String,
    },
}

/// What of a folder will be sent.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Path and size in bytes of each file, in the order of the archive.
    pub files: Vec<(String, u64)>,
    /// Their size together, before compression.
    pub bytes: u64,
    /// How many files the rules leave out.
    pub left_out_files: usize,
    /// How many bytes those are.
    pub left_out_bytes: u64,
    /// Paths, and what is wrong with each.
    pub problems: Vec<(String, String)>,
}

impl FromPage {
    /// As it is posted.
    pub fn write(self) -> JsValue {
        browser::write(self.into_members())
    }

    /// What was posted; `None` for anything else.
    pub fn read(value: &JsValue) -> Option<Self> {
        Self::from_members(browser::read(value)?)
    }
}

impl FromWorker {
    /// As it is posted.
    pub fn write(self) -> JsValue {
        browser::write(self.into_members())
    }

    /// What was posted; `None` for anything else.
    pub fn read(value: &JsValue) -> Option<Self> {
        Self::from_members(browser::read(value)?)
    }
}

impl<F> FromPage<F> {
    fn into_members(self) -> Members<F> {
        match self {
            Self::Files(files) => {
                let (paths, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
                let files = files.into_iter().map(Value::Handle).collect();
                Members::new("files").with("paths", Value::texts(paths)).with("files", Value::List(files))
            }
            Self::List => Members::new("list"),
            Self::Pack { run } => Members::new("pack").with("run", Value::Number(run.into())),
            Self::Stop => Members::new("stop"),
        }
    }

    fn from_members(mut members: Members<F>) -> Option<Self> {
        Some(match members.kind()?.as_str() {
            "files" => {
                let paths = members.texts("paths")?;
                let files = members.handles("files")?;
                if paths.len() != files.len() {
                    return None;
                }
                Self::Files(paths.into_iter().zip(files).collect())
            }
            "list" => Self::List,
            "pack" => Self::Pack { run: members.run()? },
            "stop" => Self::Stop,
            _ => return None,
        })
    }
}

impl<B> FromWorker<B> {
    fn into_members(self) -> Members<B> {
        match self {
            Self::Ready => Members::new("ready"),
            Self::Listed(listing) => listing.into_members(),
            Self::Packing { run, bytes, total } => Members::new("packing")
                .with("run", Value::Number(run.into()))
                .with("bytes", Value::Number(bytes))
                .with("total", Value::Number(total)),
            Self::Packed { run, archive } => {
                Members::new("packed").with("run", Value::Number(run.into())).with("archive", Value::Handle(archive))
            }
            Self::Failed { run, reason } => {
                let members = Members::new("failed").with("reason", Value::Text(reason));
                match run {
                    Some(run) => members.with("run", Value::Number(run.into())),
                    None => members,
                }
            }
        }
    }

    fn from_members(mut members: Members<B>) -> Option<Self> {
        Some(match members.kind()?.as_str() {
            "ready" => Self::Ready,
            "listed" => Self::Listed(Listing::from_members(members)?),
            "packing" => {
                Self::Packing { run: members.run()?, bytes: members.number("bytes")?, total: members.number("total")? }
            }
            "packed" => Self::Packed { run: members.run()?, archive: members.handle("archive")? },
            "failed" => Self::Failed { run: members.run(), reason: members.text("reason")? },
            _ => return None,
        })
    }
}

impl Listing {
    fn into_members<B>(self) -> Members<B> {
        let (paths, sizes) = self.files.into_iter().unzip();
        let (wrong, reasons) = self.problems.into_iter().unzip();
        Members::new("listed")
            .with("paths", Value::texts(paths))
            .with("sizes", Value::numbers(sizes))
            .with("bytes", Value::Number(self.bytes))
            .with("leftOutFiles", Value::Number(self.left_out_files as u64))
            .with("leftOutBytes", Value::Number(self.left_out_bytes))
            .with("wrong", Value::texts(wrong))
            .with("reasons", Value::texts(reasons))
    }

    fn from_members<B>(mut members: Members<B>) -> Option<Self> {
        let (paths, sizes) = (members.texts("paths")?, members.numbers("sizes")?);
        let (wrong, reasons) = (members.texts("wrong")?, members.texts("reasons")?);
        if paths.len() != sizes.len() || wrong.len() != reasons.len() {
            return None;
        }
        Some(Self {
            files: paths.into_iter().zip(sizes).collect(),
            bytes: members.number("bytes")?,
            left_out_files: members.number("leftOutFiles")? as usize,
            left_out_bytes: members.number("leftOutBytes")?,
            problems: wrong.into_iter().zip(reasons).collect(),
        })
    }
}
