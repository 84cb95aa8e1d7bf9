//! Runs a plan: takes the steps that its state machine gives, and tells it what came of them.

use std::{sync::Arc, time::Duration};

use api::{
    ApiError, Client, LocalBoxFuture, checked,
    tool_versions::{self, Deletion},
};
use domain::{
    Tool,
    plan::Plan,
    run::{Answer, Event, Phase, Reading, Request, Run, Step, Target},
};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::{
    StreamExt,
    stream::{FuturesUnordered, select},
};
use leptos::{ev, prelude::*};
use wire::ToolVersion;

use super::log::Log;
use crate::{
    inventory::{Inventory, use_inventory},
    query::Task,
};

/// How many requests are under way at a time.
pub const AT_ONCE: usize = 4;

/// How long a run waits where the installation says that there were too many requests, and not how long to wait.
const DEFAULT_WAIT: Duration = Duration::from_secs(2);

const OTHER_VERSION: &str = "The installation answered with another version.";
const NO_RIGHT: &str = "The installation does not find it and does not show that it has gone: the token may have lost its right to versions.";

/// The run of a page. It ends with the page. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Runner {
    tool: Tool,
    client: StoredValue<Client>,
    inventory: Inventory,
    run: RwSignal<Option<Run>>,
    /// Whether the log has no room left: a reload would lose what is not in it.
    is_log_full: RwSignal<bool>,
    /// Tells the run that is under way.
    events: StoredValue<Option<UnboundedSender<Event>>>,
    task: Task,
}

impl Runner {
    /// Nothing runs yet.
    pub fn new(tool: Tool) -> Self {
        let runner = Self {
            tool,
            client: StoredValue::new(expect_context()),
            inventory: use_inventory(tool),
            run: RwSignal::new(None),
            is_log_full: RwSignal::new(false),
            events: StoredValue::new(None),
            task: Task::new(),
        };
        let offline = window_event_listener(ev::offline, move |_| runner.tell(Event::Offline));
        let online = window_event_listener(ev::online, move |_| runner.tell(Event::Online));
        on_cleanup(move || {
            offline.remove();
            online.remove();
        });
        runner
    }

    /// Shows a run that was left.
    pub fn restore(self, run: Run) {
        self.run.set(Some(run));
    }

    /// Runs a plan from its beginning.
    pub fn start(self, plan: Plan) {
        let run = Run::new(plan, AT_ONCE);
        self.is_log_full.set(!Log::of(self.tool).begin(&run));
        self.run.set(Some(run));
        self.go();
    }

    /// Tries again what is not done.
    pub fn retry(self) {
        if self.run.try_update(|run| run.as_mut().map_or(0, Run::retry)).unwrap_or_default() > 0 {
            self.go();
        }
    }

    /// Shows no run any more.
    pub fn close(self) {
        self.run.set(None);
    }

    /// Tells the run of something that the user or the browser did.
    pub fn tell(self, event: Event) {
        self.events.with_value(|events| {
            if let Some(events) = events {
                // A run that is over does not listen any more.
                let _ = events.unbounded_send(event);
            }
        });
    }

    /// What `read` makes of the run, if there is one. Tracked.
    pub fn with<R>(self, read: impl FnOnce(&Run) -> R) -> Option<R> {
        self.run.with(|run| run.as_ref().map(read))
    }

    /// Whether the log has no room left. Tracked.
    pub fn is_log_full(self) -> bool {
        self.is_log_full.get()
    }

    /// The plan of what is not done, with which [`retry`](Self::retry) goes on.
    pub fn again(self) -> Option<Plan> {
        self.run.with_untracked(|run| run.as_ref().map(Run::again))
    }

    fn go(self) {
        Log::of(self.tool).open();
        let (sender, receiver) = unbounded();
        let is_online = window().navigator().on_line();
        // The receiver is right here.
        let _ = sender.unbounded_send(if is_online { Event::Online } else { Event::Offline });
        self.events.set_value(Some(sender));
        self.task.start(Box::pin(self.run_to_the_end(receiver)));
    }

