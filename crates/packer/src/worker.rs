//! The worker's side: lists, and packs.

use std::{cell::RefCell, rc::Rc};

use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, MessageEvent, ReadableStream, Response, WritableStream,
    WritableStreamDefaultWriter,
};

use crate::{
    listing::{self, Found},
    protocol::{FromPage, FromWorker, Listing},
    tar,
};

/// How much of a file is read at once, in bytes.
const SLICE: f64 = 4.0 * 1024.0 * 1024.0;

/// Small pieces are put together until they are as many bytes: each write to the compressor has its price.
const BUFFER: usize = 256 * 1024;

/// Milliseconds between two messages about the progress.
const BETWEEN_MESSAGES: f64 = 100.0;

/// A folder, and what of it is sent.
#[derive(Default)]
struct Folder {
    files: Vec<(Found, File)>,
    entries: Vec<(String, u64, File)>,
}

/// Listens to the page until it terminates the worker.
pub fn start() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let folder = Rc::new(RefCell::new(Folder::default()));
    let page = scope.clone();
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| match FromPage::read(&event.data()) {
            Some(FromPage::Files(files)) => {
                let files = files.into_iter().map(|(path, file)| (Found { path, size: file.size() as u64 }, file));
                folder.borrow_mut().files.extend(files);
            }
            Some(FromPage::List) => spawn_local(list(page.clone(), Rc::clone(&folder))),
            Some(FromPage::Pack) => spawn_local(pack(page.clone(), Rc::clone(&folder))),
            None => {}
        });
    scope.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    say(&scope, &FromWorker::Ready);
}

fn say(page: &DedicatedWorkerGlobalScope, message: &FromWorker) {
    // It fails only for what cannot be copied, and all of a message can.
    let _ = page.post_message(&message.write());
}

async fn list(page: DedicatedWorkerGlobalScope, folder: Rc<RefCell<Folder>>) {
    let files = std::mem::take(&mut folder.borrow_mut().files);
    let found: Vec<Found> = files.iter().map(|(found, _)| found.clone()).collect();
    let rules = match listing::ignore_file(&found).and_then(|at| files.get(at)) {
        None => None,
        Some((found, file)) => match bytes_of(file).await {
            Ok(bytes) => Some(bytes.to_vec()),
            Err(_) => return say(&page, &FromWorker::Failed(format!("{} cannot be read.", found.path))),
        },
    };
    let listing = listing::list(&found, rules.as_deref());
    let message = FromWorker::Listed(Listing {
        files: listing.entries.iter().map(|entry| (entry.path.clone(), entry.size)).collect(),
        bytes: listing.bytes(),
        left_out_files: listing.left_out_files,
        left_out_bytes: listing.left_out_bytes,
        problems: listing.problems,
    });
    let entries = listing.entries.into_iter();
    folder.borrow_mut().entries =
        entries.filter_map(|entry| Some((entry.path, entry.size, files.get(entry.index)?.1.clone()))).collect();
    say(&page, &message);
}

async fn pack(page: DedicatedWorkerGlobalScope, folder: Rc<RefCell<Folder>>) {
    let entries = folder.borrow().entries.clone();
    let on_progress = |bytes, total| say(&page, &FromWorker::Packing { bytes, total });
    let message = match archive(&entries, on_progress).await {
        Ok(archive) => FromWorker::Packed(archive),
        Err(reason) => FromWorker::Failed(reason),
    };
    say(&page, &message);
}

