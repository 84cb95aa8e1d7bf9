//! Packing a folder away from the page: in a worker with a small wasm of its own (`crates/packer`), which also looks into
//! archives.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    pin::Pin,
};

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::Stream;
use gloo_timers::callback::Timeout;
use packer::protocol::{FromPage, FromWorker};
pub use packer::protocol::{Listing, Problem, UNREADABLE};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Blob, Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::ui::meta;

/// How long the worker may take to begin, in milliseconds: it loads a wasm of some 60 kB.
const LONGEST_START: u32 = 10_000;

const NOT_LOADED: &str = "The part of the console that packs folders cannot be loaded. Try again, or choose a .tar.gz.";
const BROKEN: &str = "Packing the folder has failed. Choose it again, or choose a .tar.gz.";

/// A worker that packs one folder, or looks into one archive. It ends when this is dropped.
pub struct Packer {
    worker: Worker,
    messages: RefCell<UnboundedReceiver<FromWorker>>,
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
        let too_late = sender.clone();
        let limit = Timeout::new(LONGEST_START, move || fail(&too_late));
        let listeners = (on_message(sender.clone()), on_error(sender));
        worker.set_onmessage(Some(listeners.0.as_ref().unchecked_ref()));
        worker.set_onerror(Some(listeners.1.as_ref().unchecked_ref()));
        let packer = Self {
            worker,
            messages: RefCell::new(receiver),
            run: Cell::new(0),
            is_broken: Cell::new(false),
            _listeners: listeners,
        };
        let is_ready = matches!(packer.next().await, Some(FromWorker::Ready));
        limit.cancel();
        if is_ready { Ok(packer) } else { Err(not_loaded()) }
    }

    /// Begins a folder with its `.terraformignore`.
    ///
    /// # Errors
    /// When that cannot be read.
    pub async fn rules(&self, file: Option<File>) -> Result<(), String> {
        self.ask(FromPage::Rules(file)).await.map(drop)
    }

    /// Which of these are wanted, by their places: files that are sent, and folders that are looked into. Each path
    /// begins with the folder's own name, and that of a folder ends in `/`.
    ///
    /// # Errors
    /// When the worker has failed, as for all that follow.
    pub async fn wanted(&self, names: Vec<String>) -> Result<Vec<u64>, String> {
        let answer = self.ask(FromPage::Names(names)).await?;
        if let FromWorker::Wanted(places) = answer { Ok(places) } else { Err(BROKEN.to_owned()) }
    }

    /// Hands over some files of the folder, each with its path.
    ///
    /// # Errors
    /// As above.
    pub fn take(&self, files: Vec<(String, File)>) -> Result<(), String> {
        self.send(FromPage::Files(files))
    }

    /// What of all of these files will be sent. The problems are those that were found on the way.
    ///
    /// # Errors
    /// As above.
    pub async fn list(&self, problems: Vec<Problem>) -> Result<Listing, String> {
        let answer = self.ask(FromPage::List(problems)).await?;
        if let FromWorker::Listed(listing) = answer { Ok(listing) } else { Err(BROKEN.to_owned()) }
    }

    /// What should be known of an archive.
    ///
    /// # Errors
    /// As above.
    pub async fn inspect(&self, archive: File) -> Result<Vec<Problem>, String> {
        let answer = self.ask(FromPage::Inspect(archive)).await?;
        if let FromWorker::Inspected(problems) = answer { Ok(problems) } else { Err(BROKEN.to_owned()) }
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
                _ => return Err(BROKEN.to_owned()),
            }
        }
    }

    /// Sends, and waits for the one answer.
    async fn ask(&self, message: FromPage) -> Result<FromWorker, String> {
        self.send(message)?;
        match self.next().await {
            Some(FromWorker::Failed { reason, .. }) => Err(reason),
            Some(answer) => Ok(answer),
            None => Err(BROKEN.to_owned()),
        }
    }

    fn send(&self, message: FromPage) -> Result<(), String> {
        if self.is_broken.get() {
            return Err(BROKEN.to_owned());
        }
        self.worker.post_message(&message.write()).map_err(|_| BROKEN.to_owned())
    }

    async fn next(&self) -> Option<FromWorker> {
        poll_fn(|context| Pin::new(&mut *self.messages.borrow_mut()).poll_next(context)).await
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
    Closure::new(move |_| fail(&sender))
}

fn fail(sender: &UnboundedSender<FromWorker>) {
    // Nobody listens any more when the page is gone.
    let _ = sender.unbounded_send(FromWorker::Failed { run: None, reason: BROKEN.to_owned() });
}