    async fn run_to_the_end(self, mut told: UnboundedReceiver<Event>) {
        let log = Log::of(self.tool);
        let mut under_way = FuturesUnordered::<LocalBoxFuture<'static, Event>>::new();
        loop {
            let steps = self.run.try_update(|run| run.as_mut().map(Run::next_steps)).flatten().unwrap_or_default();
            for step in steps {
                // What is known is written down before anything is sent.
                if let Step::Read { place, .. } | Step::Send { place, .. } = &step {
                    self.note(&log, *place);
                }
                under_way.push(self.take(step));
            }
            let is_over = self.run.with_untracked(|run| run.as_ref().is_none_or(|run| run.phase() == Phase::Over));
            if is_over {
                log.end();
                break;
            }
            let Some(event) = select(&mut under_way, &mut told).next().await else { break };
            let place = place_of(&event);
            let is_stop = event == Event::Stop;
            self.learn(&event);
            self.run.update(|run| {
                if let Some(run) = run {
                    run.on(event);
                }
            });
            if is_stop {
                // It has ended all whose turn had not come.
                let all = self.run.with_untracked(|run| run.as_ref().map_or(0, |run| run.plan().items.len()));
                (0..all).for_each(|place| self.note(&log, place));
            } else if let Some(place) = place {
                self.note(&log, place);
            }
        }
    }

    fn note(self, log: &Log, place: usize) {
        let is_noted = self.run.with_untracked(|run| run.as_ref().is_none_or(|run| log.note(run, place)));
        if !is_noted {
            self.is_log_full.set(true);
        }
    }

    /// What a run learns of versions is known to the list.
    fn learn(self, event: &Event) {
        let known = match event {
            Event::Read(_, Reading::Found(version)) | Event::Answered(_, Answer::Done(Some(version))) => version,
            _ => return,
        };
        self.inventory.written(ToolVersion::clone(known));
    }

    fn take(self, step: Step) -> LocalBoxFuture<'static, Event> {
        Box::pin(async move {
            let client = self.client.get_value();
            match step {
                Step::Wait(time) => {
                    client.wait(time).await;
                    Event::Waited
                }
                Step::Read { place, target, delay } => {
                    client.wait(delay).await;
                    client.turn().await;
                    self.read(&client, place, &target).await
                }
                Step::Send { place, request } => {
                    client.turn().await;
                    self.send(&client, place, &request).await
                }
            }
        })
    }

    async fn read(self, client: &Client, place: usize, target: &Target) -> Event {
        let read = match target {
            Target::Id(id) => tool_versions::read(client, self.tool, id).await.map(Some),
            Target::Number(number) => tool_versions::find(client, self.tool, number).await,
        };
        let reading = match (read, target) {
            (Ok(Some(version)), Target::Id(id)) if version.id != *id => Reading::Failed(OTHER_VERSION.to_owned()),
            (Ok(Some(version)), _) => Reading::Found(Arc::new(version)),
            (Ok(None), _) => Reading::Gone,
            (Err(ApiError::NotFound), Target::Id(id)) if self.has_gone(client, id).await => Reading::Gone,
            (Err(ApiError::NotFound), _) => Reading::Failed(NO_RIGHT.to_owned()),
            (Err(ApiError::Unauthorized), _) => return Event::Unauthorized(place),
            (Err(ApiError::RateLimited { wait }), _) => return Event::Limited(place, wait.unwrap_or(DEFAULT_WAIT)),
            (Err(error), _) => Reading::Failed(error.message()),
        };
        Event::Read(place, reading)
    }

    async fn send(self, client: &Client, place: usize, request: &Request) -> Event {
        let (tool, inventory) = (self.tool, self.inventory);
        let (id, sent) = match request {
            Request::Update { id, update } => {
                (Some(id), tool_versions::update(client, tool, id, update).await.map(Some))
            }
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
            (Err(ApiError::NotFound), Some(id)) if self.has_gone(client, id).await => Answer::Gone,
            (Err(ApiError::NotFound), _) => Answer::Failed(NO_RIGHT.to_owned()),
            (Err(ApiError::Unauthorized), _) => return Event::Unauthorized(place),
            (Err(ApiError::RateLimited { wait }), _) => return Event::Limited(place, wait.unwrap_or(DEFAULT_WAIT)),
            (Err(error), _) if error.leaves_doubt() => Answer::Unclear(error.message()),
            (Err(error), _) if error.is_refusal() => Answer::Refused(error.message()),
            (Err(error), _) => Answer::Failed(error.message()),
        };
        Event::Answered(place, answer)
    }

    /// Whether a version that is not found has gone. A 404 also says that the token has no right any more (facts.md 1.1).
    async fn has_gone(self, client: &Client, id: &str) -> bool {
        let has_gone = checked::is_there(client, self.tool, id).await == Some(false);
        if has_gone {
            self.inventory.removed(id);
        }
        has_gone
    }
}

fn place_of(event: &Event) -> Option<usize> {
    match event {
        Event::Read(place, _) | Event::Answered(place, _) | Event::Limited(place, _) | Event::Unauthorized(place) => {
            Some(*place)
        }
        _ => None,
    }
}
