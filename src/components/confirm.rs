//! The one confirm dialog: it names the thing, says what follows, and its button names the act.

use leptos::prelude::*;

use super::{ErrorNotice, Toasts};
use crate::{
    query::Mutation,
    ui::{Button, ButtonKind, Dialog, dynamic},
};

/// Asks before an act. A failure is told in the dialog, which stays open then.
#[component]
pub fn Confirm(
    /// Unique in the page.
    id: &'static str,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The question, which names the thing.
    #[prop(into)]
    heading: Signal<String>,
    /// What follows.
    #[prop(into)]
    consequence: Signal<String>,
    /// The button's words, which name the act.
    act: &'static str,
    /// The act itself.
    mutation: Mutation,
    /// Starts the act.
    on_confirm: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let dismiss = Callback::new(move |()| {
        if untrack(|| mutation.is_pending()) {
            mutation.cancel();
            toasts.warn("The request was cancelled. The installation may have done it all the same: look at the list.");
        }
        mutation.forget_error();
        open.set(false);
    });
    view! {
        <Dialog id open heading on_dismiss=dismiss>
            <p>{consequence}</p>
            {dynamic(move || mutation.error().map(|error| view! { <ErrorNotice error/> }))}
            <div class="dialog-actions">
                <Button on_press=dismiss>"Cancel"</Button>
                <Button
                    kind=ButtonKind::Danger
                    busy=Signal::derive(move || mutation.is_pending())
                    on_press=on_confirm
                >
                    {act}
                </Button>
            </div>
        </Dialog>
    }
}
