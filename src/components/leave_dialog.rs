//! Asking before a form with unsaved changes is left.

use leptos::prelude::*;

use crate::{
    router::use_leave_question,
    ui::{Button, ButtonKind, Dialog},
};

/// The question before unsaved changes are left. On each page that guards them with
/// [`use_unsaved_changes`](crate::router::use_unsaved_changes).
#[component]
pub fn LeaveDialog(
    /// What would be lost.
    #[prop(default = "What is on this page is not saved or sent yet. It is lost when you leave.")]
    text: &'static str,
    /// Instead of that where the page is left by signing out.
    #[prop(optional)]
    text_at_sign_out: Option<&'static str>,
) -> impl IntoView {
    let question = use_leave_question();
    let stay = Callback::new(move |()| question.stay());
    let told = move || text_at_sign_out.filter(|_| question.ends_session()).unwrap_or(text);
    view! {
        <Dialog id="leave" open=Signal::derive(move || question.is_open()) heading="Leave without saving?" on_dismiss=stay>
            <p>{told}</p>
            <div class="dialog-actions">
                <Button on_press=stay>"Stay"</Button>
                <Button kind=ButtonKind::Danger on_press=move |()| question.leave()>"Leave"</Button>
            </div>
        </Dialog>
    }
}
