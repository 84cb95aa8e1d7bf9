//! A button that copies a text.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{Button, ButtonKind, Icon};

/// Copies what `text` is when it is pressed, and calls `on_outcome` with whether that went well, since the clipboard
/// shows nothing.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it was copied.
    on_outcome: Callback<bool>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let copy = move |()| {
        let text = text.get_untracked();
        spawn_local(async move {
            let is_copied = write(&text).await;
            on_outcome.try_run(is_copied);
        });
    };
    view! {
        <Button kind=ButtonKind::Quiet icon=Icon::Copy on_press=copy>
            {children()}
        </Button>
    }
}

/// `navigator.clipboard` is missing on a page without TLS: asked for by hand, because calling it would throw then.
async fn write(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
