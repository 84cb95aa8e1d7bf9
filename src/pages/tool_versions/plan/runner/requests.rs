//! The requests of a run, and what their answers say of a version.

use std::sync::Arc;

use api::{
    ApiError, Client, checked,
    tool_versions::{self, Deletion},
};
use domain::run::{Answer, Event, Reading, Request, Target};
use leptos::prelude::*;

use super::Runner;

const OTHER_VERSION: &str = "The installation answered with another version.";
const NO_RIGHT: &str = "The installation does not find it and does not show that it has gone: the token may have lost its right to versions.";

pub(super) async fn read(runner: Runner, client: &Client, place: usize, target: &Target) -> Event {
    let read = match target {
        Target::Id(id) => tool_versions::read(client, runner.tool, id).await.map(Some),
        Target::Number(number) => tool_versions::find(client, runner.tool, number).await,
    };
    let reading = match (read, target) {
        (Ok(Some(version)), Target::Id(id)) if version.id != *id => Reading::Failed(OTHER_VERSION.to_owned()),
        (Ok(Some(version)), _) => Reading::Found(Arc::new(version)),
        (Ok(None), _) => Reading::Gone,
        (Err(ApiError::NotFound), Target::Id(id)) if has_gone(runner, id).await => Reading::Gone,
        (Err(ApiError::NotFound), _) => Reading::Failed(NO_RIGHT.to_owned()),
        (Err(ApiError::Unauthorized), _) => return Event::Unauthorized(place),
        (Err(ApiError::RateLimited { .. }), _) => return Event::Limited(place, client.pause()),
        (Err(error), _) => Reading::Failed(error.message()),
    };
    Event::Read(place, reading)
}

pub(super) async fn send(runner: Runner, client: &Client, place: usize, request: &Request) -> Event {
    let (tool, inventory) = (runner.tool, runner.inventory);
    let (id, sent) = match request {
        Request::Update { id, update } => (Some(id), tool_versions::update(client, tool, id, update).await.map(Some)),
        Request::Create(create) => (None, tool_versions::create(client, tool, create).await.map(Some)),
        Request::Delete { id } => match tool_versions::delete(client, tool, id).await {
            Ok(Deletion::Claimed(status)) => return Event::Answered(place, Answer::Claimed(status)),
            deleted => (Some(id), deleted.map(|_| None)),
        },
    };
    let answer = match (sent, id) {
        (Ok(Some(version)), Some(id)) if version.id != *id => Answer::Unclear(OTHER_VERSION.to_owned()),
        (Ok(version), _) => {
            if let Request::Delete { id } = request {
                inventory.removed(id);
            }
            Answer::Done(version.map(Arc::new))
        }
        (Err(ApiError::NotFound), Some(id)) if has_gone(runner, id).await => Answer::Gone,
        (Err(ApiError::NotFound), _) => Answer::Failed(NO_RIGHT.to_owned()),
        (Err(ApiError::Unauthorized), _) => return Event::Unauthorized(place),
        (Err(ApiError::RateLimited { .. }), _) => return Event::Limited(place, client.pause()),
        (Err(error), _) if error.leaves_doubt() => Answer::Unclear(error.message()),
        (Err(error), _) if error.is_refusal() => Answer::Refused(error.message()),
        (Err(error), _) => Answer::Failed(error.message()),
    };
    Event::Answered(place, answer)
}

/// Whether a version that is not found has gone. A 404 also says that the token has no right any more (facts.md 1.1).
async fn has_gone(runner: Runner, id: &str) -> bool {
    // Nothing is changed by it, so that it may be asked for again and with another token.
    let client = runner.client.get_value();
    let has_gone = checked::is_there(&client, runner.tool, id).await == Some(false);
    if has_gone {
        runner.inventory.removed(id);
    }
    has_gone
}
