//! A plan while it is run, as a state machine.
//!
//! Pure: it has no clock and sends nothing. [`Run::next_steps`] gives the steps to take, a bounded number at a time, and
//! [`Run::on`] is told what came of them. An item is read before it is changed, so that what somebody else did since the
//! plan was made is not overwritten. A request that nobody knows the outcome of is looked up before it is called done, failed, or
//! is sent a second time, which happens once at most and only after two readings found everything as it was.
//!
//! The runner saves [`Run::saved_state`] of an item before it takes a step, so that a reload loses no knowledge (`saved`).

mod events;
mod report;
mod saved;
mod settle;
mod track;
mod undo;

use std::{collections::VecDeque, time::Duration};

pub use events::{Answer, End, Event, Phase, Reading, Request, State, Step, Target};
pub use report::{Report, Row};

use crate::plan::{Item, Kind, Plan};
use track::{Circumstances, Track, request, target};

/// How long a second look waits: a server may be still at work when its gateway has given up.
const SECOND_LOOK: Duration = Duration::from_millis(1_500);

/// A plan that is run.
#[derive(Clone, Debug)]
pub struct Run {
    plan: Plan,
    tracks: Vec<Track>,
    /// The places whose turn comes, in this order. None of them is under way, and none has ended.
    todo: VecDeque<usize>,
    in_flight: usize,
    at_once: usize,
    /// How many items this attempt began with.
    batch: usize,
    wait: Option<Wait>,
    is_paused: bool,
    is_offline: bool,
    is_unauthorized: bool,
    is_stopped: bool,
    was_interrupted: bool,
}

/// A wait that the installation asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    Wanted(Duration),
    Begun,
}

impl Run {
    /// The run of a plan, with at most so many requests at a time.
    pub fn new(plan: Plan, at_once: usize) -> Self {
        let state = |item: &Item| match &item.kind {
            Kind::AlreadySo => State::Ended(End::AlreadySo),
            Kind::Refused(why) => State::Ended(End::Refused(why.clone())),
            Kind::Change { .. } | Kind::Create(_) | Kind::Delete(_) => State::Ahead,
        };
        let tracks = plan.items.iter().map(|item| Track::new(state(item))).collect();
        let mut run = Self {
            plan,
            tracks,
            todo: VecDeque::new(),
            in_flight: 0,
            at_once: at_once.max(1),
            batch: 0,
            wait: None,
            is_paused: false,
            is_offline: false,
            is_unauthorized: false,
            is_stopped: false,
            was_interrupted: false,
        };
        run.begin();
        run
    }

    fn begin(&mut self) {
        let places = self.tracks.iter().enumerate().filter(|(_, track)| track.state == State::Ahead);
        self.todo = places.map(|(place, _)| place).collect();
        self.batch = self.todo.len();
        self.is_stopped = false;
        self.is_paused = false;
        self.is_unauthorized = false;
        self.was_interrupted = false;
    }

    /// Tries again what is not done: what failed, is unclear, or was not tried. What was refused, what somebody else changed
    /// meanwhile and what is done in part needs a new plan. Returns how many; 0 leaves everything as it is.
    pub fn retry(&mut self) -> usize {
        if self.phase() != Phase::Over {
            return 0;
        }
        for (track, item) in self.tracks.iter_mut().zip(&self.plan.items) {
            if item.kind.is_sent() && track.is_worth_a_retry() {
                let was_sent = track.was_sent || matches!(track.state, State::Ended(End::Unclear(_)));
                *track = Track { was_sent, ..Track::new(State::Ahead) };
            }
        }
        self.begin();
        self.batch
    }

    /// How many [`retry`](Self::retry) would try.
    pub fn retryable(&self) -> usize {
        self.worth_a_retry().count()
    }

    /// What [`retry`](Self::retry) will do, to be seen before: the items, with the reason why each is not done.
    pub fn again(&self) -> Plan {
        let item = |(track, item): (&Track, &Item)| {
            let end = match &track.state {
                State::Ended(end) if !end.why().is_empty() => [end.label(), ": ", end.why()].concat(),
                state => [state.label(), "."].concat(),
            };
            let note = if item.note.is_empty() { end } else { [&end, " ", &item.note].concat() };
            Item { note, ..item.clone() }
        };
        Plan { purpose: self.plan.purpose, items: self.worth_a_retry().map(item).collect() }
    }

    fn worth_a_retry(&self) -> impl Iterator<Item = (&Track, &Item)> {
        self.tracks.iter().zip(&self.plan.items).filter(|(track, item)| item.kind.is_sent() && track.is_worth_a_retry())
    }

    /// The plan that is run.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Where an item is.
    pub fn state(&self, place: usize) -> Option<&State> {
        self.tracks.get(place).map(|track| &track.state)
    }

    /// How many items of this attempt have come to their end, and how many it began with.
    pub fn progress(&self) -> (usize, usize) {
        (self.batch.saturating_sub(self.todo.len() + self.in_flight), self.batch)
    }

