//! A plan while it is run, as a state machine.
//!
//! Pure: it has no clock and sends nothing. [`Run::next_steps`] gives the steps to take, a bounded number at a time, and
//! [`Run::on`] is told what came of them. An item is read before it is changed, so that what somebody else did since the
//! plan was made is not overwritten. A request that nobody knows the outcome of is looked up before it is called done, failed, or
//! is sent a second time, which happens once at most and only after two readings found everything as it was.
//!
//! A step leaves when it is given: whoever takes it has its turn under the rate limit already, so that a pause, a stop and a
//! lost network hold back all that has not left. What was read before it was held up is read again before it is sent.
//!
//! The runner saves [`Run::saved_state`] of an item before it takes a step, so that a reload loses no knowledge (`saved`).

mod again;
mod events;
mod report;
mod saved;
mod settle;
mod steps;
mod track;
mod undo;

use std::{collections::VecDeque, time::Duration};

pub use events::{Answer, End, Event, Phase, Reading, Request, State, Step, Target};
pub use report::{Report, Row};

use crate::plan::{Item, Kind, Plan};
use steps::Wait;
use track::{Circumstances, Track};

/// A longer wait is not sat out by a run that was stopped, to look up what is unclear.
const LONGEST_WAIT_TO_STOP: Duration = Duration::from_secs(5);

/// A plan that is run.
#[derive(Clone, Debug)]
pub struct Run {
    plan: Plan,
    tracks: Vec<Track>,
    /// The places whose turn comes, in this order. None of them is under way, and none has ended.
    todo: VecDeque<usize>,
    /// The places that were asked or sent for, and those that rest before they are looked up again.
    in_flight: Vec<usize>,
    /// The places whose rest is to be given as a step.
    rests: Vec<usize>,
    at_once: usize,
    /// How many items this attempt began with.
    batch: usize,
    /// How often it was held up.
    holds: u32,
    wait: Option<Wait>,
    is_paused: bool,
    is_offline: bool,
    is_unauthorized: bool,
    /// Whether a token is to be asked for.
    wants_token: bool,
    is_stopped: bool,
    was_interrupted: bool,
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
            in_flight: Vec::new(),
            rests: Vec::new(),
            at_once: at_once.max(1),
            batch: 0,
            holds: 0,
            wait: None,
            is_paused: false,
            is_offline: false,
            is_unauthorized: false,
            wants_token: false,
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
        self.wait = None;
        self.is_stopped = false;
        self.is_paused = false;
        self.is_unauthorized = false;
        self.wants_token = false;
        self.was_interrupted = false;
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
        (self.batch.saturating_sub(self.todo.len() + self.in_flight.len()), self.batch)
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
        if self.todo.is_empty() && self.in_flight.is_empty() {
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
                self.hold_for(time);
            }
            Event::Held(time) => self.hold_for(time),
            Event::Unauthorized(place) => {
                self.settle(place, |track, _, _| settle::undone(track));
                self.holds += 1;
                // It is asked for once, though all that are under way are refused.
                self.wants_token |= !self.is_unauthorized;
                self.is_unauthorized = true;
            }
            Event::Renewed(true) => (self.is_unauthorized, self.wants_token) = (false, false),
            Event::Renewed(false) => {}
            Event::Rested(place) => {
                if self.in_flight.contains(&place) {
                    self.in_flight.retain(|it| *it != place);
                    self.todo.push_front(place);
                }
            }
            Event::Waited => self.wait = self.wait.and_then(Wait::rest),
            Event::Offline => {
                self.holds += 1;
                self.is_offline = true;
            }
            Event::Online => self.is_offline = false,
            Event::Pause => {
                self.holds += 1;
                self.is_paused = true;
            }
            Event::Resume => {
                (self.is_paused, self.is_unauthorized, self.wants_token) = (false, false, false);
            }
            Event::Stop => self.is_stopped = true,
        }
        if self.is_stopped {
            self.end_early();
        }
    }

    fn hold_for(&mut self, time: Duration) {
        self.holds += 1;
        self.wait.get_or_insert(Wait::of(time));
    }

    /// Gives an item that is under way its next state. `next` says nothing where the event does not fit.
    fn settle(&mut self, place: usize, next: impl FnOnce(&mut Track, &Item, Circumstances) -> Option<State>) {
        let run = Circumstances { is_offline: self.is_offline, is_stopped: self.is_stopped };
        let (Some(track), Some(item)) = (self.tracks.get_mut(place), self.plan.items.get(place)) else { return };
        if !track.state.is_in_flight() {
            return;
        }
        let Some(state) = next(track, item, run) else { return };
        track.state = match state {
            // It was read before it was held up.
            State::Ready if track.read_in != self.holds => State::Ahead,
            state => state,
        };
        if matches!(track.state, State::Unanswered(_)) && track.looks + track.blind_looks > 0 {
            self.rests.push(place);
            return;
        }
        self.in_flight.retain(|it| *it != place);
        if !matches!(track.state, State::Ended(_)) {
            self.todo.push_front(place);
        }
    }

    /// Ends what nothing more is sent for, and what is only read before that. What waits to be looked up still is, as long as
    /// that is possible soon.
    fn end_early(&mut self) {
        let is_long = self.wait().is_some_and(|left| left > LONGEST_WAIT_TO_STOP);
        let may_look = !self.is_offline && !self.is_unauthorized && !is_long;
        let tracks = &mut self.tracks;
        let mut stays = |place: &usize| {
            let Some(track) = tracks.get_mut(*place) else { return false };
            let stays = match track.state {
                State::Sending | State::LookingUp(_) => true,
                State::Unanswered(_) => may_look,
                _ => false,
            };
            if !stays {
                track.state = State::Ended(settle::early_end(track));
            }
            stays
        };
        self.todo.retain(&mut stays);
        self.in_flight.retain(&mut stays);
        let in_flight = &self.in_flight;
        self.rests.retain(|place| in_flight.contains(place));
    }
}

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
