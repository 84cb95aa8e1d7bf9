//! Choosing what is uploaded: an archive, or a folder that is packed in the browser.

use std::rc::Rc;

use js_sys::{Function, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, HtmlInputElement};

use super::{
    chosen::{Chosen, chosen_view},
    drop::{Dropped, dropped},
    packing::Packer,
};
use crate::{
    domain::text::visible,
    query::Task,
    ui::{ButtonKind, El, button, dynamic, el, focus_by_id},
};

/// The id of the file field.
const ARCHIVE: &str = "archive";
/// The id of the folder field.
const FOLDER: &str = "folder";
const ERROR: &str = "archive-error";

/// What was chosen, and what is wrong with it. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct ArchiveField {
    chosen: RwSignal<Option<Chosen>, LocalStorage>,
    problem: RwSignal<Option<String>>,
    reading: RwSignal<bool>,
    task: Task,
}

impl ArchiveField {
    /// Nothing chosen.
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new_local(None),
            problem: RwSignal::new(None),
            reading: RwSignal::new(false),
            task: Task::new(),
        }
    }

    /// What was chosen. Tracked.
    pub fn chosen(self) -> Option<Chosen> {
        self.chosen.get()
    }

    /// What was chosen. Not tracked.
    pub fn chosen_untracked(self) -> Option<Chosen> {
        self.chosen.get_untracked()
    }

    /// Shows what is wrong. Returns the id of the field with a problem.
    pub fn check(self) -> Option<String> {
        let is_reading = self.reading.get_untracked();
        let problem = match self.chosen.get_untracked() {
            None if is_reading => Some("The folder is still being read. Wait a moment."),
            None => Some("Choose an archive or a folder."),
            Some(Chosen::Folder { listing, .. }) if listing.files.is_empty() => {
                Some("There is nothing to send in this folder.")
            }
            Some(_) => None,
        };
        let problem = problem?;
        self.problem.set(Some(problem.to_owned()));
        Some(ARCHIVE.to_owned())
    }

    fn begin(self) {
        self.chosen.set(None);
        self.problem.set(None);
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

    fn take_file(self, file: File) {
        self.begin();
        self.task.start(Box::pin(async move { self.finish(check_archive(file).await) }));
    }

    fn take_folder(self, name: String, files: Vec<(String, File)>) {
        self.begin();
        self.task.start(Box::pin(async move { self.finish(list(name, files).await) }));
    }

    fn take_dropped(self, event: &Event) {
        let Some(dropped) = dropped(event) else { return };
        self.begin();
        self.task.start(Box::pin(async move {
            let outcome = match dropped.await {
                Ok(Dropped::File(file)) => check_archive(file).await,
                Ok(Dropped::Folder(name, files)) => list(name, files).await,
                Err(problem) => Err(problem),
            };
            self.finish(outcome);
        }));
    }

    fn remove(self) {
        self.task.stop();
        self.reading.set(false);
        self.chosen.set(None);
        self.problem.set(None);
        focus_by_id(ARCHIVE);
    }

    /// The two fields, which also take what is dropped on them, and what was chosen.
    pub fn view(self) -> El {
        let dragged = RwSignal::new(false);
        let drag = move |is_over: bool| {
            move |event: Event| {
                event.prevent_default();
                dragged.set(is_over);
            }
        };
        let problem = dynamic(move || {
            self.problem
                .get()
                .map(|text| el("p").id(ERROR).class("field-error").attr("role", "alert").child(visible(&text)))
        });
        let reading = dynamic(move || {
            self.reading.get().then(|| el("p").attr("role", "status").child("Reading what was chosen…"))
        });
        let chosen = dynamic(move || {
            let chosen = self.chosen.get()?;
            let remove = button(ButtonKind::Secondary, "Choose something else", move || self.remove());
            Some(chosen_view(&chosen).child(remove))
        });
        let file = self.input(ARCHIVE, "Configuration archive", "A .tar.gz of the configuration's folder.");
        let file = file.0.child(file.1.attr("accept", ".tar.gz,.tgz,application/gzip,application/x-gzip").on(
            "change",
            move |event| {
                if let Some(file) = files_of(&event).into_iter().next() {
                    self.take_file(file);
                }
            },
        ));
        let folder = self.input(
            FOLDER,
            "Configuration folder",
            "Packed here in the browser, without what .terraformignore leaves out.",
        );
        let folder =
            folder.0.child(folder.1.attr("webkitdirectory", "").attr("multiple", "").on("change", move |event| {
                let files = files_of(&event);
                if let Some(name) = files.first().map(|file| top_folder(&path_of(file))) {
                    let files = files.into_iter().map(|file| (path_of(&file), file)).collect();
                    self.take_folder(name, files);
                }
            }));
        el("fieldset")
            .class("group drop-zone")
            .attr_if("data-over", "true", move || dragged.get())
            .on("dragover", drag(true))
            .on("dragleave", drag(false))
            .on("drop", move |event| {
                event.prevent_default();
                dragged.set(false);
                self.take_dropped(&event);
            })
            .child(el("legend").child("Archive"))
            .child(el("p").class("field-hint").child("Choose one of the two, or drop an archive or a folder here."))
            .child(el("div").class("choices").child([file, folder]))
            .child(problem)
            .child(reading)
            .child(chosen)
    }

    /// The label with its hint, and the field for it.
    fn input(self, id: &'static str, label: &str, hint: &str) -> (El, El) {
        let hint_id = [id, "-hint"].concat();
        let described_by = hint_id.clone();
        let input = el("input")
            .id(id)
            .class("file-input")
            .attr("type", "file")
            .attr_if("aria-invalid", "true", move || id == ARCHIVE && self.problem.with(Option::is_some))
            .attr_of("aria-describedby", move || {
                let has_problem = self.problem.with(Option::is_some);
                Some(if has_problem { [ERROR, " ", &described_by].concat() } else { described_by.clone() })
            });
        let field = el("div")
            .class("field")
            .child(el("label").class("field-label").attr("for", id).child(label))
            .child(el("p").id(&hint_id).class("field-hint").child(hint));
        (field, input)
    }
}

/// The files of a field. The field is emptied, so that choosing the same again is a change again.
fn files_of(event: &Event) -> Vec<File> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let list = input.files();
    let files = list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default();
    input.set_value("");
    files
}

/// Where a file is in the chosen folder, beginning with the folder's own name.
fn path_of(file: &File) -> String {
    let path = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath")).ok();
    path.and_then(|path| path.as_string()).filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

fn top_folder(path: &str) -> String {
    path.split('/').next().unwrap_or_default().to_owned()
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

/// A folder as it will be sent.
async fn list(name: String, files: Vec<(String, File)>) -> Result<Chosen, String> {
    let packer = Packer::start().await?;
    let listing = packer.list(files).await?;
    Ok(Chosen::Folder { name, listing: Rc::new(listing), packer: Rc::new(packer) })
}
