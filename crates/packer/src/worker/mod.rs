//! The worker's side: lists, packs, and looks into archives.

mod archive;
mod inspect;
mod list;
mod progress;
mod state;

use std::{cell::RefCell, panic, rc::Rc};

use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::protocol::{FromPage, FromWorker};
use archive::{Unfinished, archive};
use state::{Entry, Job, Run, State};

/// Listens to the page until it terminates the worker.
pub fn start() {
    let Ok(page) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    report_panics();
    let state = Rc::new(RefCell::new(State::default()));
    let scope = page.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let job = FromPage::read(&event.data()).and_then(|message| state.borrow_mut().receive(message));
        match job {
            Some(Job::Rule(file, run)) => spawn_local(list::rule(scope.clone(), Rc::clone(&state), file, run)),
            Some(Job::Answer(places)) => post(&scope, FromWorker::Wanted(places)),
            Some(Job::List(sieve, files, problems, run)) => {
                spawn_local(list::list(scope.clone(), Rc::clone(&state), sieve, files, problems, run));
            }
            Some(Job::Inspect(archive, run)) => spawn_local(inspect::inspect(scope.clone(), archive, run)),
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
