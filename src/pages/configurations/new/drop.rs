//! What was dropped: one file, or one folder, of which entries are read one after the other.

use std::{cell::RefCell, rc::Rc};

use futures_channel::oneshot;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DragEvent, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

/// What an event dropped. The event must be under way: its data is gone afterwards.
///
/// # Errors
/// A sentence for the user: it is not one thing.
pub fn dropped(event: &DragEvent) -> Option<Result<FileSystemEntry, String>> {
    let items = event.data_transfer()?.items();
    let mut entries = (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok().flatten());
    Some(match (entries.next(), entries.next()) {
        (Some(_), Some(_)) => Err("Drop one archive or one folder, not several.".to_owned()),
        (Some(entry), None) => Ok(entry),
        (None, _) => Err("That was neither a file nor a folder.".to_owned()),
    })
}

/// The file of an entry that is one. It is not read.
///
/// # Errors
/// When the browser may not read it, or it is gone.
pub async fn file_of(entry: &FileSystemEntry) -> Result<File, ()> {
    let file = answered(|on_file, on_error| {
        entry.unchecked_ref::<FileSystemFileEntry>().file_with_callback_and_callback(on_file, on_error);
    });
    file.await.map(JsCast::unchecked_into)
}

/// All entries of a folder.
///
/// # Errors
/// When the browser may not read it, or it is gone.
pub async fn entries_of(folder: &FileSystemEntry) -> Result<Vec<FileSystemEntry>, ()> {
    let reader = folder.unchecked_ref::<FileSystemDirectoryEntry>().create_reader();
    let mut all = Vec::new();
    loop {
        let some = answered(|on_entries, on_error| {
            // A failure comes through the second callback.
            let _ = reader.read_entries_with_callback_and_callback(on_entries, on_error);
        });
        // At most some hundred at a time, and none at the end.
        let some: js_sys::Array = some.await?.unchecked_into();
        if some.length() == 0 {
            return Ok(all);
        }
        all.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
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
