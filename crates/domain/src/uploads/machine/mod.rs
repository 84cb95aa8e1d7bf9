//! An upload as a state machine of named steps.
//!
//! Pure: it has no clock and sends nothing. It is told each event and its time, and answers with the next action. One
//! rule is above the others: once a version was created, no way leads to creating another one.

mod events;

use std::{collections::VecDeque, time::Duration};

pub use events::{Action, Created, Event, Phase, Step, StepState};

/// An upload.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    phase: Phase,
    needs_packing: bool,
    is_packed: bool,
    created: Option<Created>,
    /// Whether a create was sent that nobody answered.
    create_in_doubt: bool,
    /// Whether an attempt to send was made before.
    was_sent: bool,
    /// Whether the installation is asked for the archive, in place of sending it.
    is_probing: bool,
    is_offline: bool,
    bytes: (u64, u64),
    /// Times and bytes sent until then, over the last seconds.
    samples: VecDeque<(Duration, u64)>,
}

/// How long back the speed looks.
const WINDOW: Duration = Duration::from_secs(5);

/// Less says nothing about the speed.
const SHORTEST: Duration = Duration::from_millis(500);

impl Upload {
    /// Applies an event that happened at `now`, counted from some fixed moment, and returns the next action. An event that
    /// does not fit the state is too late, and ignored.
    pub fn on(&mut self, event: Event, now: Duration) -> Option<Action> {
        match (event, self.phase.clone()) {
            (Event::Offline, phase) => {
                self.is_offline = true;
                match phase {
                    // Nothing is lost by waiting; a create under way may still be answered.
                    Phase::Running(step @ (Step::Sending | Step::Processing)) => self.pause(step),
                    _ => None,
                }
            }
            (Event::Online, phase) => {
                self.is_offline = false;
                match phase {
                    Phase::Waiting(step) => self.resume(step),
                    _ => None,
                }
            }
            (Event::Start { needs_packing }, Phase::Idle | Phase::Failed { .. } | Phase::Cancelled(_))
                if self.created.is_none() =>
            {
                self.needs_packing = needs_packing;
                self.is_packed = !needs_packing;
                // What an attempt before has packed counts no more.
                self.bytes = (0, 0);
                self.resume(Step::Preparing)
            }
            (Event::Packing { bytes, total }, Phase::Running(Step::Preparing)) => {
                self.bytes = (bytes, total);
                None
            }
            (Event::Packed { size }, Phase::Running(Step::Preparing)) => {
                self.is_packed = true;
                self.bytes = (0, size);
                self.resume(Step::Creating)
            }
            (Event::Created(created), Phase::Running(Step::Creating)) => {
                self.created = Some(created);
                self.create_in_doubt = false;
                self.resume(Step::Sending)
            }
            (Event::Sent { bytes, total }, Phase::Running(Step::Sending)) => {
                self.bytes = (bytes, total);
                self.sample(now, bytes);
                None
            }
            (Event::Accepted | Event::Found { is_uploaded: true }, Phase::Running(Step::Sending)) => {
                self.bytes.0 = self.bytes.1;
                self.resume(Step::Processing)
            }
            (Event::Found { is_uploaded: false }, Phase::Running(Step::Sending)) => {
                self.begin_sending();
                Some(Action::Send)
            }
            (Event::Finished(Ok(())), Phase::Running(Step::Processing)) => {
                self.phase = Phase::Done;
                None
            }
            (Event::Finished(Err(reason)), Phase::Running(step @ Step::Processing)) => {
                self.phase = Phase::Failed { step, reason };
                None
            }
            (Event::Failed { is_connection: true, .. }, Phase::Running(step @ (Step::Sending | Step::Processing)))
                if self.is_offline =>
            {
                self.pause(step)
            }
            (Event::Failed { reason, is_connection }, Phase::Running(step)) => {
                self.create_in_doubt |= is_connection && step == Step::Creating;
                self.phase = Phase::Failed { step, reason };
                None
            }
            (Event::Cancel, Phase::Running(step) | Phase::Waiting(step)) => {
                self.create_in_doubt |= step == Step::Creating;
                self.phase = Phase::Cancelled(step);
                Some(Action::Stop)
            }
            (Event::Retry, Phase::Failed { step, .. } | Phase::Cancelled(step)) => self.resume(step),
            _ => None,
        }
    }