/// The archive of these files: path, size and content of each, in their order.
///
/// # Errors
/// A sentence that names the file.
pub async fn archive(entries: &[(String, u64, File)], on_progress: impl Fn(u64, u64)) -> Result<Blob, String> {
    let cannot = |_| "This browser cannot compress files (it has no CompressionStream). Choose a .tar.gz.".to_owned();
    let (writable, readable) = compressor().map_err(cannot)?;
    // The answer's body is taken in by the browser itself, which may keep it on disk.
    let collected = Response::new_with_opt_readable_stream(Some(&readable)).and_then(|it| it.blob()).map_err(cannot)?;
    let mut sink = Sink { writer: writable.get_writer().map_err(cannot)?, buffer: Vec::with_capacity(BUFFER) };
    let total = entries.iter().map(|(_, size, _)| size).sum();
    let mut progress = Progress { packed: 0, total, told: 0.0, on_progress };
    let written = write_all(entries, &mut sink, &mut progress).await;
    if let Err(reason) = written {
        // What was collected so far is let go.
        let _ = JsFuture::from(sink.writer.abort()).await;
        let _ = JsFuture::from(collected).await;
        return Err(reason);
    }
    let failed = |_| "The browser could not compress the folder.".to_owned();
    JsFuture::from(sink.writer.close()).await.map_err(failed)?;
    let blob: Blob = JsFuture::from(collected).await.map_err(failed)?.unchecked_into();
    // So that it has the type of what it is; nothing is copied.
    blob.slice_with_f64_and_f64_and_content_type(0.0, blob.size(), "application/gzip").map_err(failed)
}

struct Progress<F> {
    packed: u64,
    total: u64,
    told: f64,
    on_progress: F,
}

impl<F: Fn(u64, u64)> Progress<F> {
    fn add(&mut self, bytes: u64) {
        self.packed += bytes;
        let now = js_sys::Date::now();
        if now - self.told >= BETWEEN_MESSAGES || self.packed == self.total {
            self.told = now;
            (self.on_progress)(self.packed, self.total);
        }
    }
}

async fn write_all<F: Fn(u64, u64)>(
    entries: &[(String, u64, File)],
    sink: &mut Sink,
    progress: &mut Progress<F>,
) -> Result<(), String> {
    for (path, size, file) in entries {
        let changed = || format!("{path} was changed or moved while it was packed. Choose the folder again.");
        if file.size() as u64 != *size {
            return Err(changed());
        }
        let header = tar::header(path, *size).map_err(|error| format!("{path} cannot be packed: {error}."))?;
        sink.write(&header).await?;
        let mut from = 0.0;
        while from < file.size() {
            let to = (from + SLICE).min(file.size());
            let slice = file.slice_with_f64_and_f64(from, to).map_err(|_| changed())?;
            let bytes = bytes_of(&slice).await.map_err(|_| changed())?;
            if f64::from(bytes.length()) != to - from {
                return Err(changed());
            }
            sink.write_array(&bytes).await?;
            progress.add(u64::from(bytes.length()));
            from = to;
        }
        sink.pad(tar::padding(*size)).await?;
    }
    sink.write(&tar::end()).await?;
    sink.flush().await
}

/// Where the archive's bytes go. Each write waits until the compressor wants more.
struct Sink {
    writer: WritableStreamDefaultWriter,
    buffer: Vec<u8>,
}

impl Sink {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER { self.flush().await } else { Ok(()) }
    }

    /// Large pieces go as they are, without coming into this program's memory.
    async fn write_array(&mut self, bytes: &Uint8Array) -> Result<(), String> {
        if (bytes.length() as usize) < BUFFER {
            return self.write(&bytes.to_vec()).await;
        }
        self.flush().await?;
        self.send(bytes).await
    }

    async fn pad(&mut self, zeros: usize) -> Result<(), String> {
        self.buffer.resize(self.buffer.len() + zeros, 0);
        if self.buffer.len() >= BUFFER { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), String> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = Uint8Array::from(self.buffer.as_slice());
        self.buffer.clear();
        self.send(&bytes).await
    }

    async fn send(&self, bytes: &Uint8Array) -> Result<(), String> {
        let failed = |_| "The browser could not compress the folder.".to_owned();
        JsFuture::from(self.writer.write_with_chunk(bytes)).await.map(drop).map_err(failed)
    }
}

async fn bytes_of(blob: &Blob) -> Result<Uint8Array, JsValue> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer))
}

/// Both ends of a new gzip compressor. By name, since a browser may have none.
fn compressor() -> Result<(WritableStream, ReadableStream), JsValue> {
    let constructor: Function = Reflect::get(&js_sys::global(), &"CompressionStream".into())?.dyn_into()?;
    let stream = Reflect::construct(&constructor, &js_sys::Array::of1(&"gzip".into()))?;
    let end = |name: &str| Reflect::get(&stream, &name.into());
    Ok((end("writable")?.dyn_into()?, end("readable")?.dyn_into()?))
}
