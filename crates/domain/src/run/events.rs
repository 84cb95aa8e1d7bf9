//! What a run asks for, and what it is told.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
use wire::{CreateToolVersion, ToolVersion, UpdateToolVersion};

/// Something to do. `place` is that of the item in the plan, and comes back in the [`Event`].
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Read the version: before it is changed, or because no answer told what became of a change. Answered by
    /// [`Event::Read`].
    Read {
        /// The item.
        place: usize,
        /// Which version.
        target: Target,
    },
    /// Send the request once, and never again by itself. Answered by [`Event::Answered`].
    Send {
        /// The item.
        place: usize,
        /// The request.
        request: Request,
    },
    /// Wait so long, because the installation said that there were too many requests. Answered by [`Event::Waited`].
    Wait(Duration),
    /// Let a version rest before it is read again: a server may be still at work when its gateway has given up. Answered by
    /// [`Event::Rested`].
    Rest {
        /// The item.
        place: usize,
        /// How long.
        time: Duration,
    },
    /// Ask the user for another token. Answered by [`Event::Renewed`].
    AskForToken,
}

/// How a version is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// By its id.
    Id(String),
    /// By its number, exactly: it is to be added.
    Number(String),
}

/// A request that changes something.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// `PATCH`
    Update {
        /// The id.
        id: String,
        /// Only what changes.
        update: UpdateToolVersion,
    },
    /// `DELETE`
    Delete {
        /// The id.
        id: String,
    },
    /// `POST`
    Create(CreateToolVersion),
}

/// The result of [`Step::Read`].
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// The version as it is.
    Found(Arc<ToolVersion>),
    /// 404, or no version of that number.
    Gone,
    /// It could not be read: a sentence that says why.
    Failed(String),
}

/// The result of [`Step::Send`].
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A success, with the version that it returned.
    Done(Option<Arc<ToolVersion>>),
    /// A success of this status, other than the specification has it and without anything that shows that it was done.
    Claimed(u16),
    /// The installation refused it and did nothing: 409, 422 and the like, with what it said.
    Refused(String),
    /// 404
    Gone,
    /// It did nothing, as a request that never left: a sentence that says why.
    Failed(String),
    /// Nobody knows what became of it: no answer, no connection, 5xx, a success that cannot be read.
    Unclear(String),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A version was read, or not.
    Read(usize, Reading),
    /// A request was answered, or not.
    Answered(usize, Answer),
    /// 429: nothing was done, and this long nothing should be asked.
    Limited(usize, Duration),
    /// The installation asked somebody else on this page for a pause, of which so much is left.
    Held(Duration),
    /// 401: nothing was done.
    Unauthorized(usize),
    /// The user was asked for another token, and gave one or not.
    Renewed(bool),
    /// The time of [`Step::Rest`] is over.
    Rested(usize),
    /// The time of [`Step::Wait`] is over.
    Waited,
    /// The browser lost the network.
    Offline,
    /// The browser has the network back.
    Online,
    /// The user wants it to wait.
    Pause,
    /// The user wants it to go on; also where a token was asked for in vain.
    Resume,
    /// The user ends it: nothing more is sent. What was sent is still heard, and looked up.
    Stop,
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// Done.
    Done,
    /// It was so before: when the plan was made, or when its turn came.
    AlreadySo,
    /// Refused, by the plan or by the installation, and why.
    Refused(String),
    /// Not done, and why.
    Failed(String),
    /// Nobody knows, and why.
    Unclear(String),
    /// Somebody else changed it after the plan was made, so that nothing was sent.
    ChangedMeanwhile,
    /// Nothing was sent, because the run was ended before its turn.
    NotTried,
}

/// Where an item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Its turn has not come.
    Ahead,
    /// It is read before it is changed.
    Checking,
    /// It may be sent, unless the run is held up before.
    Ready,
    /// It is sent, and not answered yet.
    Sending,
    /// It is to be looked up, because of this.
    Unanswered(String),
    /// It is looked up, because of this.
    LookingUp(String),
    /// It has come to its end.
    Ended(End),
}

impl State {
    /// What the row says while the run goes on.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Ahead => "Waiting",
            Self::Checking | Self::Ready => "Checking",
            Self::Sending => "Sending",
            Self::Unanswered(_) | Self::LookingUp(_) => "Looking up",
            Self::Ended(end) => end.label(),
        }
    }

    pub(super) fn is_in_flight(&self) -> bool {
        matches!(self, Self::Checking | Self::Sending | Self::LookingUp(_))
    }
}

impl End {
    /// What the row says: "Done".
    pub fn label(&self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::AlreadySo => "Already so",
            Self::Refused(_) => "Refused",
            Self::Failed(_) => "Failed",
            Self::Unclear(_) => "Unclear",
            Self::ChangedMeanwhile => "Changed meanwhile",
            Self::NotTried => "Not tried",
        }
    }

    /// Why, as a sentence; empty where the label says all.
    pub fn why(&self) -> &str {
        match self {
            Self::Refused(why) | Self::Failed(why) | Self::Unclear(why) => why,
            Self::ChangedMeanwhile => "Somebody else changed it after the plan was made. It was left as it is.",
            Self::Done | Self::AlreadySo | Self::NotTried => "",
        }
    }
}

/// Why a run waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It goes on.
    Running,
    /// The user wants it to wait.
    Paused,
    /// The browser is offline; it goes on by itself afterwards.
    Offline,
    /// It needs a token.
    Unauthorized,
    /// It was stopped, and still hears what is under way.
    Stopping,
    /// Every item has its end.
    Over,
}
