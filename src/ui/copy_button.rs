//! A button that copies a text.

use leptos::{prelude::window, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{ButtonKind, El, button};

/// Copies what `text` is then, and calls `on_outcome` with whether that went well, since the clipboard shows nothing.
pub fn copy_button(label: &str, text: impl Fn() -> String + 'static, on_outcome: impl Fn(bool) + Copy + 'static) -> El {
    button(ButtonKind::Quiet, label, move || {
        let text = text();
        spawn_local(async move { on_outcome(write(&text).await) });
    })
}

/// `navigator.clipboard` is missing on a page without TLS: asked for by hand, because calling it would throw then.
async fn write(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
