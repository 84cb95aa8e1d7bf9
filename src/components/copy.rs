//! A copy button whose outcome is told with the other outcomes.

use leptos::prelude::*;

use super::Toasts;
use crate::ui::CopyButton;

/// Copies what `text` is when it is pressed, and tells so.
#[component]
pub fn Copy(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let tell = Callback::new(move |is_copied| {
        if is_copied {
            toasts.tell("Copied to the clipboard.");
        } else {
            toasts.warn("The browser did not allow copying. Select the text and copy it by hand.");
        }
    });
    view! {
        <CopyButton text on_outcome=tell>
            {children()}
        </CopyButton>
    }
}
