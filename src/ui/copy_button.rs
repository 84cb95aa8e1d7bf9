//! A button that copies a text.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

/// Copies `text`.
#[component]
pub fn CopyButton(
    /// What the button is called, for example "Copy URL".
    label: &'static str,
    /// What is copied.
    text: String,
    /// Called with whether it was copied, since the clipboard shows nothing.
    #[prop(into)]
    on_outcome: Callback<bool>,
) -> AnyView {
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            let copied = write(&text).await;
            // The page may be gone by now; then nobody waits for the outcome.
            on_outcome.try_run(copied);
        });
    };
    view! { <button type="button" class="button" data-kind="quiet" on:click=copy>{label}</button> }.into_any()
}

/// `navigator.clipboard` is missing on a page without TLS: asked for by hand, because calling it would throw then.
async fn write(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
