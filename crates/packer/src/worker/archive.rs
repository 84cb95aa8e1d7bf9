//! The archive: from the browser's files through the browser's compressor into a blob.

use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ReadableStream, Response, WritableStream, WritableStreamDefaultWriter};

use super::progress::Progress;
use super::state::{Entry, Run, Stopped};
use crate::tar;

/// How much of a file is read at once, in bytes.
const SLICE: f64 = 4.0 * 1024.0 * 1024.0;

/// Small pieces are put together until they are as many bytes: each write to the compressor has its price.
const BUFFER: usize = 256 * 1024;

/// Why there is no archive.
#[derive(Debug)]
pub enum Unfinished {
    /// The page does not want it any more.
    Stopped,
    /// It cannot be made: a sentence for the user, which names the file if it is about one.
    Failed(String),
}

impl From<Stopped> for Unfinished {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl Unfinished {
    fn no_compressor(_: JsValue) -> Self {
        Self::Failed("This browser cannot compress files (it has no CompressionStream). Choose a .tar.gz.".to_owned())
    }

    fn not_compressed(_: JsValue) -> Self {
        Self::Failed("The browser could not compress the folder.".to_owned())
    }

    fn changed(path: &str) -> Self {
        Self::Failed(format!("{path} was changed or moved while it was packed. Choose the folder again."))
    }
}

/// The archive of these files, in their order. `on_progress` is told bytes of files, packed and in all.
///
/// # Errors
/// When the run is not wanted any more, a file is not as it was listed, or the browser cannot compress. What was
/// collected until then is let go.
pub async fn archive(entries: &[Entry<File>], run: &Run, on_progress: impl Fn(u64, u64)) -> Result<Blob, Unfinished> {
    let (writable, readable) = compressor().map_err(Unfinished::no_compressor)?;
    let writer = writable.get_writer().map_err(Unfinished::no_compressor)?;
    // The response's body is taken in by the browser itself, which may keep it on disk. Waited for from the beginning:
    // a promise that fails while nobody does is a failure of the whole worker.
    let collected = Response::new_with_opt_readable_stream(Some(&readable))
        .and_then(|response| response.blob())
        .map(JsFuture::from)
        .map_err(Unfinished::no_compressor)?;
    let mut sink = Sink { writer, buffer: Vec::with_capacity(BUFFER) };
    let written = async {
        write_all(entries, &mut sink, run, on_progress).await?;
        JsFuture::from(sink.writer.close()).await.map_err(Unfinished::not_compressed)
    };
    if let Err(reason) = written.await {
        let _ = JsFuture::from(sink.writer.abort()).await;
        let _ = collected.await;
        return Err(reason);
    }
    let blob: Blob = collected.await.map_err(Unfinished::not_compressed)?.unchecked_into();
    run.check()?;
    // So that it has the type of what it is; nothing is copied.
    blob.slice_with_f64_and_f64_and_content_type(0.0, blob.size(), "application/gzip")
        .map_err(Unfinished::not_compressed)
}

async fn write_all(
    entries: &[Entry<File>],
    sink: &mut Sink,
    run: &Run,
    on_progress: impl Fn(u64, u64),
) -> Result<(), Unfinished> {
    let mut progress = Progress::new(entries.iter().map(|entry| entry.size).sum());
    for Entry { path, size, is_executable, file } in entries {
        let changed = || Unfinished::changed(path);
        if file.size() as u64 != *size {
            return Err(changed());
        }
        let header = tar::header(path, *size, *is_executable)
            .map_err(|reason| Unfinished::Failed(format!("{path} {reason}.")))?;
        sink.write(&header).await?;
        let mut from = 0.0;
        while from < file.size() {
            let to = (from + SLICE).min(file.size());
            let slice = file.slice_with_f64_and_f64(from, to).map_err(|_| changed())?;
            let bytes = bytes_of(&slice).await.map_err(|_| changed())?;
            run.check()?;
            if f64::from(bytes.length()) != to - from {
                return Err(changed());
            }
            sink.write_array(&bytes).await?;
            run.check()?;
            if let Some((packed, total)) = progress.add(u64::from(bytes.length()), js_sys::Date::now()) {
                on_progress(packed, total);
            }
            from = to;
        }
        sink.pad(tar::padding(*size)).await?;
        // Empty files are not read: here, too.
        run.check()?;
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
    async fn write(&mut self, bytes: &[u8]) -> Result<(), Unfinished> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER { self.flush().await } else { Ok(()) }
    }

    /// Large pieces go as they are, without coming into this program's memory.
    async fn write_array(&mut self, bytes: &Uint8Array) -> Result<(), Unfinished> {
        if (bytes.length() as usize) < BUFFER {
            return self.write(&bytes.to_vec()).await;
        }
        self.flush().await?;
        self.send(bytes).await
    }

    async fn pad(&mut self, zeros: usize) -> Result<(), Unfinished> {
        self.buffer.resize(self.buffer.len() + zeros, 0);
        if self.buffer.len() >= BUFFER { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), Unfinished> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let bytes = Uint8Array::from(self.buffer.as_slice());
        self.buffer.clear();
        self.send(&bytes).await
    }

    async fn send(&self, bytes: &Uint8Array) -> Result<(), Unfinished> {
        JsFuture::from(self.writer.write_with_chunk(bytes)).await.map(drop).map_err(Unfinished::not_compressed)
    }
}

/// All of it, in memory outside of this program.
pub async fn bytes_of(blob: &Blob) -> Result<Uint8Array, JsValue> {
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
