//! The console in use, in a browser: slow presses, slow answers, second thoughts. Each test is a fault that use has
//! shown, and states what is right.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

use std::sync::Arc;

use leptos::prelude::{document, window};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    ADMIN, Archives, Clock, Installation, Language, LongWaits, Page, SHA, TOKEN, address, all, answer,
    ask_to_close_the_tab, at, by_label, by_role_name, choose, click, click_button, click_link, definition, description,
    focus_on, focused, go_back, go_forward, gone, heading, is_busy, is_shown, is_ticked, many, name, press,
    press_slowly, row, rows, said, screen, see, sees, settle, text, timed_out, type_behind, type_into, unreachable,
    url, value, version, wait_for,
};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "web_used/connecting.rs"]
mod connecting;
#[path = "web_used/leaving.rs"]
mod leaving;
#[path = "web_used/listing.rs"]
mod listing;
#[path = "web_used/moments.rs"]
mod moments;
#[path = "web_used/notices.rs"]
mod notices;
#[path = "web_used/pairs.rs"]
mod pairs;
#[path = "web_used/progress.rs"]
mod progress;
#[path = "web_used/refused_archives.rs"]
mod refused_archives;
#[path = "web_used/searching.rs"]
mod searching;
#[path = "web_used/shortcuts.rs"]
mod shortcuts;
#[path = "web_used/uploading.rs"]
mod uploading;

const VERSIONS: &str = "Terraform versions";
const LIST: &str = "/terraform-versions";
const NEW: &str = "/terraform-versions/new";
const EDIT: &str = "/terraform-versions/tool-1.5.0/edit";
const ATLAS: &str = "/configurations/hashicorp/atlas";
const NEW_UPLOAD: &str = "/configurations/hashicorp/atlas/versions/new";
const LEAVE: &str = "Leave without saving?";
const NEW_TOKEN: &str = "user.atlasv1.second";

/// Opens an address in a browser that keeps nothing of before.
fn open(installation: &Arc<Installation>, path: &str) -> Page {
    window().local_storage().unwrap().unwrap().clear().unwrap();
    Page::open(installation, path)
}

async fn has_the_focus(element: &Element) {
    wait_for(&format!("the focus on “{}”", name(element)), || (focused()? == *element).then_some(())).await;
}

/// Fails if the focus is nowhere, or on something that cannot be seen.
fn something_has_the_focus() {
    let has_it = focused().filter(|it| it.is_connected() && is_shown(it));
    assert!(has_it.is_some(), "the focus is lost");
}

/// Whether the user is being asked about leaving.
fn is_asked() -> bool {
    !all("dialog", LEAVE).is_empty()
}

/// The first cells of the table's rows.
fn first_cells() -> Vec<String> {
    rows(VERSIONS).into_iter().filter_map(|row| row.into_iter().next()).collect()
}

/// Waits until the table begins with this.
async fn shown_from(first: &str) -> Vec<String> {
    wait_for(&format!("a table that begins with {first}"), || {
        let shown = first_cells();
        (shown.first().is_some_and(|it| it == first)).then_some(shown)
    })
    .await
}

/// Waits for as long as a pause in typing is, and more.
async fn pause_in_typing() {
    let begun = js_sys::Date::now();
    wait_for("the pause to be over", || (js_sys::Date::now() - begun > 500.0).then_some(())).await;
}
