//! The keyboard's shortcuts, and the list of them.

use domain::Tool;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, Storage};

use crate::{
    paths,
    router::{NavigateOptions, use_navigate},
    ui::{Button, Dialog, focus_by_id},
};

/// The id of the search field that `/` goes to, on the pages that have one.
const SEARCH_FIELD: &str = "search";

/// In `localStorage`, with the value [`OFF`] while single-key shortcuts are switched off.
const STORAGE_KEY: &str = "tfe-console.single-keys";
const OFF: &str = "off";

const LIST: [(&str, &str); 4] =
    [("/", "Search versions"), ("n", "Add a Terraform version"), ("?", "This list"), ("Esc", "Close a dialog")];

/// Listens for the shortcuts, and lists them while `open`.
#[component]
pub fn Shortcuts(
    /// Whether the list is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let enabled = RwSignal::new(are_enabled());
    let navigate = use_navigate();
    let keys = window_event_listener(ev::keydown, move |event| {
        if !enabled.get_untracked() || is_typing(&event) {
            return;
        }
        match event.key().as_str() {
            "/" => focus_by_id(SEARCH_FIELD),
            "n" => navigate(&paths::new_tool_version(Tool::Terraform), NavigateOptions::default()),
            "?" => open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let close = Callback::new(move |()| open.set(false));
    let list = || {
        LIST.map(|(key, act)| {
            view! {
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{act}</dd>
            }
            .into_any()
        })
        .into_iter()
        .collect::<Vec<_>>()
    };
    view! {
        <Dialog id="shortcuts" open heading="Keyboard shortcuts" on_dismiss=close>
            <dl class="shortcuts">{list()}</dl>
            <p class="checkbox">
                <input
                    id="single-keys"
                    type="checkbox"
                    prop:checked=enabled
                    on:change:target=move |event| {
                        let is_enabled = event.target().checked();
                        enabled.set(is_enabled);
                        keep_enabled(is_enabled);
                    }
                />
                <label for="single-keys">"Single-key shortcuts"</label>
            </p>
            <div class="dialog-actions">
                <Button on_press=close>"Close"</Button>
            </div>
        </Dialog>
    }
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

fn are_enabled() -> bool {
    let stored = storage().and_then(|storage| storage.get_item(&paths::in_storage(STORAGE_KEY)).ok().flatten());
    stored.as_deref() != Some(OFF)
}

fn keep_enabled(is_enabled: bool) {
    let Some(storage) = storage() else { return };
    let key = paths::in_storage(STORAGE_KEY);
    // Storage may be full or forbidden; then the choice holds until the next reload.
    let _ = if is_enabled { storage.remove_item(&key) } else { storage.set_item(&key, OFF) };
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
