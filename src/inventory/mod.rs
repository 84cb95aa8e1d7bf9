//! The versions of each tool that the installation knows, all of them, as far as they are loaded, and which are selected.
//!
//! They are kept while the session lasts: coming back to the list shows it at once, with the selection. A context of the
//! application; its requests end with it and with the session.

mod all;
mod progress;
mod selection;
mod store;

use std::time::Duration;

use api::{
    ApiError, Client, LocalBoxFuture,
    inventory::{self as loading, Begun, Event, OnEvent, Pages, Summary, Unread},
};
use domain::{Tool, text::visible};
use leptos::prelude::*;
use wire::ToolVersion;

use crate::query::Task;

pub use all::{Inventories, RUNS, use_inventory};
pub use progress::Progress;
pub use selection::Selection;
pub use store::Store;

/// The first request asks for what a page of the list shows, so that it is answered soon.
const FIRST_PAGE: u64 = 20;

/// A refresh of what is on screen already asks for as much as a page can have.
const WHOLE_PAGE: u64 = 100;

/// How often the list is told of what came meanwhile: each time it is put in order again.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// A large inventory that was loaded within this time, in milliseconds, is not loaded again when the list is opened.
const FRESH: f64 = 60_000.0;

/// What reads all that is behind a first page: a piece of the console that the first load does without.
#[derive(Clone, Copy)]
pub struct Reader {
    /// [`api::inventory::rest`]
    pub rest: fn(Unread) -> LocalBoxFuture<'static, Summary>,
    /// [`api::inventory::again`]
    pub again: fn(&Client, Tool, &[Pages], OnEvent) -> LocalBoxFuture<'static, Summary>,
}

/// Loads the [`Reader`]; `None` where that fails.
pub type LoadReader = fn() -> LocalBoxFuture<'static, Option<Reader>>;

/// What is known of the versions of one tool. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Inventory {
    tool: Tool,
    client: StoredValue<Client>,
    load_reader: LoadReader,
    task: Task,
    store: RwSignal<Store>,
    selection: RwSignal<Selection>,
    progress: RwSignal<Progress>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    /// The selected versions that a refresh did not find any more.
    lost: RwSignal<Vec<String>>,
    is_telling: StoredValue<bool>,
    loaded_at: StoredValue<f64>,
}

impl Inventory {
    fn new(tool: Tool, client: Client, load_reader: LoadReader) -> Self {
        Self {
            tool,
            client: StoredValue::new(client),
            load_reader,
            task: Task::new(),
            store: RwSignal::default(),
            selection: RwSignal::default(),
            progress: RwSignal::default(),
            busy: RwSignal::default(),
            error: RwSignal::default(),
            lost: RwSignal::default(),
            is_telling: StoredValue::default(),
            loaded_at: StoredValue::default(),
        }
    }

    fn clear(&self) {
        self.task.stop();
        self.store.update(Store::clear);
        self.selection.set(Selection::default());
        self.progress.set(Progress::default());
        self.busy.set(false);
        self.error.set(None);
        self.lost.set(Vec::new());
    }

    /// The list is opened: what is not loaded is, and what was loaded some time ago is loaded again.
    pub fn open(&self) {
        let is_fresh = js_sys::Date::now() - self.loaded_at.get_value() < FRESH;
        let is_large = self.store.with_untracked(Store::count) as u64 > WHOLE_PAGE;
        let is_known = is_fresh && is_large && self.is_whole();
        if !is_known && !self.is_loading() {
            self.refresh();
        }
    }

    /// Loads everything again. What is known stays meanwhile, and what comes is merged into it.
    pub fn refresh(&self) {
        let is_first = self.progress.with_untracked(|progress| !progress.has_begun);
        self.store.update_untracked(Store::begin);
        self.progress.update(Progress::begins);
        let (inventory, tool) = (*self, self.tool);
        let size = if is_first { FIRST_PAGE } else { WHOLE_PAGE };
        let first = self.client.with_value(|client| loading::first(client, tool, size, inventory.on_event()));
        self.work(Box::pin(async move {
            let outcome = match first.await {
                Ok(Begun::Whole(summary)) => Ok(summary),
                Ok(Begun::Part(unread)) => Ok(match (inventory.load_reader)().await {
                    Some(reader) => (reader.rest)(unread).await,
                    None => unread.leave_out(ApiError::Unreachable),
                }),
                Err(error) => Err(error),
            };
            inventory.finish(outcome);
        }));
    }

