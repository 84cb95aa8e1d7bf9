//! Choosing what is uploaded: an archive, or a folder that is packed in the browser.

use std::rc::Rc;

use domain::text::visible;
use js_sys::{Function, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, File};

use super::{
    chosen::Chosen,
    drop::{Dropped, dropped},
    packing::Packer,
};
use crate::{query::Task, ui::focus_by_id};

/// The id of the file field.
pub const ARCHIVE: &str = "archive";
/// The id of the folder field.
pub const FOLDER: &str = "folder";

/// A folder: its name and its files, each with its path, which begins with that name.
#[derive(Clone)]
pub struct Folder {
    pub name: String,
    pub files: Rc<Vec<(String, File)>>,
}

/// What was chosen, and what is wrong with it. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct ArchiveChoice {
    chosen: RwSignal<Option<Chosen>, LocalStorage>,
    problem: RwSignal<Option<String>>,
    reading: RwSignal<bool>,
    /// A folder that was not listed, because what packs it could not be loaded.
    unlisted: RwSignal<Option<Folder>, LocalStorage>,
    task: Task,
}

impl ArchiveChoice {
    /// Nothing chosen.
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new_local(None),
            problem: RwSignal::new(None),
            reading: RwSignal::new(false),
            unlisted: RwSignal::new_local(None),
            task: Task::new(),
        }
    }

    /// What was chosen. Tracked.
    pub fn chosen(self) -> Option<Chosen> {
        self.chosen.get()
    }

    /// What was chosen. Not tracked; nothing when the page has gone.
    pub fn chosen_untracked(self) -> Option<Chosen> {
        self.chosen.try_get_untracked().flatten()
    }

    /// Whether something was chosen. Tracked.
    pub fn is_chosen(self) -> bool {
        self.chosen.with(Option::is_some)
    }

    /// What is wrong. Tracked.
    pub fn problem(self) -> Option<String> {
        self.problem.get()
    }

    /// Whether what was chosen is being looked at. Tracked.
    pub fn is_reading(self) -> bool {
        self.reading.get()
    }

    /// Whether reading the folder can be tried again. Tracked.
    pub fn can_retry(self) -> bool {
        self.unlisted.with(Option::is_some)
    }

    /// Shows what is wrong. Returns the id of the field with a problem.
    pub fn check(self) -> Option<String> {
        let is_reading = self.reading.get_untracked();
        let problem = match self.chosen_untracked() {
            // It is told already.
            None if self.unlisted.with_untracked(Option::is_some) => return Some(FOLDER.to_owned()),
            None if is_reading => "The folder is still being read. Wait a moment.",
            None => "Choose an archive or a folder.",
            Some(Chosen::Folder { listing, .. }) if listing.files.is_empty() => {
                "There is nothing to send in this folder."
            }
            Some(_) => return None,
        };
        self.problem.set(Some(problem.to_owned()));
        Some(ARCHIVE.to_owned())
    }

    fn clear(self) {
        self.chosen.set(None);
        self.problem.set(None);
        self.unlisted.set(None);
    }

    fn begin(self) {
        self.clear();
        self.reading.set(true);
    }

    /// Takes what was found, unless the page is gone.
    fn finish(self, outcome: Result<Chosen, String>) {
        if self.reading.try_set(false).is_some() {
            return;
        }
        match outcome {
            Ok(chosen) => self.chosen.set(Some(chosen)),
            Err(problem) => self.problem.set(Some(problem)),
        }
    }

    /// Takes a file.
    pub fn take_file(self, file: File) {
        self.begin();
        self.task.start(Box::pin(async move { self.finish(check_archive(file).await) }));
    }

    /// Takes a folder.
    pub fn take_folder(self, folder: Folder) {
        self.begin();
        self.task.start(Box::pin(self.list(folder)));
    }

    /// Takes what was dropped.
    pub fn take_dropped(self, event: &DragEvent) {
        let Some(dropped) = dropped(event) else { return };
        self.begin();
        self.task.start(Box::pin(async move {
            match dropped.await {
                Ok(Dropped::File(file)) => self.finish(check_archive(file).await),
                Ok(Dropped::Folder(folder)) => self.list(folder).await,
                Err(problem) => self.finish(Err(problem)),
            }
        }));
    }

    /// Says what of a folder will be sent. If what packs it cannot be loaded, the folder is kept to be tried again.
    async fn list(self, folder: Folder) {
        let packer = match Packer::start().await {
            Ok(packer) => packer,
            Err(reason) => {
                self.unlisted.try_set(Some(folder));
                return self.finish(Err(reason));
            }
        };
        let listing = packer.list(&folder.files).await;
        let chosen = |listing| Chosen::Folder { name: folder.name, listing: Rc::new(listing), packer: Rc::new(packer) };
        self.finish(listing.map(chosen));
    }

    /// Tries again to read the folder.
    pub fn retry(self) {
        if let Some(folder) = self.unlisted.get_untracked() {
            // The button goes away: the focus needs another place.
            focus_by_id(FOLDER);
            self.take_folder(folder);
        }
    }

    /// Lets go of what was chosen.
    pub fn remove(self) {
        self.task.stop();
        self.reading.set(false);
        self.clear();
        focus_by_id(ARCHIVE);
    }
}

/// An archive that the installation can take: not empty, and compressed with gzip.
async fn check_archive(file: File) -> Result<Chosen, String> {
    let unreadable =
        |_| format!("The browser cannot read {}. It may have been moved or changed.", visible(&file.name()));
    let start = file.slice_with_i32_and_i32(0, 3).map_err(unreadable)?;
    // `arrayBuffer` by name: the typed call would bring all of `Blob` along.
    let read: Function =
        js_sys::Reflect::get(&start, &"arrayBuffer".into()).map_err(unreadable)?.dyn_into().map_err(unreadable)?;
    let promise: js_sys::Promise = read.call0(&start).map_err(unreadable)?.unchecked_into();
    let bytes = Uint8Array::new(&JsFuture::from(promise).await.map_err(unreadable)?).to_vec();
    if !packer::gzip::is_gzip(&bytes) {
        return Err(format!(
            "{} is no gzip archive. Choose a .tar.gz, or the folder itself, which is then packed here.",
            visible(&file.name())
        ));
    }
    let (name, size) = (file.name(), file.size() as u64);
    Ok(Chosen::File { name, size, blob: Blob::from(file) })
}
