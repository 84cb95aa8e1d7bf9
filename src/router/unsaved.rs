//! The question before unsaved changes are left.
//!
//! A page guards itself with [`use_unsaved_changes`]; the guard goes with the page, when the page lets go of it, or when
//! the user agrees to leave. A question that is open by then is withdrawn.

use leptos::prelude::*;

use super::{Router, history};

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
    /// Anything else.
    Act(Callback<()>),
}

/// The way back to a page with unsaved changes, which takes until the next `popstate`: the question is asked there.
#[derive(Clone, Copy)]
pub(super) struct Returning {
    /// The step that the user has taken.
    left_by: i32,
    /// Where the browser is at the moment.
    at: i32,
    /// The step of ours that it has yet to take.
    ahead: i32,
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
    let number = router.guard.with_value(|guard| guard.map_or(0, |guard| guard.number)).wrapping_add(1);
    router.guard.set_value(Some(Guard { dirty, number }));
    let changes = UnsavedChanges { router, number };
    on_cleanup(move || changes.release());
    changes
}

impl UnsavedChanges {
    /// Lets go: what was typed is saved, or given up. An open question is withdrawn.
    pub fn release(&self) {
        let Self { router, number } = *self;
        // The application may be gone before its pages are.
        let is_ours = router.guard.try_with_value(|guard| guard.is_some_and(|guard| guard.number == number));
        if is_ours == Some(true) {
            router.guard.set_value(None);
            router.question.try_set(None);
        }
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

    /// Does `act`, which ends the page, at once or after the user has agreed.
    pub fn before(&self, act: Callback<()>) {
        self.0.ask(act);
    }

    /// The user stays.
    pub fn stay(&self) {
        self.0.question.set(None);
    }

    /// The user leaves: takes the step that was asked about.
    pub fn leave(&self) {
        let Some(step) = self.0.question.get_untracked() else { return };
        self.0.guard.set_value(None);
        self.0.question.set(None);
        match step {
            Step::Through(delta) => history::step(delta),
            Step::Act(act) => act.run(()),
        }
    }
}

impl Router {
    pub(super) fn ask(&self, act: Callback<()>) {
        if self.is_dirty() {
            self.question.set(Some(Step::Act(act)));
        } else {
            act.run(());
        }
    }

    /// Goes back to the page with unsaved changes, which the browser has left for the entry with the number `to`. The
    /// entries on both sides of the page stay.
    pub(super) fn return_from(&self, to: i32) {
        let home = self.number.get_value();
        self.returning.set_value(Some(Returning { left_by: to - home, at: to, ahead: home - to }));
        history::step(home - to);
    }

    /// Whether the browser, which has gone to the entry with the number `to`, is on its way back to a page with unsaved
    /// changes. The user may have gone further meanwhile, before the step of ours was taken.
    pub(super) fn is_returning(&self, to: i32) -> bool {
        let Some(Returning { left_by, at, ahead }) = self.returning.get_value() else { return false };
        let home = self.number.get_value();
        if to == home {
            self.returning.set_value(None);
            self.question.set(self.is_dirty().then_some(Step::Through(left_by)));
        } else if to == at + ahead {
            self.returning.set_value(Some(Returning { left_by, at: to, ahead: home - to }));
            history::step(home - to);
        } else {
            self.returning.set_value(Some(Returning { left_by, at: to, ahead }));
        }
        true
    }

    pub(super) fn is_dirty(&self) -> bool {
        let dirty = self.guard.with_value(|guard| guard.map(|guard| guard.dirty));
        dirty.and_then(|dirty| dirty.try_get_untracked()).unwrap_or(false)
    }
}
