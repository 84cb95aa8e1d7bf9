//! A run that survives a reload: kept in parts, so that each step of ten thousand costs one small write.
//!
//! No token is in it: neither a plan nor a state has ever had one.

use std::{collections::VecDeque, str};

use super::{End, Run, State, Track, settle};
use crate::plan::Plan;

const NOT_NOTED: &str = "This browser had no room left to note what became of it.";

impl Run {
    /// The plan: written once, when the run begins.
    pub fn saved_plan(&self) -> String {
        serde_json::to_string(&self.plan).unwrap_or_default()
    }

    /// An item's state: written after [`next_steps`](Self::next_steps) gave a step for it and before the step is taken, and after
    /// [`on`](Self::on) was told of it.
    pub fn saved_state(&self, place: usize) -> String {
        self.tracks.get(place).and_then(|track| serde_json::to_string(track).ok()).unwrap_or_default()
    }

    /// Whether nothing was ever sent for an item and nothing has become of it, so that a state that is not written says so too.
    pub fn is_untouched(&self, place: usize) -> bool {
        let is_untouched = |track: &Track| {
            matches!(track.state, State::Ahead | State::Checking | State::Ready | State::Ended(End::NotTried))
                && !track.may_be_done()
        };
        self.tracks.get(place).is_some_and(is_untouched)
    }

    /// The run as it was left: nothing is under way any more. An item whose request was sent and not answered is unclear,
    /// and one whose turn had not come was not tried. States that were not written are those of a new run; up to `lost`, the
    /// last place whose state there was no room for, they are unclear. `None` for what is no plan.
    pub fn restore<'a>(
        plan: &str,
        states: impl IntoIterator<Item = (usize, &'a str)>,
        lost: Option<usize>,
        at_once: usize,
    ) -> Option<Self> {
        let plan: Plan = serde_json::from_str(plan).ok()?;
        let mut run = Self::new(plan, at_once);
        for place in run.todo.iter().filter(|place| lost.is_some_and(|lost| **place <= lost)) {
            if let Some(track) = run.tracks.get_mut(*place) {
                track.state = State::Ended(End::Unclear(NOT_NOTED.to_owned()));
            }
        }
        for (place, state) in states {
            if let (Some(track), Ok(saved)) = (run.tracks.get_mut(place), serde_json::from_str::<Track>(state)) {
                *track = saved;
            }
        }
        for track in run.tracks.iter_mut().filter(|track| !matches!(track.state, State::Ended(_))) {
            run.was_interrupted = true;
            let end = match settle::early_end(track) {
                End::Unclear(_) => End::Unclear("The page was left before the answer came.".to_owned()),
                end => end,
            };
            track.state = State::Ended(end);
        }
        run.todo = VecDeque::new();
        run.batch = 0;
        Some(run)
    }
}