    /// How many items are done, and for how many something was to be sent.
    pub fn done(&self) -> (usize, usize) {
        let done = self.tracks.iter().filter(|track| track.state == State::Ended(End::Done)).count();
        (done, self.plan.items.iter().filter(|item| item.kind.is_sent()).count())
    }

    /// The heading while it runs: "Disabling 12 versions".
    pub fn heading(&self) -> String {
        self.plan.purpose.running(self.batch)
    }

    /// Whether it goes on, waits, or is over.
    pub fn phase(&self) -> Phase {
        if self.todo.is_empty() && self.in_flight == 0 {
            Phase::Over
        } else if self.is_stopped {
            Phase::Stopping
        } else if self.is_unauthorized {
            Phase::Unauthorized
        } else if self.is_offline {
            Phase::Offline
        } else if self.is_paused {
            Phase::Paused
        } else {
            Phase::Running
        }
    }

    /// Whether a reload ended it, so that this is a report of what was known then.
    pub fn was_interrupted(&self) -> bool {
        self.was_interrupted
    }

    /// The steps to take now. Each is given once.
    pub fn next_steps(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Some(Wait::Wanted(time)) = self.wait {
            self.wait = Some(Wait::Begun);
            steps.push(Step::Wait(time));
        }
        let may_go_on = matches!(self.phase(), Phase::Running | Phase::Stopping) && !self.is_offline;
        while may_go_on && self.wait.is_none() && self.in_flight < self.at_once {
            let Some(place) = self.todo.pop_front() else { break };
            let Some(step) = self.step(place) else { continue };
            self.in_flight += 1;
            steps.push(step);
        }
        steps
    }

    fn step(&mut self, place: usize) -> Option<Step> {
        let (item, track) = (self.plan.items.get(place)?, self.tracks.get_mut(place)?);
        match &track.state {
            State::Ahead => {
                track.state = State::Checking;
                Some(Step::Read { place, target: target(item), delay: Duration::ZERO })
            }
            State::Unanswered(why) => {
                track.state = State::LookingUp(why.clone());
                let delay = if track.looks + track.blind_looks == 0 { Duration::ZERO } else { SECOND_LOOK };
                Some(Step::Read { place, target: target(item), delay })
            }
            State::Ready => {
                track.state = State::Sending;
                track.tries += 1;
                (track.looks, track.blind_looks, track.is_claimed) = (0, 0, false);
                request(item).map(|request| Step::Send { place, request })
            }
            _ => None,
        }
    }

    /// Applies an event. One that does not fit the state is too late, and ignored.
    pub fn on(&mut self, event: Event) {
        match event {
            Event::Read(place, reading) => {
                self.settle(place, |track, item, run| settle::read(track, item, run, reading))
            }
            Event::Answered(place, answer) => {
                self.settle(place, |track, item, run| settle::answered(track, item, run, answer));
            }
            Event::Limited(place, time) => {
                self.settle(place, |track, _, _| settle::undone(track));
                self.wait.get_or_insert(Wait::Wanted(time));
            }
            Event::Unauthorized(place) => {
                self.settle(place, |track, _, _| settle::undone(track));
                self.is_unauthorized = true;
            }
            Event::Waited => self.wait = None,
            Event::Offline => self.is_offline = true,
            Event::Online => self.is_offline = false,
            Event::Pause => self.is_paused = true,
            Event::Resume => (self.is_paused, self.is_unauthorized) = (false, false),
            Event::Stop => self.is_stopped = true,
        }
        if self.is_stopped {
            self.end_early();
        }
    }

    /// Gives an item that is under way its next state. `next` says nothing where the event does not fit.
    fn settle(&mut self, place: usize, next: impl FnOnce(&mut Track, &Item, Circumstances) -> Option<State>) {
        let run = Circumstances { is_offline: self.is_offline, is_stopped: self.is_stopped };
        let (Some(track), Some(item)) = (self.tracks.get_mut(place), self.plan.items.get(place)) else { return };
        if !track.state.is_in_flight() {
            return;
        }
        let Some(state) = next(track, item, run) else { return };
        track.state = state;
        self.in_flight = self.in_flight.saturating_sub(1);
        if !matches!(track.state, State::Ended(_)) {
            self.todo.push_front(place);
        }
    }

    /// Ends what nothing more is sent for. What waits to be looked up still is, as long as that is possible.
    fn end_early(&mut self) {
        let may_look = !self.is_offline && !self.is_unauthorized;
        let tracks = &mut self.tracks;
        self.todo.retain(|place| {
            let Some(track) = tracks.get_mut(*place) else { return false };
            let stays = may_look && matches!(track.state, State::Unanswered(_));
            if !stays {
                track.state = State::Ended(settle::early_end(track));
            }
            stays
        });
    }
}

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
