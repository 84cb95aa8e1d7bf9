//! Single writes of a version whose outcome is looked up where no answer tells it: the version is read.
//!
//! A gateway that gives up, a connection that is cut and a server that fails after its work all leave the user with an
//! error and a write that was done. Nothing is sent a second time here.

use std::time::Duration;

use domain::Tool;
use wire::{ToolVersion, UpdateToolVersion};

use super::{
    ApiError, Client, ListOptions, Result,
    tool_versions::{self, Deletion},
};

/// A server may still be at it when its gateway has given up: as long after the first look comes another.
const SECOND_LOOK: Duration = Duration::from_millis(1_500);

const GONE: &str = "The version is not there any more: it may have been deleted meanwhile. Nothing was saved. To keep what \
                    you typed, add it as a new version.";

/// How a delete was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The server said so, and where it did not as the specification has it, the version is not there any more.
    Confirmed,
    /// No answer said so, but the version is not there any more.
    LookedUp,
    /// The server had no such version (404): it was gone before.
    Before,
}

/// How a change was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The version as it is now.
    pub version: ToolVersion,
    /// Whether no answer said that it was done, and reading the version did.
    pub is_looked_up: bool,
    /// Whether the version has all that was sent: an installation may answer with success and keep something else.
    pub is_kept: bool,
}

/// What reading the version tells of a write.
enum Look<T> {
    Done(T),
    Undone,
    /// The version is not there any more, and with it what was to be changed.
    Gone,
    Unclear,
}

/// Deletes a version.
///
/// # Errors
/// As for every call; invalid (422) for official versions and for those in use; not found for a token that may not delete
/// it. Unanswered where the version is still there or cannot be read after no answer, or after one that is no 204.
pub async fn delete(client: &Client, tool: Tool, id: &str) -> Result<Deleted> {
    let failure = match tool_versions::delete(client, tool, id).await {
        Ok(Deletion::Done) => return Ok(Deleted::Confirmed),
        Ok(Deletion::Claimed(status)) => {
            return match is_there(client, tool, id).await {
                Some(false) => Ok(Deleted::Confirmed),
                Some(true) => Err(ApiError::Unanswered { message: still_there(status), is_undone: true }),
                None => Err(ApiError::Unanswered { message: not_shown(status), is_undone: false }),
            };
        }
        Err(ApiError::NotFound) => {
            let is_gone = is_there(client, tool, id).await == Some(false);
            return if is_gone { Ok(Deleted::Before) } else { Err(ApiError::NotFound) };
        }
        Err(failure) => failure,
    };
    let look = async || match is_there(client, tool, id).await {
        Some(false) => Look::Done(Deleted::LookedUp),
        Some(true) => Look::Undone,
        None => Look::Unclear,
    };
    look_up(client, failure, look).await
}

fn still_there(status: u16) -> String {
    ["The server answered ", &status.to_string(), ", but the version is still there."].concat()
}

fn not_shown(status: u16) -> String {
    ["The server answered ", &status.to_string(), ", and whether the version is still there cannot be read."].concat()
}

/// Whether a version is there, if that can be told: a token that may see no version gets the same 404 for each, and for
/// the list.
pub async fn is_there(client: &Client, tool: Tool, id: &str) -> Option<bool> {
    match tool_versions::read(client, tool, id).await {
        Ok(_) => Some(true),
        Err(ApiError::NotFound) => shows_versions(client, tool).await.then_some(false),
        Err(_) => None,
    }
}

async fn shows_versions(client: &Client, tool: Tool) -> bool {
    let first = ListOptions { size: 1, ..ListOptions::default() };
    tool_versions::list(client, tool, &first).await.is_ok()
}

/// Changes the attributes in `changes` and no others. `is_saved` tells by a version whether it has them: `None` where it
/// has neither them nor what it had before.
///
/// # Errors
/// As for every call; invalid where the installation refuses an attribute. Unanswered where no answer came and the
/// version is as it was, is something else, is gone or cannot be read.
pub async fn update(
    client: &Client,
    tool: Tool,
    id: &str,
    changes: &UpdateToolVersion,
    is_saved: impl Fn(&ToolVersion) -> Option<bool>,
) -> Result<Updated> {
    let failure = match tool_versions::update(client, tool, id, changes).await {
        Ok(version) => {
            let is_kept = is_saved(&version) == Some(true);
            return Ok(Updated { version, is_looked_up: false, is_kept });
        }
        Err(failure) => failure,
    };
    let look = async || {
        let latest = tool_versions::read(client, tool, id).await;
        match latest.map(|version| (is_saved(&version), version)) {
            Ok((Some(true), version)) => Look::Done(Updated { version, is_looked_up: true, is_kept: true }),
            Ok((Some(false), _)) => Look::Undone,
            Err(ApiError::NotFound) if shows_versions(client, tool).await => Look::Gone,
            Ok((None, _)) | Err(_) => Look::Unclear,
        }
    };
    look_up(client, failure, look).await
}

/// The outcome of a write that failed, by what `look` sees in the version where the failure leaves a doubt.
async fn look_up<T>(client: &Client, failure: ApiError, look: impl AsyncFn() -> Look<T>) -> Result<T> {
    if !failure.leaves_doubt() {
        return Err(failure);
    }
    let begun = client.now();
    let mut seen = look().await;
    // A slow installation has had its time already, and the user waits.
    if matches!(seen, Look::Undone) && client.now() < begun + SECOND_LOOK {
        client.wait(SECOND_LOOK).await;
        seen = look().await;
    }
    match seen {
        Look::Done(outcome) => Ok(outcome),
        Look::Undone => Err(failure.unanswered(true)),
        Look::Gone => Err(ApiError::Unanswered { message: GONE.to_owned(), is_undone: true }),
        Look::Unclear => Err(failure.unanswered(false)),
    }
}
