//! What is tried again: the same run goes on with what it left open.

use super::{End, Phase, Run, State, Track};
use crate::plan::{Item, Plan};

impl Run {
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
}
