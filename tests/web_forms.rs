//! Adding and editing a Terraform version in a browser: what is checked, sent and told, and that nothing is lost.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

use serde_json::json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    Installation, Page, SHA, SHA_2, address, all, answer, ask_to_close_the_tab, at, by_label, by_role_name, click,
    click_button, click_link, description, errors, focused, go_back, gone, heading, is_busy, is_disabled, is_ticked,
    many, name, press, row, rows, said, see, sees, settle, text, timed_out, type_into, unreachable, url, value,
    version, wait_for,
};
use wire::Arch;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "web_forms/creating.rs"]
mod creating;
#[path = "web_forms/editing.rs"]
mod editing;
#[path = "web_forms/leaving.rs"]
mod leaving;
#[path = "web_forms/saving.rs"]
mod saving;
#[path = "web_forms/unanswered.rs"]
mod unanswered;
#[path = "web_forms/wording.rs"]
mod wording;

const LIST: &str = "/terraform-versions";
const NEW: &str = "/terraform-versions/new";
const EDIT: &str = "/terraform-versions/tool-1.5.0/edit";
const NOTHING_CHANGED: &str = "Nothing has changed yet, so there is nothing to save.";

async fn fill_in(number: &str) {
    type_into(&by_label("Version").await, number).await;
    type_into(&by_label("URL").await, &url(number)).await;
    type_into(&by_label("SHA-256").await, SHA).await;
}

/// Whether the field says what is wrong with it, in the ways that assistive technology knows.
async fn is_wrong(label: &str, problem: &str) {
    let field = by_label(label).await;
    wait_for(&format!("“{problem}” at {label}"), || description(&field).contains(problem).then_some(())).await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{label}");
    assert!(said("alert").iter().any(|alert| alert.contains(problem)), "{:?}", said("alert"));
}

async fn is_right(label: &str) {
    let field = by_label(label).await;
    wait_for(&format!("nothing wrong at {label}"), || (!field.has_attribute("aria-invalid")).then_some(())).await;
}

async fn has_the_focus(label: &str) {
    wait_for(&format!("the focus on {label}"), || (name(&focused()?) == label).then_some(())).await;
}

async fn stays_typed(number: &str) {
    assert_eq!(value(&by_label("Version").await), number);
    assert_eq!(value(&by_label("URL").await), url(number));
    assert_eq!(value(&by_label("SHA-256").await), SHA);
}
