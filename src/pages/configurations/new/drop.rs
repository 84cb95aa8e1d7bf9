//! What was dropped: one file, or one folder with everything in it.
//!
//! Folders are walked entry by entry, since only a field for folders gives their files at once.

use std::{cell::RefCell, collections::VecDeque, future::Future, rc::Rc};

use futures_channel::oneshot;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    DragEvent, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
};

use super::archive::Folder;

/// More files than these are no configuration.
const MOST_FILES: usize = 200_000;

/// Something that was dropped.
pub enum Dropped {
    /// A file.
    File(File),
    /// A folder.
    Folder(Folder),
}

/// Reads what an event dropped. The event must be under way: its data is gone afterwards.
pub fn dropped(event: &DragEvent) -> Option<impl Future<Output = Result<Dropped, String>> + 'static> {
    let items = event.data_transfer()?.items();
    let entries: Vec<FileSystemEntry> =
        (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten()).collect();
    Some(async move {
        let mut entries = entries.into_iter();
        match (entries.next(), entries.next()) {
            (Some(_), Some(_)) => Err("Drop one archive or one folder, not several.".to_owned()),
            (Some(entry), None) if entry.is_directory() => {
                let name = entry.name();
                Ok(Dropped::Folder(Folder { name, files: Rc::new(walk(entry).await?) }))
            }
            (Some(entry), None) => Ok(Dropped::File(file_of(&entry).await?)),
            (None, _) => Err("That was neither a file nor a folder.".to_owned()),
        }
    })
}

/// Every file below a folder. Their paths begin with the folder's name.
async fn walk(folder: FileSystemEntry) -> Result<Vec<(String, File)>, String> {
    let mut files = Vec::new();
    let mut folders = VecDeque::from([folder]);
    while let Some(folder) = folders.pop_front() {
        let reader = folder.unchecked_ref::<FileSystemDirectoryEntry>().create_reader();
        loop {
            // At most some hundred at a time, and none at the end.
            let entries = read_some(&reader).await.map_err(|()| unreadable(&folder))?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                if entry.is_directory() {
                    folders.push_back(entry);
                } else {
                    let path = entry.full_path().trim_start_matches('/').to_owned();
                    files.push((path, file_of(&entry).await?));
                }
            }
            if files.len() > MOST_FILES {
                return Err(format!("This folder has more than {MOST_FILES} files."));
            }
        }
    }
    Ok(files)
}

fn unreadable(entry: &FileSystemEntry) -> String {
    entry.full_path() + " cannot be read. It may have been moved, or the browser may not read it."
}

async fn file_of(entry: &FileSystemEntry) -> Result<File, String> {
    let file = answered(|on_file, on_error| {
        entry.unchecked_ref::<FileSystemFileEntry>().file_with_callback_and_callback(on_file, on_error);
    });
    file.await.map(JsCast::unchecked_into).map_err(|()| unreadable(entry))
}

async fn read_some(reader: &FileSystemDirectoryReader) -> Result<Vec<FileSystemEntry>, ()> {
    let entries = answered(|on_entries, on_error| {
        // A failure comes through the second callback.
        let _ = reader.read_entries_with_callback_and_callback(on_entries, on_error);
    });
    let entries: js_sys::Array = entries.await?.unchecked_into();
    Ok(entries.iter().map(JsCast::unchecked_into).collect())
}

/// What a call with two callbacks answers.
async fn answered(call: impl FnOnce(&js_sys::Function, &js_sys::Function)) -> Result<JsValue, ()> {
    let (sender, answer) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let send = |is_good: bool| {
        let sender = Rc::clone(&sender);
        Closure::<dyn FnMut(JsValue)>::new(move |value| {
            if let Some(sender) = sender.borrow_mut().take() {
                // Nobody waits any more when the page is gone.
                let _ = sender.send(if is_good { Ok(value) } else { Err(()) });
            }
        })
    };
    let (on_value, on_error) = (send(true), send(false));
    call(on_value.as_ref().unchecked_ref(), on_error.as_ref().unchecked_ref());
    answer.await.unwrap_or(Err(()))
}
