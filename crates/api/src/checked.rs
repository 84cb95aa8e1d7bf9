//! Single writes of a version whose outcome is looked up where no answer tells it: the version is read.
//!
//! A gateway that gives up, a connection that is cut and a server that fails after its work all leave the user with an
//! error and a write that was done. Nothing is sent a second time here.

use std::time::Duration;

use domain::Tool;
use wire::{ToolVersion, UpdateToolVersion};

use super::{ApiError, Client, Result, tool_versions};

/// A server may still be at it when its gateway has given up: as long after the first look comes another.
const SECOND_LOOK: Duration = Duration::from_millis(1_500);

/// How a delete was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// The server said so.
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
}

/// What reading the version tells of a write.
enum Look<T> {
    Done(T),
    Undone,
    Unclear,
}

/// Deletes a version.
///
/// # Errors
/// As for every call; invalid (422) for official versions and for those in use. Unanswered where no answer came and the
/// version is still there or cannot be read.
pub async fn delete(client: &Client, tool: Tool, id: &str) -> Result<Deleted> {
    let failure = match tool_versions::delete(client, tool, id).await {
        Ok(()) => return Ok(Deleted::Confirmed),
        Err(ApiError::NotFound) => return Ok(Deleted::Before),
        Err(failure) => failure,
    };
    let look = |latest| match latest {
        Err(ApiError::NotFound) => Look::Done(Deleted::LookedUp),
        Ok(_) => Look::Undone,
        Err(_) => Look::Unclear,
    };
    look_up(client, tool, id, failure, look).await
}

/// Changes the attributes in `changes` and no others. `is_saved` tells by a version whether it has them: `None` where it
/// has neither them nor what it had before.
///
/// # Errors
/// As for every call; invalid where the installation refuses an attribute. Unanswered where no answer came and the
/// version is as it was, is something else or cannot be read.
pub async fn update(
    client: &Client,
    tool: Tool,
    id: &str,
    changes: &UpdateToolVersion,
    is_saved: impl Fn(&ToolVersion) -> Option<bool>,
) -> Result<Updated> {
    let failure = match tool_versions::update(client, tool, id, changes).await {
        Ok(version) => return Ok(Updated { version, is_looked_up: false }),
        Err(failure) => failure,
    };
    let look = |latest: Result<ToolVersion>| match latest.map(|version| (is_saved(&version), version)) {
        Ok((Some(true), version)) => Look::Done(Updated { version, is_looked_up: true }),
        Ok((Some(false), _)) => Look::Undone,
        Ok((None, _)) | Err(_) => Look::Unclear,
    };
    look_up(client, tool, id, failure, look).await
}

/// The outcome of a write that failed, by what `look` sees in the version where the failure leaves a doubt.
async fn look_up<T>(
    client: &Client,
    tool: Tool,
    id: &str,
    failure: ApiError,
    look: impl Fn(Result<ToolVersion>) -> Look<T>,
) -> Result<T> {
    if !failure.leaves_doubt() {
        return Err(failure);
    }
    let begun = client.now();
    let mut seen = look(tool_versions::read(client, tool, id).await);
    // A slow installation has had its time already, and the user waits.
    if matches!(seen, Look::Undone) && client.now() < begun + SECOND_LOOK {
        client.wait(SECOND_LOOK).await;
        seen = look(tool_versions::read(client, tool, id).await);
    }
    match seen {
        Look::Done(outcome) => Ok(outcome),
        Look::Undone => Err(failure.unanswered(true)),
        Look::Unclear => Err(failure.unanswered(false)),
    }
}
