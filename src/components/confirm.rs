//! The one confirm dialog: it names the thing, says what follows, and its button names the act.

use leptos::prelude::*;

use super::ErrorNotice;
use crate::{
    query::Mutation,
    ui::{Button, ButtonKind, Dialog},
};

/// Asks before `act`. A failure is told in the dialog, which stays open then.
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
    #[prop(into)]
    on_confirm: Callback<()>,
) -> AnyView {
    let close = move |()| {
        mutation.cancel();
        mutation.forget_error();
        open.set(false);
    };
    let content = move || {
        let pending = mutation.pending();
        view! {
            <p>{move || consequence.get()}</p>
            {move || mutation.error().get().map(|error| view! { <ErrorNotice error/> })}
            <div class="dialog-actions">
                <Button label="Cancel" on_press=close/>
                <Button
                    kind=ButtonKind::Danger
                    label=Signal::derive(move || if pending.get() { format!("{act}…") } else { act.to_owned() })
                    disabled=pending
                    on_press=on_confirm
                />
            </div>
        }
    };
    view! { <Dialog id open heading on_dismiss=close>{content()}</Dialog> }.into_any()
}
