//! What the page and the worker say to each other: plain objects, which browsers copy from one to the other.
//!
//! 1. The worker says `ready`; the page says nothing before that.
//! 2. The page hands over the files of a folder in batches: `files`, with paths and files of equal number.
//! 3. The page says `list`; the worker answers `listed`, or `failed`.
//! 4. The page says `pack`, once; the worker answers `packing` now and then, and `packed` or `failed` at the end.
//!
//! To cancel, the page terminates the worker.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

/// What the page says.
#[derive(Debug)]
pub enum FromPage {
    /// Some files of the folder, each with its path, which begins with the folder's own name.
    Files(Vec<(String, File)>),
    /// These were all: say what will be sent.
    List,
    /// Make the archive.
    Pack,
}

/// What the worker says.
#[derive(Debug)]
pub enum FromWorker {
    /// It listens.
    Ready,
    /// What will be sent.
    Listed(Listing),
    /// How far it is.
    Packing {
        /// Bytes of files that are packed.
        bytes: u64,
        /// Bytes of files in all.
        total: u64,
    },
    /// The archive.
    Packed(Blob),
    /// It cannot go on, and why: a sentence.
    Failed(String),
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

const KIND: &str = "kind";

impl FromPage {
    /// As it is posted.
    pub fn write(&self) -> JsValue {
        match self {
            Self::Files(files) => {
                let paths: Array = files.iter().map(|(path, _)| JsValue::from_str(path)).collect();
                let contents: Array = files.iter().map(|(_, file)| JsValue::from(file.clone())).collect();
                message("files", &[("paths", paths.into()), ("files", contents.into())])
            }
            Self::List => message("list", &[]),
            Self::Pack => message("pack", &[]),
        }
    }

    /// What was posted; `None` for anything else.
    pub fn read(value: &JsValue) -> Option<Self> {
        match text(value, KIND)?.as_str() {
            "files" => {
                let (paths, files) = (array(value, "paths"), array(value, "files"));
                let pairs = paths.iter().zip(files.iter());
                Some(Self::Files(
                    pairs.filter_map(|(path, file)| Some((path.as_string()?, file.dyn_into().ok()?))).collect(),
                ))
            }
            "list" => Some(Self::List),
            "pack" => Some(Self::Pack),
            _ => None,
        }
    }
}

impl FromWorker {
    /// As it is posted.
    pub fn write(&self) -> JsValue {
        match self {
            Self::Ready => message("ready", &[]),
            Self::Listed(listing) => listing.write(),
            Self::Packing { bytes, total } => {
                message("packing", &[("bytes", number(*bytes)), ("total", number(*total))])
            }
            Self::Packed(archive) => message("packed", &[("archive", archive.into())]),
            Self::Failed(reason) => message("failed", &[("reason", JsValue::from_str(reason))]),
        }
    }

    /// What was posted; `None` for anything else.
    pub fn read(value: &JsValue) -> Option<Self> {
        match text(value, KIND)?.as_str() {
            "ready" => Some(Self::Ready),
            "listed" => Some(Self::Listed(Listing::read(value))),
            "packing" => Some(Self::Packing { bytes: count(value, "bytes"), total: count(value, "total") }),
            "packed" => Some(Self::Packed(get(value, "archive").dyn_into().ok()?)),
            "failed" => Some(Self::Failed(text(value, "reason")?)),
            _ => None,
        }
    }
}

impl Listing {
    fn write(&self) -> JsValue {
        let texts =
            |texts: &mut dyn Iterator<Item = &String>| JsValue::from(texts.map(JsValue::from).collect::<Array>());
        message(
            "listed",
            &[
                ("paths", texts(&mut self.files.iter().map(|(path, _)| path))),
                ("sizes", self.files.iter().map(|(_, size)| number(*size)).collect::<Array>().into()),
                ("bytes", number(self.bytes)),
                ("leftOutFiles", number(self.left_out_files as u64)),
                ("leftOutBytes", number(self.left_out_bytes)),
                ("wrong", texts(&mut self.problems.iter().map(|(path, _)| path))),
                ("reasons", texts(&mut self.problems.iter().map(|(_, reason)| reason))),
            ],
        )
    }

    fn read(value: &JsValue) -> Self {
        let strings = |name| array(value, name).iter().filter_map(|it| it.as_string()).collect::<Vec<String>>();
        let sizes = array(value, "sizes");
        let sizes = sizes.iter().map(|size| size.as_f64().unwrap_or_default() as u64);
        Self {
            files: strings("paths").into_iter().zip(sizes).collect(),
            bytes: count(value, "bytes"),
            left_out_files: count(value, "leftOutFiles") as usize,
            left_out_bytes: count(value, "leftOutBytes"),
            problems: strings("wrong").into_iter().zip(strings("reasons")).collect(),
        }
    }
}

fn message(kind: &str, members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in [(KIND, JsValue::from_str(kind))].iter().chain(members) {
        // Setting a member of a new object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &JsValue::from_str(name)).unwrap_or_default()
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    get(value, name).as_string()
}

fn array(value: &JsValue, name: &str) -> Array {
    get(value, name).dyn_into().unwrap_or_default()
}

/// Sizes of files are exact as JavaScript's numbers up to 8 PiB.
fn number(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

fn count(value: &JsValue, name: &str) -> u64 {
    get(value, name).as_f64().unwrap_or_default() as u64
}
