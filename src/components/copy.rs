//! A copy button whose outcome is told with the other outcomes.

use leptos::prelude::expect_context;

use super::Toasts;
use crate::ui::{El, copy_button};

/// Copies `text` and tells so.
pub fn copy(label: &str, text: String) -> El {
    copy_of(label, move || text.clone())
}

/// Copies what `text` is then and tells so.
pub fn copy_of(label: &str, text: impl Fn() -> String + 'static) -> El {
    let toasts = expect_context::<Toasts>();
    copy_button(label, text, move |copied| {
        if copied {
            toasts.tell("Copied to the clipboard.");
        } else {
            toasts.warn("The browser did not allow copying. Select the text and copy it by hand.");
        }
    })
}
