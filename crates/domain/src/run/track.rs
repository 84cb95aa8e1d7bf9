//! An item of a run: what is known of it beyond the plan, and what is asked and sent for it.

use serde::{Deserialize, Serialize};

use super::{End, Request, State, Target};
use crate::plan::{Item, Kind};

/// What is known of an item beyond the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Track {
    pub(super) state: State,
    /// How often it was sent in this attempt.
    pub(super) tries: u8,
    /// How often it was found as it was since it was sent.
    pub(super) looks: u8,
    /// How often it could not be read since it was sent.
    pub(super) blind_looks: u8,
    /// Whether it was sent in an attempt before, which left it unclear.
    pub(super) was_sent: bool,
    /// Whether it was answered with a success that shows nothing: it is looked up, and not sent again.
    #[serde(default)]
    pub(super) is_claimed: bool,
    /// Whether its addition was refused: it is looked up, and not sent again.
    #[serde(default)]
    pub(super) is_refused: bool,
    /// Whether it has failed after a part of it was done.
    #[serde(default)]
    pub(super) is_part_done: bool,
    /// The id of a version that was added.
    pub(super) id: Option<String>,
    /// How often the run had been held up when it was read last.
    #[serde(skip)]
    pub(super) read_in: u32,
}

impl Track {
    pub(super) fn new(state: State) -> Self {
        Self {
            state,
            tries: 0,
            looks: 0,
            blind_looks: 0,
            was_sent: false,
            is_claimed: false,
            is_refused: false,
            is_part_done: false,
            id: None,
            read_in: 0,
        }
    }

    /// Whether it was sent before, in this attempt or another, as far as it may have been done.
    pub(super) fn may_be_done(&self) -> bool {
        self.was_sent || self.tries > 0
    }

    /// Whether trying it once more may end better. What was refused is refused for a reason, and what somebody changed
    /// meanwhile or is done in part has to be seen: they need a new plan.
    pub(super) fn is_worth_a_retry(&self) -> bool {
        let is_open = matches!(
            self.state,
            State::Ended(End::Failed(_)) | State::Ended(End::Unclear(_)) | State::Ended(End::NotTried)
        );
        is_open && !self.is_part_done
    }
}

/// What else decides on an item's next state.
#[derive(Clone, Copy)]
pub(super) struct Circumstances {
    pub(super) is_offline: bool,
    pub(super) is_stopped: bool,
}

pub(super) fn target(item: &Item) -> Target {
    match &item.kind {
        Kind::Create(_) => Target::Number(item.version.clone()),
        _ => Target::Id(item.id.clone()),
    }
}

/// `None` for an item that nothing is sent for.
pub(super) fn request(item: &Item) -> Option<Request> {
    match &item.kind {
        Kind::Change { update, .. } => Some(Request::Update { id: item.id.clone(), update: (**update).clone() }),
        Kind::Delete(_) => Some(Request::Delete { id: item.id.clone() }),
        Kind::Create(create) => Some(Request::Create((**create).clone())),
        Kind::AlreadySo | Kind::Refused(_) => None,
    }
}
