//! Choosing what is uploaded: an archive, or a folder that is packed in the browser.

use std::rc::Rc;

use domain::text::visible;
use js_sys::{Function, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, File};

use super::{
    chosen::Chosen,
    drop::{dropped, file_of},
    folder::{Content, Folder},
    packing::{Packer, Problem},
};
use crate::{query::Task, ui::focus_by_id};

/// The id of the file field.
pub const ARCHIVE: &str = "archive";
/// The id of the folder field.
pub const FOLDER: &str = "folder";

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
            None if is_reading => "What was chosen is still being read. Wait a moment.",
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
        // Sent before it was read, it may have been told to be so.
        self.problem.set(outcome.as_ref().err().cloned());
        self.chosen.set(outcome.ok());
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
        let entry = match dropped {
            Ok(entry) => entry,
            Err(problem) => return self.finish(Err(problem)),
        };
        if entry.is_directory() {
            self.take_folder(Folder { name: entry.name(), content: Content::Dropped(entry) });
        } else {
            self.task.start(Box::pin(async move {
                let file = file_of(&entry).await.map_err(|()| unreadable(&entry.name()));
                self.finish(match file {
                    Ok(file) => check_archive(file).await,
                    Err(problem) => Err(problem),
                });
            }));
        }
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
        let listing = folder.list(&packer).await;
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

const NOT_INSPECTED: &str = "It was not looked into: the part of the console that does that cannot be loaded here.";

fn unreadable(name: &str) -> String {
    ["The browser cannot read ", &visible(name), ". It may have been moved or changed."].concat()
}

/// An archive that the installation can take: not empty, and compressed with gzip. What else should be known of it is
/// told, and refuses nothing.
async fn check_archive(file: File) -> Result<Chosen, String> {
    let name = file.name();
    let start = start_of(&file).await.map_err(|_| unreadable(&name))?;
    if !packer::gzip::is_gzip(&start) {
        return Err(
            visible(&name) + " is no gzip archive. Choose a .tar.gz, or the folder itself, which is then packed here."
        );
    }
    // Whatever keeps it from being looked into keeps nobody from sending it.
    let problems = inspect(&file).await.unwrap_or_else(|_| vec![(String::new(), NOT_INSPECTED.to_owned())]);
    let size = file.size() as u64;
    Ok(Chosen::File { name, size, blob: Blob::from(file), problems: Rc::new(problems) })
}

async fn start_of(file: &File) -> Result<Vec<u8>, JsValue> {
    let start = file.slice_with_i32_and_i32(0, 3)?;
    // `arrayBuffer` by name: the typed call would bring all of `Blob` along.
    let read: Function = js_sys::Reflect::get(&start, &"arrayBuffer".into())?.dyn_into()?;
    let promise: js_sys::Promise = read.call0(&start)?.unchecked_into();
    Ok(Uint8Array::new(&JsFuture::from(promise).await?).to_vec())
}

/// The worker ends with this.
async fn inspect(file: &File) -> Result<Vec<Problem>, String> {
    Packer::start().await?.inspect(file.clone()).await
}
