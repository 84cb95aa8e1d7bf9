//! The question before unsaved changes are left.
//!
//! A page guards itself with [`use_unsaved_changes`]; the guard goes with the page, when the page lets go of it, or when
//! the user agrees to leave. A question that is open by then is withdrawn.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use super::{
    Place, Router,
    history::{self, Entry},
};

/// How long the browser is given for a step through the history before it is asked for again: a second Back of the user
/// can make it forget ours.
const STEP_TAKES: Duration = Duration::from_millis(100);

/// Says whether its page has unsaved changes.
#[derive(Clone, Copy)]
pub(super) struct Guard {
    dirty: Signal<bool>,
    /// Tells the guards of two pages apart, since one page is cleaned up after the next has begun.
    number: u32,
}

/// A step that waits for the user's agreement.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// So many entries through the history: Back is −1.
    Through(i32),
    /// To another address.
    Go(Callback<()>),
    /// Something that ends the page, such as signing out.
    Act(Callback<()>),
}

/// The way back to a page with unsaved changes, after the browser has left it.
#[derive(Clone, Copy)]
pub(super) struct Returning {
    /// How many entries it was left by: Back is −1.
    left_by: i32,
    timer: Option<TimeoutHandle>,
}

impl Returning {
    /// Nothing is stepped any more.
    pub(super) fn end(self) {
        if let Some(timer) = self.timer {
            timer.clear();
        }
    }
}

/// The guard of one page.
#[derive(Clone, Copy)]
pub struct UnsavedChanges {
    router: Router,
    number: u32,
}

/// Asks before the calling page is left while `dirty`, for as long as the page is there.
pub fn use_unsaved_changes(dirty: Signal<bool>) -> UnsavedChanges {
    let router = expect_context::<Router>();
    let place = router.place.get_value();
    let number = place.guard.map_or(0, |guard| guard.number).wrapping_add(1);
    router.place.set_value(Place { guard: Some(Guard { dirty, number }), ..place });
    let changes = UnsavedChanges { router, number };
    on_cleanup(move || {
        changes.withdraw();
    });
    changes
}

impl UnsavedChanges {
    /// Lets go, because what was typed is saved. An open question is withdrawn: nothing would be lost any more. What was
    /// to end the page, such as signing out, is done then; a link is not followed, since the page itself leads on.
    pub fn release(&self) {
        if let Some(Step::Act(act)) = self.withdraw() {
            act.run(());
        }
    }

    /// Lets go, and returns the step that was being asked about.
    fn withdraw(&self) -> Option<Step> {
        let Self { router, number } = *self;
        // The application may be gone before its pages are.
        let place = router.place.try_get_value()?;
        if place.guard.is_none_or(|guard| guard.number != number) {
            return None;
        }
        router.place.set_value(Place { guard: None, ..place });
        let step = router.question.try_get_untracked().flatten();
        router.question.try_set(None);
        step
    }
}

/// The question itself, for the dialog that asks it.
#[derive(Clone, Copy)]
pub struct LeaveQuestion(Router);

/// The question that is asked before unsaved changes are left.
pub fn use_leave_question() -> LeaveQuestion {
    LeaveQuestion(expect_context())
}

impl LeaveQuestion {
    /// Whether it is being asked. Tracked.
    pub fn is_open(&self) -> bool {
        self.0.question.with(Option::is_some)
    }

    /// Whether it is asked before signing out, and not before going elsewhere. Tracked.
    pub fn ends_session(&self) -> bool {
        self.0.question.with(|step| matches!(step, Some(Step::Act(_))))
    }

    /// Does `act`, which ends the page, at once or after the user has agreed.
    pub fn before(&self, act: Callback<()>) {
        self.0.ask(Step::Act(act));
    }

    /// The user stays.
    pub fn stay(&self) {
        self.0.question.set(None);
    }

    /// The user leaves: takes the step that was asked about.
    pub fn leave(&self) {
        let Some(step) = self.0.question.get_untracked() else { return };
        self.0.place.set_value(Place { guard: None, ..self.0.place.get_value() });
        self.0.question.set(None);
        match step {
            Step::Through(delta) => history::step(delta),
            Step::Go(act) | Step::Act(act) => act.run(()),
        }
    }
}

impl Router {
    /// Takes the step at once, or after the user has agreed.
    pub(super) fn ask(&self, step: Step) {
        match step {
            Step::Go(act) | Step::Act(act) if !self.is_dirty() => act.run(()),
            step => self.question.set(Some(step)),
        }
    }

    /// Goes back to the page with unsaved changes, which the browser has left for the entry with the number `to`, and
    /// asks there. The entries on both sides of the page stay.
    pub(super) fn return_from(&self, to: i32) {
        let home = self.place.get_value().number;
        self.step_home(to - home, to);
    }

    /// Steps from the entry `at` to the page, and once more if the browser is not there in time.
    fn step_home(self, left_by: i32, at: i32) {
        let home = self.place.get_value().number;
        history::step(home - at);
        let look_again = move || {
            let at = Entry::current().map_or(home, |entry| entry.number);
            if at != home {
                self.step_home(left_by, at);
            }
        };
        let timer = set_timeout_with_handle(look_again, STEP_TAKES).ok();
        self.place.set_value(Place { returning: Some(Returning { left_by, timer }), ..self.place.get_value() });
    }

    /// Whether the browser, which has gone to the entry with the number `to`, is on its way back to a page with unsaved
    /// changes. There the question is asked; on the way the user may have gone further.
    pub(super) fn is_returning(&self, to: i32) -> bool {
        let place = self.place.get_value();
        let Some(returning) = place.returning else { return false };
        if to == place.number {
            returning.end();
            self.place.set_value(Place { returning: None, ..place });
            self.question.set(self.is_dirty().then_some(Step::Through(returning.left_by)));
        }
        true
    }

    pub(super) fn is_dirty(&self) -> bool {
        let guard = self.place.get_value().guard;
        guard.map(|guard| guard.dirty).and_then(|dirty| dirty.try_get_untracked()).unwrap_or(false)
    }
}
