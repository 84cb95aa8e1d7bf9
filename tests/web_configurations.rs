//! The pages of configurations and their versions in a browser, up to the moment at which an archive would be sent.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

use std::sync::Arc;

use leptos::prelude::{document, window};
use serde_json::json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    Installation, LongWaits, Page, TOKEN, UPLOAD_HOST, address, all, answer, ask_to_close_the_tab, at, by_label,
    by_role_name, click, click_button, click_link, definition, description, focused, gone, heading, is_disabled,
    links_in, name, press, rows, said, screen, see, sees, settle, text, type_into, value, wait_for,
};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

#[path = "web_configurations/creating.rs"]
mod creating;
#[path = "web_configurations/following.rs"]
mod following;
#[path = "web_configurations/latest.rs"]
mod latest;
#[path = "web_configurations/opening.rs"]
mod opening;
#[path = "web_configurations/packing.rs"]
mod packing;
#[path = "web_configurations/pairs.rs"]
mod pairs;

const OPEN: &str = "/configurations";
const ATLAS: &str = "/configurations/hashicorp/atlas";
const NEW: &str = "/configurations/hashicorp/atlas/versions/new";

/// Opens an address in a browser that has never opened a configuration.
fn open(installation: &Arc<Installation>, path: &str) -> Page {
    storage().clear().unwrap();
    Page::open(installation, path)
}

/// What the browser keeps from one tab to the next.
fn storage() -> web_sys::Storage {
    window().local_storage().unwrap().unwrap()
}

/// Whether the field says what is wrong with it, in the ways that assistive technology knows.
async fn is_wrong(field: &Element, problem: &str) {
    let who = name(field);
    wait_for(&format!("“{problem}” at {who}"), || description(field).contains(problem).then_some(())).await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{who}");
    assert!(said("alert").iter().any(|alert| alert.contains(problem)), "{:?}", said("alert"));
}

async fn is_right(field: &Element) {
    wait_for(&format!("nothing wrong at {}", name(field)), || (!field.has_attribute("aria-invalid")).then_some(()))
        .await;
}

async fn has_the_focus(element: &Element) {
    wait_for(&format!("the focus on {}", name(element)), || (focused()? == *element).then_some(())).await;
}

/// How many elements of these tags the page has, which nothing from outside may bring about.
fn count(tags: &[&str]) -> u32 {
    let main = document().query_selector("main").unwrap().unwrap();
    tags.iter().map(|tag| main.get_elements_by_tag_name(tag).length()).sum()
}
