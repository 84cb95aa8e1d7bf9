//! Asking before a form with unsaved changes is left.

use leptos::prelude::*;

use crate::{
    router::Router,
    ui::{ButtonKind, El, View, button, dialog, dialog_actions, el},
};

/// The question that the router asks. Once, in the shell.
pub fn leave_dialog() -> El {
    let router = expect_context::<Router>();
    let content = move || {
        let text = "What is on this page is not saved or sent yet. It is lost when you leave.";
        let stay = button(ButtonKind::Secondary, "Stay", move || router.asking().set(false));
        let leave = button(ButtonKind::Danger, "Leave", move || router.leave());
        View::from(el("p").child(text)).and(dialog_actions([stay, leave]))
    };
    dialog("leave", router.asking(), || "Leave without saving?".to_owned(), content, || ())
}
