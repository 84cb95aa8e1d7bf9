//! The worker's side: lists, and packs.

mod archive;
mod progress;
mod state;

use std::{cell::RefCell, panic, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::{
    listing::{self, Found},
    protocol::{FromPage, FromWorker, Listing},
};
use archive::{Unfinished, archive, bytes_of};
use state::{Entry, Job, Run, State, Stopped};

/// Listens to the page until it terminates the worker.
pub fn start() {
    let Ok(page) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    report_panics();
    let state = Rc::new(RefCell::new(State::default()));
    let scope = page.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let job = FromPage::read(&event.data()).and_then(|message| state.borrow_mut().receive(message));
        match job {
            Some(Job::List(files, run)) => spawn_local(list(scope.clone(), Rc::clone(&state), files, run)),
            Some(Job::Pack(entries, run)) => spawn_local(pack(scope.clone(), entries, run)),
            None => {}
        }
    });
    page.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    post(&page, FromWorker::Ready);
}

fn post(page: &DedicatedWorkerGlobalScope, message: FromWorker) {
    // It fails only for what cannot be copied, and all of a message can.
    let _ = page.post_message(&message.write());
}

/// A fault of this program ends it: without this, the page would wait for an answer forever.
///
/// What ends it otherwise (a program that cannot be loaded, a promise that nothing waits for) is reported by the script
/// around it, which `cargo xtask build` writes; a stack that overflows is an `error` event on the page's side.
fn report_panics() {
    panic::set_hook(Box::new(|fault| {
        let Ok(page) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
        let place = fault.location().map(ToString::to_string).unwrap_or_default();
        let reason = format!(
            "Packing has failed because of a fault in the console ({place}). Choose the folder again, or a .tar.gz."
        );
        post(&page, FromWorker::Failed { run: None, reason });
    }));
}

async fn list(page: DedicatedWorkerGlobalScope, state: Rc<RefCell<State<File>>>, files: Vec<(String, File)>, run: Run) {
    let found: Vec<Found> =
        files.iter().map(|(path, file)| Found { path: path.clone(), size: file.size() as u64 }).collect();
    let rules = match listing::ignore_file(&found).and_then(|at| files.get(at)) {
        None => Ok(None),
        Some((path, file)) => {
            let bytes = bytes_of(file).await;
            bytes.map(|bytes| Some(bytes.to_vec())).map_err(|_| format!("{path} cannot be read."))
        }
    };
    if run.check() == Err(Stopped) {
        return;
    }
    let rules = match rules {
        Ok(rules) => rules,
        Err(reason) => return post(&page, FromWorker::Failed { run: None, reason }),
    };
    let listing = listing::list(&found, rules.as_deref());
    let message = FromWorker::Listed(Listing {
        files: listing.entries.iter().map(|entry| (entry.path.clone(), entry.size)).collect(),
        bytes: listing.bytes(),
        left_out_files: listing.left_out_files,
        left_out_bytes: listing.left_out_bytes,
        problems: listing.problems,
    });
    let entries = listing.entries.into_iter().filter_map(|listing::Entry { path, size, index }| {
        let file = files.get(index)?.1.clone();
        Some(Entry { path, size, file })
    });
    state.borrow_mut().listed(entries.collect());
    post(&page, message);
}

async fn pack(page: DedicatedWorkerGlobalScope, entries: Rc<Vec<Entry<File>>>, run: Run) {
    let number = run.number;
    let on_progress = |bytes, total| post(&page, FromWorker::Packing { run: number, bytes, total });
    let message = match archive(&entries, &run, on_progress).await {
        Ok(archive) => FromWorker::Packed { run: number, archive },
        Err(Unfinished::Failed(reason)) if run.check().is_ok() => FromWorker::Failed { run: Some(number), reason },
        Err(_) => return,
    };
    post(&page, message);
}
