//! What a run does next.

use std::time::Duration;

use super::{
    Phase, Run, State, Step,
    track::{request, target},
};

/// How long a second look waits: a server may be still at work when its gateway has given up.
const SECOND_LOOK: Duration = Duration::from_millis(1_500);

/// A wait that the installation asked for, in parts, so that it can be told how much is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    left: Duration,
    /// The part that has begun.
    part: Option<Duration>,
}

impl Wait {
    pub(super) fn of(time: Duration) -> Self {
        Self { left: time, part: None }
    }

    fn begin(&mut self) -> Duration {
        let part = if self.left > Duration::from_secs(60) { 30 } else { 10 };
        *self.part.insert(self.left.min(Duration::from_secs(part)))
    }

    /// After the part that has begun.
    pub(super) fn rest(self) -> Option<Self> {
        let left = self.left.saturating_sub(self.part.unwrap_or_default());
        (!left.is_zero()).then(|| Self::of(left))
    }
}

impl Run {
    /// How long the installation wants it to wait, as far as it is not over. It is told in steps of some seconds.
    pub fn wait(&self) -> Option<Duration> {
        self.wait.map(|wait| wait.left).filter(|_| self.phase() != Phase::Over)
    }

    /// What to wait for now, and whom to ask. Each is given once.
    pub fn next_waits(&mut self) -> Vec<Step> {
        if self.phase() == Phase::Over {
            return Vec::new();
        }
        let mut steps: Vec<Step> = self.rests.drain(..).map(|place| Step::Rest { place, time: SECOND_LOOK }).collect();
        if let Some(wait) = self.wait.as_mut().filter(|wait| wait.part.is_none()) {
            steps.push(Step::Wait(wait.begin()));
        }
        if std::mem::take(&mut self.wants_token) {
            steps.push(Step::AskForToken);
        }
        steps
    }

    /// Whether there is a request that may leave, as soon as it has its turn.
    pub fn wants_turn(&self) -> bool {
        let may_go_on = matches!(self.phase(), Phase::Running | Phase::Stopping) && !self.is_offline;
        may_go_on && self.wait.is_none() && self.in_flight.len() < self.at_once && !self.todo.is_empty()
    }

    /// A request that leaves now: whoever takes it has its turn. `None` where nothing may leave any more.
    pub fn next_request(&mut self) -> Option<Step> {
        while self.wants_turn() {
            let place = self.todo.pop_front()?;
            if let Some(step) = self.step(place) {
                self.in_flight.push(place);
                return Some(step);
            }
        }
        None
    }

    fn step(&mut self, place: usize) -> Option<Step> {
        let (item, track) = (self.plan.items.get(place)?, self.tracks.get_mut(place)?);
        match &track.state {
            State::Ready if track.read_in == self.holds => {
                track.state = State::Sending;
                track.tries += 1;
                (track.looks, track.blind_looks, track.is_claimed, track.is_refused) = (0, 0, false, false);
                return request(item).map(|request| Step::Send { place, request });
            }
            State::Ahead | State::Ready => track.state = State::Checking,
            State::Unanswered(why) => track.state = State::LookingUp(why.clone()),
            _ => return None,
        }
        track.read_in = self.holds;
        Some(Step::Read { place, target: target(item) })
    }
}
