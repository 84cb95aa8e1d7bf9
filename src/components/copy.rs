//! A copy button whose outcome is told with the other outcomes.

use leptos::prelude::*;

use super::Toasts;
use crate::ui::CopyButton;

/// Copies `text` and tells so.
#[component]
pub fn Copy(
    /// What the button is called, for example "Copy URL".
    label: &'static str,
    /// What is copied.
    text: String,
) -> AnyView {
    let toasts = expect_context::<Toasts>();
    let tell = move |copied: bool| {
        if copied {
            toasts.tell("Copied to the clipboard.");
        } else {
            toasts.warn("The browser did not allow copying. Select the text and copy it by hand.");
        }
    };
    view! { <CopyButton label text on_outcome=tell/> }.into_any()
}
