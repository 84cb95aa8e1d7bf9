//! The messages between the page and the worker: plain objects, which browsers copy from one to the other.
//!
//! 1. The worker sends `ready`; the page sends nothing before that.
//! 2. Of a folder, the page sends `rules` with its `.terraformignore` if there is one; the worker answers `ruled`, or
//!    `failed`.
//! 3. The page asks with `names` which files are sent, and which folders are looked into; the worker answers `wanted` to
//!    each. What is not wanted is neither read nor handed over.
//! 4. The page hands over the files that are wanted in batches: `files`, with paths and files of equal number.
//! 5. The page sends `list`; the worker answers `listed`, or `failed`.
//! 6. The page sends `pack`, with a number that it chose for this run; the worker answers `packing` now and then, and
//!    `packed` or `failed` at the end, each with the number of the run. The page may send it again, with another number.
//!
//! In place of 2 to 6, the page sends `inspect` with an archive, and the worker answers `inspected`.
//!
//! One run at most is going on. `pack`, `list`, `rules`, `inspect` and `stop` end the one before, which reports nothing
//! from then on. What it had reported already may still be on its way: the page ignores messages of every run but its
//! latest.
//!
//! A `failed` without a run is about the worker itself, at whatever time: its program cannot be loaded, it has a fault,
//! or the folder cannot be listed. The page then terminates it, as it does when it has no use for it any more.

mod browser;
mod members;
#[cfg(test)]
mod tests;

use wasm_bindgen::JsValue;
use web_sys::{Blob, File};

pub use crate::listing::{Problem, UNREADABLE};
use members::{Members, Value};

/// A message of the page. `F` is a file.
#[derive(Clone, Debug, PartialEq)]
pub enum FromPage<F = File> {
    /// A folder begins, with this `.terraformignore`.
    Rules(Option<F>),
    /// Which of these are wanted? Paths begin with the folder's own name, and those of folders end in `/`.
    Names(Vec<String>),
    /// Some files of the folder that are wanted, each with its path.
    Files(Vec<(String, F)>),
    /// These were all: say what will be sent. With what was wrong on the way: paths, and the rest of a sentence.
    List(Vec<Problem>),
    /// Make the archive of what was listed last.
    Pack {
        /// What the answers will be marked with.
        run: u32,
    },
    /// Say what should be known of this archive, a `.tar.gz`.
    Inspect(F),
    /// The archive is not wanted any more. Nothing answers.
    Stop,
}

/// A message of the worker. `B` is a blob.
#[derive(Clone, Debug, PartialEq)]
pub enum FromWorker<B = Blob> {
    /// It listens.
    Ready,
    /// The rules are read.
    Ruled,
    /// Which of the names are wanted, by their places.
    Wanted(Vec<u64>),
    /// What will be sent.
    Listed(Listing),
    /// What should be known of the archive.
    Inspected(Vec<Problem>),
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
    /// How many files the rules leave out one by one.
    pub left_out_files: usize,
    /// How many folders they leave out with everything in them.
    pub left_out_folders: usize,
    /// The files that will be executable.
    pub executables: Vec<String>,
    /// What should be known before it is sent.
    pub problems: Vec<Problem>,
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
            Self::Rules(Some(file)) => Members::new("rules").with("file", Value::Handle(file)),
            Self::Rules(None) => Members::new("rules"),
            Self::Names(names) => Members::new("names").with("names", Value::texts(names)),
            Self::Files(files) => {
                let (paths, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
                let files = files.into_iter().map(Value::Handle).collect();
                Members::new("files").with("paths", Value::texts(paths)).with("files", Value::List(files))
            }
            Self::List(problems) => with_problems(Members::new("list"), problems),
            Self::Pack { run } => Members::new("pack").with("run", Value::Number(run.into())),
            Self::Inspect(archive) => Members::new("inspect").with("archive", Value::Handle(archive)),
            Self::Stop => Members::new("stop"),
        }
    }

    fn from_members(mut members: Members<F>) -> Option<Self> {
        Some(match members.kind()?.as_str() {
            "rules" => Self::Rules(members.handle("file")),
            "names" => Self::Names(members.texts("names")?),
            "files" => {
                let paths = members.texts("paths")?;
                let files = members.handles("files")?;
                if paths.len() != files.len() {
                    return None;
                }
                Self::Files(paths.into_iter().zip(files).collect())
            }
            "list" => Self::List(problems_of(&mut members)?),
            "pack" => Self::Pack { run: members.run()? },
            "inspect" => Self::Inspect(members.handle("archive")?),
            "stop" => Self::Stop,
            _ => return None,
        })
    }
}

impl<B> FromWorker<B> {
    fn into_members(self) -> Members<B> {
        match self {
            Self::Ready => Members::new("ready"),
            Self::Ruled => Members::new("ruled"),
            Self::Wanted(places) => Members::new("wanted").with("places", Value::numbers(places)),
            Self::Listed(listing) => listing.into_members(),
            Self::Inspected(problems) => with_problems(Members::new("inspected"), problems),
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
            "ruled" => Self::Ruled,
            "wanted" => Self::Wanted(members.numbers("places")?),
            "inspected" => Self::Inspected(problems_of(&mut members)?),
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

fn with_problems<H>(members: Members<H>, problems: Vec<Problem>) -> Members<H> {
    let (wrong, reasons) = problems.into_iter().unzip();
    members.with("wrong", Value::texts(wrong)).with("reasons", Value::texts(reasons))
}

fn problems_of<H>(members: &mut Members<H>) -> Option<Vec<Problem>> {
    let (wrong, reasons) = (members.texts("wrong")?, members.texts("reasons")?);
    (wrong.len() == reasons.len()).then(|| wrong.into_iter().zip(reasons).collect())
}

impl Listing {
    fn into_members<B>(self) -> Members<B> {
        let (paths, sizes) = self.files.into_iter().unzip();
        let members = Members::new("listed")
            .with("paths", Value::texts(paths))
            .with("sizes", Value::numbers(sizes))
            .with("bytes", Value::Number(self.bytes))
            .with("leftOutFiles", Value::Number(self.left_out_files as u64))
            .with("leftOutFolders", Value::Number(self.left_out_folders as u64))
            .with("executables", Value::texts(self.executables));
        with_problems(members, self.problems)
    }

    fn from_members<B>(mut members: Members<B>) -> Option<Self> {
        let (paths, sizes) = (members.texts("paths")?, members.numbers("sizes")?);
        if paths.len() != sizes.len() {
            return None;
        }
        Some(Self {
            files: paths.into_iter().zip(sizes).collect(),
            bytes: members.number("bytes")?,
            left_out_files: members.number("leftOutFiles")? as usize,
            left_out_folders: members.number("leftOutFolders")? as usize,
            executables: members.texts("executables")?,
            problems: problems_of(&mut members)?,
        })
    }
}
