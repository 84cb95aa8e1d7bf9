//! Runs a plan: takes the steps that its state machine gives, and tells it what came of them.
//!
//! Requests are given one by one, each in its turn under the installation's rate limit, and leave at once: what the user or
//! the browser does meanwhile holds back all that has not left.

mod requests;

use std::{sync::Arc, time::Duration};

use api::{Client, LocalBoxFuture};
use domain::{
    Tool,
    plan::Plan,
    run::{Answer, End, Event, Phase, Reading, Run, State, Step},
};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::{
    StreamExt,
    stream::{FuturesUnordered, PollNext, select_with_strategy},
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

    async fn run_to_the_end(self, told: UnboundedReceiver<Event>) {
        let log = Log::of(self.tool);
        let client = self.client.get_value().telling_refusals();
        let mut under_way = FuturesUnordered::<LocalBoxFuture<'static, Happened>>::new();
        let mut is_turn_taken = false;
        let mut told = told.map(Happened::Event);
        loop {
            // Nobody sees that they are given.
            let waits = self.run.try_update_untracked(|run| run.as_mut().map(Run::next_waits)).flatten();
            for step in waits.unwrap_or_default() {
                under_way.push(self.take(&client, step));
            }
            if self.read(Run::phase).is_none_or(|phase| phase == Phase::Over) {
                log.end();
                break;
            }
            if !is_turn_taken && self.read(Run::wants_turn).unwrap_or_default() {
                is_turn_taken = true;
                let client = client.clone();
                under_way.push(Box::pin(async move { Happened::Turn(client.turn_or_pause().await) }));
            }
            // What the user and the browser did comes first: after a stop nothing leaves.
            let mut all = select_with_strategy(&mut told, &mut under_way, |(): &mut ()| PollNext::Left);
            match all.next().await {
                Some(Happened::Event(event)) => self.hear(&log, event),
                Some(Happened::Turn(pause)) => {
                    is_turn_taken = false;
                    if let Some(pause) = pause {
                        self.hear(&log, Event::Held(pause));
                    } else if let Some(step) = self.update(Run::next_request).flatten() {
                        // What is known is written down before anything is sent.
                        if let Step::Read { place, .. } | Step::Send { place, .. } = &step {
                            self.note(&log, *place);
                        }
                        under_way.push(self.take(&client, step));
                    }
                }
                None => break,
            }
        }
    }

    fn hear(self, log: &Log, event: Event) {
        let place = place_of(&event);
        let is_stop = event == Event::Stop;
        let version = version_in(&event);
        self.update(|run| run.on(event));
        self.learn(place, version);
        if is_stop {
            // It has ended all whose turn had not come.
            let all = self.read(|run| run.plan().items.len()).unwrap_or_default();
            (0..all).for_each(|place| self.note(log, place));
        } else if let Some(place) = place {
            self.note(log, place);
        }
    }

    fn read<R>(self, read: impl FnOnce(&Run) -> R) -> Option<R> {
        self.run.with_untracked(|run| run.as_ref().map(read))
    }

    fn update<R>(self, update: impl FnOnce(&mut Run) -> R) -> Option<R> {
        self.run.try_update(|run| run.as_mut().map(update)).flatten()
    }

    fn note(self, log: &Log, place: usize) {
        let is_noted = self.run.with_untracked(|run| run.as_ref().is_none_or(|run| log.note(run, place)));
        if !is_noted {
            self.is_log_full.set(true);
        }
    }

    /// What a run learns of versions is known to the list; but an answer that does not show what was sent may show anything.
    fn learn(self, place: Option<usize>, version: Option<(Arc<ToolVersion>, bool)>) {
        let Some((version, is_answer)) = version else { return };
        let is_done = |run: &Run| place.and_then(|place| run.state(place)) == Some(&State::Ended(End::Done));
        if !is_answer || self.read(is_done).unwrap_or_default() {
            self.inventory.written(ToolVersion::clone(&version));
        }
    }

    fn take(self, client: &Client, step: Step) -> LocalBoxFuture<'static, Happened> {
        let client = client.clone();
        Box::pin(async move {
            Happened::Event(match step {
                Step::Wait(time) => {
                    client.wait(time).await;
                    Event::Waited
                }
                Step::Rest { place, time } => {
                    client.wait(time).await;
                    Event::Rested(place)
                }
                Step::AskForToken => Event::Renewed(client.renew().await),
                Step::Read { place, target } => requests::read(self, &client, place, &target).await,
                Step::Send { place, request } => requests::send(self, &client, place, &request).await,
            })
        })
    }
}

/// What a run waits for.
enum Happened {
    Event(Event),
    /// A request has its turn, or the installation asks for a pause.
    Turn(Option<Duration>),
}

/// The version that an event tells of, and whether it is the answer to a change.
fn version_in(event: &Event) -> Option<(Arc<ToolVersion>, bool)> {
    match event {
        Event::Read(_, Reading::Found(version)) => Some((Arc::clone(version), false)),
        Event::Answered(_, Answer::Done(Some(version))) => Some((Arc::clone(version), true)),
        _ => None,
    }
}

fn place_of(event: &Event) -> Option<usize> {
    match event {
        Event::Read(place, _)
        | Event::Answered(place, _)
        | Event::Limited(place, _)
        | Event::Unauthorized(place)
        | Event::Rested(place) => Some(*place),
        _ => None,
    }
}
