//! Reads the rules of a folder, and of its files what must be known before they are sent.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File};

use super::{
    archive::bytes_of,
    post,
    state::{Entry, Run, State},
};
use crate::{
    listing::{self, Found, Sieve},
    protocol::{FromWorker, Listing, Problem, UNREADABLE},
};

/// How many files are begun to be read at once.
const AT_ONCE: usize = 100;

/// What a script begins with.
const SCRIPT: &[u8] = b"#!";

/// Reads a `.terraformignore`.
pub async fn rule(page: DedicatedWorkerGlobalScope, state: Rc<RefCell<State<File>>>, file: Option<File>, run: Run) {
    let bytes = match &file {
        None => Ok(None),
        Some(file) => bytes_of(file).await.map(|bytes| Some(bytes.to_vec())),
    };
    if run.check().is_err() {
        return;
    }
    // Without its rules, what must not be sent would be.
    let Ok(bytes) = bytes else {
        let reason = "The folder's .terraformignore cannot be read.".to_owned();
        return post(&page, FromWorker::Failed { run: None, reason });
    };
    state.borrow_mut().ruled(Sieve::new(bytes.as_deref()));
    post(&page, FromWorker::Ruled);
}

/// Lists what is sent.
pub async fn list(
    page: DedicatedWorkerGlobalScope,
    state: Rc<RefCell<State<File>>>,
    sieve: Box<Sieve>,
    files: Vec<(String, File)>,
    mut problems: Vec<Problem>,
    run: Run,
) {
    let mut found = Vec::new();
    for (batch, first) in files.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        let starts = starts_of(batch).await;
        if run.check().is_err() {
            return;
        }
        for ((index, (path, file)), start) in (first..).zip(batch).zip(starts) {
            match start {
                Some(start) => {
                    let is_script = start == SCRIPT;
                    found.push(Found { path: path.clone(), size: file.size() as u64, is_script, index });
                }
                None => problems.push((path.clone(), UNREADABLE.to_owned())),
            }
        }
    }
    let listing = sieve.list(found, problems);
    let message = FromWorker::Listed(Listing {
        files: listing.entries.iter().map(|entry| (entry.path.clone(), entry.size)).collect(),
        bytes: listing.bytes(),
        left_out_files: listing.left_out_files,
        left_out_folders: listing.left_out_folders,
        executables: listing.executables(),
        problems: listing.problems,
    });
    let entries = listing.entries.into_iter().filter_map(|listing::Entry { path, size, is_executable, index }| {
        let file = files.get(index)?.1.clone();
        Some(Entry { path, size, is_executable, file })
    });
    state.borrow_mut().listed(entries.collect());
    post(&page, message);
}

/// The first bytes of each; none of a file that cannot be read.
async fn starts_of(files: &[(String, File)]) -> Vec<Option<Vec<u8>>> {
    let reading: Array = files
        .iter()
        .map(|(_, file)| match file.slice_with_f64_and_f64(0.0, SCRIPT.len() as f64) {
            Ok(start) => JsValue::from(start.array_buffer()),
            Err(error) => Promise::reject(&error).into(),
        })
        .collect();
    // It does not fail, whatever the promises do.
    let Ok(settled) = JsFuture::from(Promise::all_settled(&reading)).await else { return vec![None; files.len()] };
    let start = |outcome: JsValue| {
        let buffer: ArrayBuffer = Reflect::get(&outcome, &"value".into()).ok()?.dyn_into().ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    };
    Array::from(&settled).iter().map(start).collect()
}