    fn pause(&mut self, step: Step) -> Option<Action> {
        self.phase = Phase::Waiting(step);
        Some(Action::Stop)
    }

    /// Goes on with a step, or with the next one that has anything to do.
    fn resume(&mut self, step: Step) -> Option<Action> {
        let step = if step == Step::Preparing && self.is_packed { Step::Creating } else { step };
        let step = if step == Step::Creating && self.created.is_some() { Step::Sending } else { step };
        if self.is_offline && matches!(step, Step::Sending | Step::Processing) {
            return self.pause(step);
        }
        self.phase = Phase::Running(step);
        Some(match step {
            Step::Preparing => Action::Pack,
            Step::Creating => Action::Create,
            // The archive may have arrived although its response was lost.
            Step::Sending if self.was_sent => {
                self.is_probing = true;
                Action::Probe
            }
            Step::Sending => {
                self.begin_sending();
                Action::Send
            }
            Step::Processing => Action::Follow,
        })
    }

    fn begin_sending(&mut self) {
        self.was_sent = true;
        self.is_probing = false;
        self.bytes.0 = 0;
        self.samples.clear();
    }

    fn sample(&mut self, now: Duration, bytes: u64) {
        self.samples.push_back((now, bytes));
        while self.samples.front().is_some_and(|(then, _)| now.saturating_sub(*then) > WINDOW) {
            self.samples.pop_front();
        }
    }

    /// The state of the whole.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The version, once there is one.
    pub fn created(&self) -> Option<&Created> {
        self.created.as_ref()
    }

    /// Whether a version may have been created that nobody knows of.
    pub fn create_is_in_doubt(&self) -> bool {
        self.create_in_doubt && self.created.is_none()
    }

    /// The state of one of its steps.
    pub fn step_state(&self, step: Step) -> StepState {
        let (current, state) = match &self.phase {
            Phase::Idle => return StepState::Ahead,
            Phase::Done => return StepState::Done,
            Phase::Running(current) => (*current, StepState::Active),
            Phase::Waiting(current) => (*current, StepState::Waiting),
            Phase::Failed { step: current, .. } => (*current, StepState::Failed),
            Phase::Cancelled(current) => (*current, StepState::Cancelled),
        };
        let place = |step: Step| Step::ALL.iter().position(|it| *it == step);
        match place(step).cmp(&place(current)) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => state,
            std::cmp::Ordering::Greater => StepState::Ahead,
        }
    }

    /// Bytes that were packed or sent, and bytes in all.
    pub fn bytes(&self) -> (u64, u64) {
        self.bytes
    }

    /// Whether every byte is sent, and the installation has not answered yet: it may take long to store them.
    pub fn awaits_answer(&self) -> bool {
        let (sent, total) = self.bytes;
        self.phase == Phase::Running(Step::Sending) && !self.is_probing && total > 0 && sent == total
    }

    /// Whether the installation is asked for the archive before it is sent again.
    pub fn is_probing(&self) -> bool {
        self.phase == Phase::Running(Step::Sending) && self.is_probing
    }

    /// Bytes per second over the last seconds, once there is enough to tell.
    pub fn speed(&self) -> Option<f64> {
        let ((first, from), (last, to)) = (self.samples.front()?, self.samples.back()?);
        let time = last.checked_sub(*first).filter(|time| *time >= SHORTEST)?;
        let bytes = to.checked_sub(*from)?;
        Some(bytes as f64 / time.as_secs_f64())
    }

    /// How long the rest takes at this speed.
    pub fn time_left(&self) -> Option<Duration> {
        let (sent, total) = self.bytes;
        let rest = total.checked_sub(sent).filter(|rest| *rest > 0)?;
        let speed = self.speed().filter(|speed| *speed >= 1.0)?;
        Duration::try_from_secs_f64(rest as f64 / speed).ok()
    }

    /// Whether leaving would end it before the archive is there.
    pub fn holds_the_user(&self) -> bool {
        match &self.phase {
            Phase::Idle | Phase::Done => false,
            Phase::Running(step) | Phase::Waiting(step) | Phase::Cancelled(step) | Phase::Failed { step, .. } => {
                *step != Step::Processing
            }
        }
    }
}

#[cfg(test)]
mod tests;
