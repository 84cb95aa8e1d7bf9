//! The reverse of a run, from the old values that its plan recorded.

use std::sync::Arc;

use wire::{ToolVersion, UpdateToolVersion};

use super::{End, Run, State};
use crate::plan::{
    Item, Kind, Plan, Purpose,
    attributes::{again, has, is_reversible},
};

impl Run {
    /// The plan that takes back what was done. `current` finds a version as it is now, by its id. What cannot be taken back
    /// is in the plan as well, refused with its reason; so is what nobody knows the outcome of.
    pub fn undo(&self, current: &dyn Fn(&str) -> Option<Arc<ToolVersion>>) -> Plan {
        let mut items = Vec::new();
        for (item, track) in self.plan.items.iter().zip(&self.tracks) {
            let is_done = track.is_part_done || track.state == State::Ended(End::Done);
            let refused = |why| Item::refused(&item.id, &item.version, &item.after, why);
            items.push(match (&track.state, &item.kind) {
                (_, Kind::Change { update, reverse }) if is_done => match current(&item.id) {
                    None => refused("It no longer exists."),
                    Some(now) if track.is_part_done && is_reversible(update, reverse) => {
                        Item::change(&now, (**reverse).clone())
                    }
                    Some(now) => reversed(&now, update, reverse),
                },
                (_, Kind::Delete(old)) if is_done => match again(old) {
                    Some(create) => Item::create(create, "It is added again, with a new id."),
                    None => refused("Where its binaries are was not known."),
                },
                (_, Kind::Create(_)) if is_done => match track.id.as_deref().and_then(current) {
                    Some(now) => Item::delete(&now),
                    None => refused("It no longer exists, or its id is not known."),
                },
                (State::Ended(End::Unclear(_)), _) => refused("Nobody knows whether it was done."),
                _ => continue,
            });
        }
        Plan { purpose: Purpose::Undo, items }
    }
}

fn reversed(now: &Arc<ToolVersion>, update: &UpdateToolVersion, reverse: &UpdateToolVersion) -> Item {
    let it = &now.attributes;
    let refused = |why| Item::refused(&now.id, &it.version, &crate::plan::attributes::texts(it, update).0, why);
    if !is_reversible(update, reverse) {
        return refused("It had no such value before, and a value cannot be taken away.");
    }
    if !has(it, update) && !has(it, reverse) {
        return refused("Somebody else changed it afterwards.");
    }
    Item::change(now, reverse.clone())
}
