//! The inventories of all tools, for as long as the user is signed in.

use api::Client;
use domain::Tool;
use leptos::prelude::*;

use super::{Inventory, LoadReader};
use crate::{paths, session::Session};

/// The inventories of all tools. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Inventories([Inventory; Tool::ALL.len()]);

impl Inventories {
    /// Nothing is loaded yet. What is loaded goes when the user signs out.
    pub fn new(session: Session, client: &Client, load_reader: LoadReader) -> Self {
        let inventories = Tool::ALL.map(|tool| Inventory::new(tool, client.clone(), load_reader));
        let is_connected = Memo::new(move |_| session.is_connected());
        Effect::new(move |was_connected: Option<bool>| {
            let is_connected = is_connected.get();
            if !is_connected {
                inventories.iter().for_each(Inventory::clear);
            }
            if was_connected == Some(true) && !is_connected {
                // Not at the start: a reload in the middle of a run, after which a token is asked for, loses no log.
                forget_runs();
            }
            is_connected
        });
        Self(inventories)
    }

    /// The inventory of a tool.
    pub fn of(&self, tool: Tool) -> Inventory {
        let [terraform, opa, sentinel] = self.0;
        match tool {
            Tool::Terraform => terraform,
            Tool::Opa => opa,
            Tool::Sentinel => sentinel,
        }
    }
}

/// What the keys of the logs of runs begin with, in `sessionStorage`.
pub const RUNS: &str = "tfe-console.run.";

/// Removes the logs of runs: they are the user's who signs out.
fn forget_runs() {
    let Some(storage) = window().session_storage().ok().flatten() else { return };
    let prefix = paths::in_storage(RUNS);
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
    for key in keys.filter(|key| key.starts_with(&prefix)).collect::<Vec<String>>() {
        // It was there a moment ago.
        let _ = storage.remove_item(&key);
    }
}

/// The inventory of a tool.
pub fn use_inventory(tool: Tool) -> Inventory {
    expect_context::<Inventories>().of(tool)
}
