//! An upload as named steps: what happens next, whatever happens.
//!
//! Pure: it has no clock and sends nothing. It is told what happened and when, and says what to do. One rule is above
//! the others: once a version was created, no way leads to creating another one.
//!
//! Longer than 300 lines because what happens, what is done and where it stands are read side by side.

use std::{collections::VecDeque, time::Duration};

/// A step of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A folder is packed.
    Preparing,
    /// The version is created.
    Creating,
    /// The archive is sent.
    Sending,
    /// The installation does with it what it does.
    Processing,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Preparing, Self::Creating, Self::Sending, Self::Processing];

    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "Preparing",
            Self::Creating => "Creating",
            Self::Sending => "Sending",
            Self::Processing => "Processing",
        }
    }
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    Ahead,
    /// Under way.
    Active,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Goes on when the network is back.
    Waiting,
    /// The user has ended it.
    Cancelled,
}

/// A version that waits for its archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its number.
    pub version: u64,
    /// Where the archive is sent. A secret.
    pub upload_path: String,
    /// Names the upload.
    pub token: String,
}

/// Where the whole upload stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    #[default]
    Idle,
    /// A step is under way.
    Running(Step),
    /// The browser is offline; the step goes on by itself afterwards.
    Waiting(Step),
    /// A step failed.
    Failed {
        /// Which.
        step: Step,
        /// Why: a sentence.
        reason: String,
    },
    /// The user ended it during this step.
    Cancelled(Step),
    /// All steps are done.
    Done,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The user began it.
    Start {
        /// Whether a folder has to be packed.
        needs_packing: bool,
    },
    /// So much of the folder is packed.
    Packing {
        /// Bytes that are packed.
        bytes: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The archive is made, of so many bytes.
    Packed {
        /// Its size.
        size: u64,
    },
    /// The installation created the version.
    Created(Created),
    /// So much of the archive was sent.
    Sent {
        /// Bytes that were sent.
        bytes: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The installation took the archive.
    Accepted,
    /// What [`Action::Probe`] found.
    Found {
        /// Whether the archive is there.
        is_uploaded: bool,
    },
    /// Following ended: with the archive processed, or with a reason.
    Finished(Result<(), String>),
    /// What is under way failed.
    Failed {
        /// Why: a sentence.
        reason: String,
        /// Whether no answer came, so that it may have been done all the same.
        is_connection: bool,
    },
    /// The browser lost the network.
    Offline,
    /// The browser has the network back.
    Online,
    /// The user ends it.
    Cancel,
    /// The user wants it to go on.
    Retry,
}

/// Something to do. Each ends what was under way before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Pack the folder.
    Pack,
    /// Create the version.
    Create,
    /// Send the archive.
    Send,
    /// Ask once whether the archive is there, although no answer said so.
    Probe,
    /// Follow the progress to its end.
    Follow,
    /// Only end what is under way.
    Stop,
}

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
    is_offline: bool,
    bytes: (u64, u64),
    /// When how much had been sent, over the last seconds.
    samples: VecDeque<(Duration, u64)>,
}

/// How long back the speed looks.
const WINDOW: Duration = Duration::from_secs(5);

/// Less says nothing about the speed.
const SHORTEST: Duration = Duration::from_millis(500);

impl Upload {
    /// Takes note of what happened `now` (since some fixed moment), and says what to do. What does not fit is ignored:
    /// it comes too late.
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
            // The archive may have arrived although no answer said so.
            Step::Sending if self.was_sent => Action::Probe,
            Step::Sending => {
                self.begin_sending();
                Action::Send
            }
            Step::Processing => Action::Follow,
        })
    }

    fn begin_sending(&mut self) {
        self.was_sent = true;
        self.bytes.0 = 0;
        self.samples.clear();
    }

    fn sample(&mut self, now: Duration, bytes: u64) {
        self.samples.push_back((now, bytes));
        while self.samples.front().is_some_and(|(then, _)| now.saturating_sub(*then) > WINDOW) {
            self.samples.pop_front();
        }
    }

    /// Where it stands.
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

    /// How one of its steps stands.
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
#[path = "machine_tests.rs"]
mod tests;
