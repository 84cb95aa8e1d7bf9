//! The one confirm dialog: it names the thing, says what follows, and its button names the act.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Toasts, error_notice};
use crate::{
    query::Mutation,
    ui::{ButtonKind, El, View, button, dialog, dialog_actions, dynamic, el},
};

/// Asks before an act. A failure is told in the dialog, which stays open then.
pub struct Confirm {
    /// Unique in the page.
    pub id: &'static str,
    /// Whether it is shown.
    pub open: RwSignal<bool>,
    /// The question, which names the thing.
    pub heading: String,
    /// What follows.
    pub consequence: String,
    /// The button's words, which name the act.
    pub act: &'static str,
    /// The act itself.
    pub mutation: Mutation,
    /// Starts the act.
    pub on_confirm: Rc<dyn Fn()>,
}

impl Confirm {
    /// The dialog.
    pub fn view(self) -> El {
        let Self { id, open, heading, consequence, act, mutation, on_confirm } = self;
        let toasts = expect_context::<Toasts>();
        let dismiss = move || {
            if untrack(|| mutation.is_pending()) {
                mutation.cancel();
                toasts.warn(
                    "The request was cancelled. The installation may have done it all the same: look at the list.",
                );
            }
        };
        let content = move || {
            mutation.forget_error();
            let on_confirm = on_confirm.clone();
            let failure = dynamic(move || mutation.error().map(|error| error_notice(&error, None)));
            let cancel = button(ButtonKind::Secondary, "Cancel", move || {
                dismiss();
                open.set(false);
            });
            let confirm = button(ButtonKind::Danger, act, move || on_confirm()).busy_if(move || mutation.is_pending());
            View::from(el("p").child(consequence.as_str())).and(failure).and(dialog_actions([cancel, confirm]))
        };
        dialog(id, open, move || heading.clone(), content, dismiss)
    }
}
