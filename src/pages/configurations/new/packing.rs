//! Packing a folder away from the page: in a worker with a small wasm of its own (`crates/packer`).

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::{StreamExt, lock::Mutex};
pub use packer::protocol::Listing;
use packer::protocol::{FromPage, FromWorker};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Blob, Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::ui::meta;

/// How many files are handed over at once: more would hold up the page.
const BATCH: usize = 200;

/// A worker that packs one folder. It ends when this is dropped.
pub struct Packer {
    worker: Worker,
    messages: Mutex<UnboundedReceiver<FromWorker>>,
    _listeners: Listeners,
}

/// Kept as long as the worker may speak.
type Listeners = (Closure<dyn FnMut(MessageEvent)>, Closure<dyn FnMut(Event)>);

impl Drop for Packer {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Packer {
    /// Starts the worker, whose script the page names in a `<meta>`.
    ///
    /// # Errors
    /// A sentence for the user, as everywhere here.
    pub async fn start() -> Result<Self, String> {
        let cannot =
            || "The part of the console that packs folders cannot be loaded. Choose a .tar.gz instead.".to_owned();
        let script = meta("packer").ok_or_else(cannot)?;
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&script, &options).map_err(|_| cannot())?;
        let (sender, receiver) = unbounded();
        let listeners = (on_message(sender.clone()), on_error(sender));
        worker.set_onmessage(Some(listeners.0.as_ref().unchecked_ref()));
        worker.set_onerror(Some(listeners.1.as_ref().unchecked_ref()));
        let packer = Self { worker, messages: Mutex::new(receiver), _listeners: listeners };
        match packer.next().await {
            Some(FromWorker::Ready) => Ok(packer),
            _ => Err(cannot()),
        }
    }

    /// What of these files will be sent. Each path begins with the folder's own name.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub async fn list(&self, mut files: Vec<(String, File)>) -> Result<Listing, String> {
        while !files.is_empty() {
            let rest = files.split_off(files.len().min(BATCH));
            self.say(&FromPage::Files(files))?;
            files = rest;
            // The page may draw and react in between.
            gloo_timers::future::TimeoutFuture::new(0).await;
        }
        self.say(&FromPage::List)?;
        match self.next().await {
            Some(FromWorker::Listed(listing)) => Ok(listing),
            Some(FromWorker::Failed(reason)) => Err(reason),
            _ => Err(broken()),
        }
    }

    /// The archive of what was listed.
    ///
    /// # Errors
    /// When a file was changed meanwhile, or the browser cannot compress.
    pub async fn pack(&self, on_progress: impl Fn(u64, u64)) -> Result<Blob, String> {
        self.say(&FromPage::Pack)?;
        loop {
            match self.next().await {
                Some(FromWorker::Packing { bytes, total }) => on_progress(bytes, total),
                Some(FromWorker::Packed(archive)) => return Ok(archive),
                Some(FromWorker::Failed(reason)) => return Err(reason),
                _ => return Err(broken()),
            }
        }
    }

    fn say(&self, message: &FromPage) -> Result<(), String> {
        self.worker.post_message(&message.write()).map_err(|_| broken())
    }

    async fn next(&self) -> Option<FromWorker> {
        self.messages.lock().await.next().await
    }
}

fn broken() -> String {
    "Packing the folder has failed. Choose it again, or choose a .tar.gz.".to_owned()
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
    Closure::new(move |_| drop(sender.unbounded_send(FromWorker::Failed(broken()))))
}
