//! The keyboard's shortcuts, and the list of them.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::{
    paths,
    router::Router,
    ui::{Button, Dialog, focus_by_id},
};

/// The id of the search field that `/` goes to, on the pages that have one.
const SEARCH_FIELD: &str = "search";

/// Listens for the shortcuts, and lists them while `open`.
#[component]
pub fn Shortcuts(
    /// Whether the list is shown.
    open: RwSignal<bool>,
) -> AnyView {
    let router = expect_context::<Router>();
    let keys = window_event_listener(ev::keydown, move |event| {
        if is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus_by_id(SEARCH_FIELD),
            "n" => router.go(paths::new_terraform_version()),
            "?" => open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    view! {
        <Dialog id="shortcuts" open heading="Keyboard shortcuts">
            <dl class="shortcuts">
                <dt><kbd>"/"</kbd></dt>
                <dd>"Search versions"</dd>
                <dt><kbd>"n"</kbd></dt>
                <dd>"Add a Terraform version"</dd>
                <dt><kbd>"?"</kbd></dt>
                <dd>"This list"</dd>
                <dt><kbd>"Esc"</kbd></dt>
                <dd>"Close a dialog"</dd>
            </dl>
            <div class="dialog-actions">
                <Button label="Close" on_press=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Whether the key belongs to something else: a field, an open dialog, or the browser's own shortcuts.
fn is_typing(event: &KeyboardEvent) -> bool {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("input, textarea, select, [contenteditable], dialog").ok().flatten())
        .is_some();
    let in_dialog = document().query_selector("dialog[open]").ok().flatten().is_some();
    in_field || in_dialog || event.ctrl_key() || event.meta_key() || event.alt_key()
}
