//! "Undo": the plan of the reverse of a run, made when it is known which of its versions there still are.
//!
//! Right after a reload most versions are not loaded yet, and some may never be. What is not known is not gone: to plan so
//! would leave it out, and the run of that plan would replace the only record of its old values.

use std::{cell::RefCell, sync::Arc};

use api::{ApiError, Client, checked, tool_versions};
use domain::{Tool, plan::Plan};
use futures_util::stream::{self, StreamExt};
use leptos::prelude::*;

use super::runner::{AT_ONCE, Runner};
use crate::{
    inventory::{Inventory, use_inventory},
    query::Task,
};

/// The way to the plan that takes a run back. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Undo {
    tool: Tool,
    runner: Runner,
    inventory: Inventory,
    client: StoredValue<Client>,
    is_waiting: RwSignal<bool>,
    /// Why it is not known what there still is.
    failure: RwSignal<Option<String>>,
    task: Task,
    ready: Callback<Plan>,
}

impl Undo {
    /// For the run of this runner; `ready` is given the plan.
    pub fn new(tool: Tool, runner: Runner, ready: Callback<Plan>) -> Self {
        let undo = Self {
            tool,
            runner,
            inventory: use_inventory(tool),
            client: StoredValue::new(expect_context()),
            is_waiting: RwSignal::new(false),
            failure: RwSignal::new(None),
            task: Task::new(),
            ready,
        };
        Effect::new(move |_| {
            // What is being loaded need not be read one by one.
            if undo.is_waiting.get() && !undo.inventory.is_busy() {
                undo.task.start(Box::pin(undo.look()));
            }
        });
        undo
    }

    /// Makes the plan: at once if everything is known.
    pub fn begin(self) {
        if self.is_waiting.get_untracked() {
            return;
        }
        self.failure.set(None);
        if self.inventory.is_whole() || self.unknown().is_empty() {
            self.end();
        } else {
            self.is_waiting.set(true);
        }
    }

    /// Makes no plan any more.
    pub fn cancel(self) {
        self.task.stop();
        self.is_waiting.set(false);
        self.failure.set(None);
    }

    /// Whether it is being found out what there still is. Tracked.
    pub fn is_waiting(self) -> bool {
        self.is_waiting.get()
    }

    /// Why that could not be found out. Tracked.
    pub fn failure(self) -> Option<String> {
        self.failure.get()
    }

    async fn look(self) {
        let unknown = if self.inventory.is_whole() { Vec::new() } else { self.unknown() };
        let read = self.read(unknown).await;
        self.is_waiting.set(false);
        match read {
            Ok(()) => self.end(),
            Err(error) => self.failure.set(Some(error.message())),
        }
    }

    /// Reads versions that are not loaded. Those that are not found have gone.
    async fn read(self, ids: Vec<String>) -> Result<(), ApiError> {
        let client = self.client.get_value();
        let read_one = async |id: String| {
            client.turn().await;
            match tool_versions::read(&client, self.tool, &id).await {
                Ok(version) => {
                    self.inventory.written(version);
                    Ok(())
                }
                Err(ApiError::NotFound) if checked::is_there(&client, self.tool, &id).await == Some(false) => Ok(()),
                Err(error) => Err(error),
            }
        };
        let mut reads = stream::iter(ids).map(read_one).buffer_unordered(AT_ONCE);
        while let Some(read) = reads.next().await {
            read?;
        }
        Ok(())
    }

    fn end(self) {
        if let (Some(plan), _) = self.plan() {
            self.ready.run(plan);
        }
    }

    /// The versions of the plan that are not known to be there.
    fn unknown(self) -> Vec<String> {
        self.plan().1
    }

    fn plan(self) -> (Option<Plan>, Vec<String>) {
        let unknown = RefCell::new(Vec::new());
        let current = |id: &str| {
            let version = self
                .inventory
                .with_untracked(|store| store.get(store.find(id)?).map(|entry| Arc::clone(entry.version())));
            if version.is_none() {
                unknown.borrow_mut().push(id.to_owned());
            }
            version
        };
        let plan = untrack(|| self.runner.with(|run| run.undo(&current)));
        (plan, unknown.into_inner())
    }
}
