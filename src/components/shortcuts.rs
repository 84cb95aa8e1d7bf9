//! The keyboard's shortcuts, and the list of them.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::{
    paths,
    router::Router,
    ui::{ButtonKind, El, View, button, dialog, dialog_actions, el, focus_by_id},
};

/// The id of the search field that `/` goes to, on the pages that have one.
const SEARCH_FIELD: &str = "search";

const LIST: [(&str, &str); 4] =
    [("/", "Search versions"), ("n", "Add a Terraform version"), ("?", "This list"), ("Esc", "Close a dialog")];

/// Listens for the shortcuts, and lists them while `open`.
pub fn shortcuts(open: RwSignal<bool>) -> El {
    let router = expect_context::<Router>();
    let keys = window_event_listener(ev::keydown, move |event| {
        if is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus_by_id(SEARCH_FIELD),
            "n" => router.go(&paths::new_terraform_version()),
            "?" => open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let content = move || {
        let list = LIST.map(|(key, act)| View::from(el("dt").child(el("kbd").child(key))).and(el("dd").child(act)));
        let close = button(ButtonKind::Secondary, "Close", move || open.set(false));
        View::from(el("dl").class("shortcuts").child(list)).and(dialog_actions([close]))
    };
    dialog("shortcuts", open, || "Keyboard shortcuts".to_owned(), content, || ())
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