    /// Loads the pages that stayed away.
    pub fn load_failed(&self) {
        let failed = self.progress.try_update(|progress| progress.failed.take()).flatten();
        let Some((pages, error)) = failed else { return self.refresh() };
        let (inventory, tool) = (*self, self.tool);
        let client = self.client.get_value();
        self.work(Box::pin(async move {
            let is_whole = match (inventory.load_reader)().await {
                Some(reader) => (reader.again)(&client, tool, &pages, inventory.on_event()).await.is_whole(),
                None => {
                    inventory.progress.update(|progress| progress.failed = Some((pages, error)));
                    false
                }
            };
            inventory.busy.set(false);
            inventory.store.notify();
            inventory.progress.update(|progress| progress.is_partial = !is_whole || progress.is_cut);
        }));
    }

    fn work(&self, work: LocalBoxFuture<'static, ()>) {
        self.error.set(None);
        self.lost.set(Vec::new());
        self.busy.set(true);
        self.task.start(work);
    }

    fn on_event(self) -> OnEvent {
        Box::new(move |event| match event {
            Event::Page(page) => {
                self.store.update_untracked(|store| store.take(page.items));
                let known = self.store.with_untracked(Store::count);
                self.progress.update(|progress| progress.came(page.total, page.unreadable_count, page.unreadable));
                self.tell_soon(known as u64 <= FIRST_PAGE);
            }
            Event::Failed { pages, error } => self.progress.update(|progress| progress.stayed_away(pages, error)),
        })
    }

    /// Tells those who show it that versions have come: at once, or with all that come within a moment.
    fn tell_soon(self, at_once: bool) {
        if at_once {
            self.store.notify();
        } else if !self.is_telling.get_value() {
            self.is_telling.set_value(true);
            let tell = move || {
                // The application may be gone by then, in a test.
                if self.is_telling.try_set_value(false).is_none() {
                    self.store.notify();
                }
            };
            set_timeout(tell, TOLD_EVERY);
        }
    }

    fn finish(&self, outcome: api::Result<Summary>) {
        match outcome {
            Ok(summary) => {
                let gone = if summary.is_whole() {
                    self.loaded_at.set_value(js_sys::Date::now());
                    self.store.try_update_untracked(Store::finish).unwrap_or_default()
                } else {
                    Vec::new()
                };
                self.progress.update(|progress| progress.ended(&summary));
                self.lose(&gone);
            }
            Err(error) => self.error.set(Some(error)),
        }
        self.busy.set(false);
        self.store.notify();
    }

    /// Versions have gone: they are not selected any more.
    fn lose(&self, gone: &[(u32, String)]) {
        let names: Vec<String> = self.selection.with_untracked(|selection| {
            gone.iter().filter(|(place, _)| selection.has(*place)).map(|(_, name)| visible(name)).collect()
        });
        if !names.is_empty() {
            self.selection.update(|selection| selection.set(gone.iter().map(|(place, _)| *place), false));
            self.lost.set(names);
        }
    }

    /// A write from here left a version like this.
    pub fn written(&self, version: ToolVersion) {
        self.store.update(|store| store.write(version));
    }

    /// A version was deleted from here, or is known to have gone.
    pub fn removed(&self, id: &str) {
        if let Some(place) = self.store.try_update(|store| store.remove(id)).flatten() {
            self.selection.update(|selection| selection.set([place], false));
        }
    }

    /// What `read` makes of what is known. Tracked.
    pub fn with<R>(&self, read: impl FnOnce(&Store) -> R) -> R {
        self.store.with(read)
    }

    /// What `read` makes of what is known, not tracked.
    pub fn with_untracked<R>(&self, read: impl FnOnce(&Store) -> R) -> R {
        self.store.with_untracked(read)
    }

    /// Somebody looks at the version at this place: what a refresh brought is no news any more.
    pub fn look_at(&self, place: u32) {
        if self.store.with_untracked(|store| store.is_changed(place)) {
            self.store.update(|store| store.look_at(place));
        }
    }

    /// What is selected.
    pub fn selection(&self) -> RwSignal<Selection> {
        self.selection
    }

    /// The names of the selected versions that the last refresh did not find any more. Tracked.
    pub fn lost(&self) -> Vec<String> {
        self.lost.get()
    }

    /// How far it is loaded.
    pub fn progress(&self) -> ReadSignal<Progress> {
        self.progress.read_only()
    }

    /// Whether what is not known is not there, not tracked.
    pub fn is_whole(&self) -> bool {
        self.progress.with_untracked(|progress| progress.has_begun && !progress.is_partial)
    }

    /// Whether something is being loaded. Tracked.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    /// Whether something is being loaded, not tracked.
    pub fn is_loading(&self) -> bool {
        self.busy.get_untracked()
    }

    /// Why the newest loading failed at its first request, if it did. Tracked.
    pub fn error(&self) -> Option<ApiError> {
        self.error.get()
    }
}
