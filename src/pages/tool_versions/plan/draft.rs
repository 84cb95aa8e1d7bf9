//! What is planned and not begun yet.

use std::sync::Arc;

use domain::plan::{Action, Alike, Counts, Item, Plan, Purpose};
use leptos::prelude::*;
use wire::ToolVersion;

/// An action on the selected versions, or a plan that was made before: of the reverse of a run, or of what a run left open.
/// Copied freely; all copies are one.
///
/// The action's items are made when they are looked at, and all of them when it is begun: each key in "Reason" changes ten
/// thousand of them, of which a page is shown.
#[derive(Clone, Copy)]
pub struct Draft {
    chosen: StoredValue<Vec<Arc<ToolVersion>>>,
    alike: StoredValue<Alike>,
    action: Memo<Option<Action>>,
    /// What is typed in "Reason".
    pub reason: RwSignal<String>,
    made: RwSignal<Option<Arc<Plan>>>,
}

impl Draft {
    /// The action on these versions, as soon as there is one.
    pub fn new(chosen: Vec<Arc<ToolVersion>>, action: Memo<Option<Action>>) -> Self {
        Self {
            alike: StoredValue::new(Alike::new(&chosen)),
            chosen: StoredValue::new(chosen),
            action,
            reason: RwSignal::new(String::new()),
            made: RwSignal::new(None),
        }
    }

    /// Puts a plan that was made before in the place of the action; `None` brings the action back.
    pub fn put(self, plan: Option<Plan>) {
        self.made.set(plan.map(Arc::new));
    }

    /// The action on the selected versions, unless a plan is in its place or nothing is selected. Tracked.
    pub fn action(self) -> Option<Action> {
        let is_of_selection =
            self.made.with(Option::is_none) && self.chosen.with_value(|versions| !versions.is_empty());
        self.action.get().filter(|_| is_of_selection)
    }

    /// What it is for; `None` where nothing is planned. Tracked.
    pub fn purpose(self) -> Option<Purpose> {
        let of_plan = self.made.with(|plan| plan.as_ref().map(|plan| plan.purpose));
        of_plan.or_else(|| self.action().map(Purpose::Selected))
    }

    /// How many versions are in it. Tracked.
    pub fn len(self) -> usize {
        let of_plan = self.made.with(|plan| plan.as_ref().map(|plan| plan.items.len()));
        of_plan.unwrap_or_else(|| self.chosen.with_value(Vec::len))
    }

    /// How many of each kind. Tracked.
    pub fn counts(self) -> Counts {
        if let Some(counts) = self.made.with(|plan| plan.as_ref().map(|plan| plan.counts())) {
            return counts;
        }
        let of_action = |action| {
            let count = |reason: &String| self.alike.with_value(|alike| alike.counts(action, reason));
            self.reason.with(count)
        };
        self.action().map(of_action).unwrap_or_default()
    }

    /// One of its items. Tracked.
    pub fn item(self, place: usize) -> Option<Item> {
        if self.made.with(Option::is_some) {
            return self.made.with(|plan| plan.as_ref()?.items.get(place).cloned());
        }
        let action = self.action()?;
        let item = |reason: &String| {
            self.chosen.with_value(|all| all.get(place).map(|version| Item::of_action(action, reason, version)))
        };
        self.reason.with(item)
    }

    /// All of it, not tracked.
    pub fn plan(self) -> Option<Plan> {
        untrack(|| {
            let of_plan = self.made.with(|plan| plan.as_ref().map(|plan| Plan::clone(plan)));
            let of_action = |action| {
                let plan = |reason: &String| self.chosen.with_value(|all| Plan::of_selection(action, reason, all));
                self.reason.with(plan)
            };
            of_plan.or_else(|| self.action().map(of_action))
        })
    }
}
