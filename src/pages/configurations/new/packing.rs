//! Packing a folder away from the page: in a worker with a small wasm of its own (`crates/packer`).

use std::{cell::Cell, pin::pin};

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::{
    StreamExt,
    future::{Either, select},
    lock::Mutex,
};
use gloo_timers::future::TimeoutFuture;
pub use packer::protocol::Listing;
use packer::protocol::{FromPage, FromWorker};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Blob, Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::ui::meta;

/// How many files are handed over at once: more would hold up the page.
const BATCH: usize = 200;

/// How long the worker may take to begin, in milliseconds: it loads a wasm of some 60 kB.
const LONGEST_START: u32 = 10_000;

const NOT_LOADED: &str = "The part of the console that packs folders cannot be loaded. Try again, or choose a .tar.gz.";
const BROKEN: &str = "Packing the folder has failed. Choose it again, or choose a .tar.gz.";

/// A worker that packs one folder. It ends when this is dropped.
pub struct Packer {
    worker: Worker,
    messages: Mutex<UnboundedReceiver<FromWorker>>,
    /// The number of the latest packing.
    run: Cell<u32>,
    /// Whether the worker itself has failed: it does not answer any more.
    is_broken: Cell<bool>,
    _listeners: Listeners,
}

/// Kept as long as the worker may speak.
type Listeners = (Closure<dyn FnMut(MessageEvent)>, Closure<dyn FnMut(Event)>);

impl Drop for Packer {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Ends a packing that is not waited for any more.
struct StopOnDrop<'a>(&'a Packer);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        // It fails only where the worker is gone.
        let _ = self.0.send(FromPage::Stop);
    }
}

impl Packer {
    /// Starts the worker, whose script the page names in a `<meta>`.
    ///
    /// # Errors
    /// A sentence for the user, as everywhere here: its files cannot be loaded, or not soon enough.
    pub async fn start() -> Result<Self, String> {
        let not_loaded = || NOT_LOADED.to_owned();
        let script = meta("packer").ok_or_else(not_loaded)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&script, &options).map_err(|_| not_loaded())?;
        let (sender, receiver) = unbounded();
        let listeners = (on_message(sender.clone()), on_error(sender));
        worker.set_onmessage(Some(listeners.0.as_ref().unchecked_ref()));
        worker.set_onerror(Some(listeners.1.as_ref().unchecked_ref()));
        let packer = Self {
            worker,
            messages: Mutex::new(receiver),
            run: Cell::new(0),
            is_broken: Cell::new(false),
            _listeners: listeners,
        };
        let is_ready = match select(pin!(packer.next()), TimeoutFuture::new(LONGEST_START)).await {
            Either::Left((message, _)) => matches!(message, Some(FromWorker::Ready)),
            Either::Right(_) => false,
        };
        if is_ready { Ok(packer) } else { Err(not_loaded()) }
    }

    /// What of these files will be sent. Each path begins with the folder's own name.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub async fn list(&self, files: &[(String, File)]) -> Result<Listing, String> {
        for batch in files.chunks(BATCH) {
            self.send(FromPage::Files(batch.to_vec()))?;
            // The page may draw and react in between.
            TimeoutFuture::new(0).await;
        }
        self.send(FromPage::List)?;
        match self.next().await {
            Some(FromWorker::Listed(listing)) => Ok(listing),
            Some(FromWorker::Failed { reason, .. }) => Err(reason),
            _ => Err(BROKEN.to_owned()),
        }
    }

    /// The archive of what was listed. Dropped, it ends the packing.
    ///
    /// # Errors
    /// When a file was changed meanwhile, or the browser cannot compress.
    pub async fn pack(&self, on_progress: impl Fn(u64, u64)) -> Result<Blob, String> {
        let run = self.run.get().wrapping_add(1);
        self.run.set(run);
        self.send(FromPage::Pack { run })?;
        let _stop = StopOnDrop(self);
        loop {
            match self.next().await {
                Some(FromWorker::Packing { run: of, bytes, total }) if of == run => on_progress(bytes, total),
                Some(FromWorker::Packed { run: of, archive }) if of == run => return Ok(archive),
                Some(FromWorker::Failed { run: None, reason }) => {
                    self.is_broken.set(true);
                    return Err(reason);
                }
                Some(FromWorker::Failed { run: Some(of), reason }) if of == run => return Err(reason),
                // Of a packing that was ended, on its way by then.
                Some(FromWorker::Packing { .. } | FromWorker::Packed { .. } | FromWorker::Failed { .. }) => {}
                Some(FromWorker::Ready | FromWorker::Listed(_)) | None => return Err(BROKEN.to_owned()),
            }
        }
    }

    fn send(&self, message: FromPage) -> Result<(), String> {
        if self.is_broken.get() {
            return Err(BROKEN.to_owned());
        }
        self.worker.post_message(&message.write()).map_err(|_| BROKEN.to_owned())
    }

    async fn next(&self) -> Option<FromWorker> {
        self.messages.lock().await.next().await
    }
}

fn on_message(sender: UnboundedSender<FromWorker>) -> Closure<dyn FnMut(MessageEvent)> {
    Closure::new(move |event: MessageEvent| {
        if let Some(message) = FromWorker::read(&event.data()) {
            // Nobody listens any more when the page is gone.
            let _ = sender.unbounded_send(message);
        }
    })
}

/// A script that cannot be loaded, or a worker that stopped.
fn on_error(sender: UnboundedSender<FromWorker>) -> Closure<dyn FnMut(Event)> {
    Closure::new(move |_| drop(sender.unbounded_send(FromWorker::Failed { run: None, reason: BROKEN.to_owned() })))
}
