//! What every page has, in a browser: headings and titles, shortcuts, dialogs, messages, and the last resort.
//!
//! Longer than 300 lines because each file is a program of its own, and linking one takes longer than running it.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    Installation, LongWaits, Page, address, all, at, by_label, by_role_name, click, click_button, click_link, focused,
    go_back, gone, have_a_fault, heading, many, name, press, said, see, sees, settle, version, wait_for,
};
use web_sys::{Element, Event, window};

wasm_bindgen_test_configure!(run_in_browser);

fn title() -> String {
    window().unwrap().document().unwrap().title()
}

async fn has_the_focus(what: &Element) {
    wait_for(&format!("the focus on “{}”", name(what)), || (focused().as_ref() == Some(what)).then_some(())).await;
}

/// A key with a modifier, which is the browser's own shortcut; whether the console took it.
fn press_with(modifier: &str, key: &str) -> bool {
    let options = Object::new();
    for (option, value) in
        [("key", key.into()), ("bubbles", true.into()), ("cancelable", true.into()), (modifier, true.into())]
    {
        Reflect::set(&options, &option.into(), &value).unwrap();
    }
    let constructor: Function = Reflect::get(&window().unwrap(), &"KeyboardEvent".into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&"keydown".into(), &options)).unwrap();
    !focused().unwrap().dispatch_event(event.unchecked_ref()).unwrap()
}

#[wasm_bindgen_test]
async fn every_page_has_its_heading_its_title_and_the_focus_there() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, "/terraform-versions");
    let pages = [
        ("Terraform versions", "/terraform-versions"),
        ("Terraform 1.5.0", "/terraform-versions/tool-1.5.0"),
        ("Edit Terraform 1.5.0", "/terraform-versions/tool-1.5.0/edit"),
        ("Terraform versions", "/terraform-versions"),
        ("Add a Terraform version", "/terraform-versions/new"),
    ];
    let ways = ["", "1.5.0", "Edit", "Terraform versions", "Add version"];
    for ((text, path), way) in pages.into_iter().zip(ways) {
        if !way.is_empty() {
            click_link(way).await;
        }
        at(path).await;
        has_the_focus(&heading(text).await).await;
        assert!(title().starts_with(text), "{}", title());
    }
}

#[wasm_bindgen_test]
async fn the_heading_and_the_title_follow_what_is_read() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("GET /admin/terraform-versions/");
    let _page = Page::open(&installation, "/terraform-versions/tool-1.5.0");
    held.arrives().await;
    let known = heading("Terraform version").await;
    has_the_focus(&known).await;
    held.release();
    let known_then = heading("Terraform 1.5.0").await;
    assert_eq!(known, known_then, "the focus stays on it");
    has_the_focus(&known).await;
    assert!(title().starts_with("Terraform 1.5.0"));
}

#[wasm_bindgen_test]
async fn the_first_address_leads_to_the_list() {
    let page = Page::open(&Installation::with(many(1)), "/terraform-versions/new");
    heading("Add a Terraform version").await;
    drop(page);
    let _page = Page::open(&Installation::with(many(1)), "/");
    at("/terraform-versions").await;
    heading("Terraform versions").await;
}

#[wasm_bindgen_test]
async fn the_navigation_marks_where_the_user_is() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions/tool-1.0.1/");
    heading("Terraform 1.0.1").await;
    by_role_name("navigation", "Main").await;
    let link = by_role_name("link", "Terraform versions").await;
    assert_eq!(link.get_attribute("aria-current").as_deref(), Some("page"));
}

#[wasm_bindgen_test]
async fn the_keyboard_skips_the_navigation() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    see("1–1 of 1").await;
    click_link("Skip to the content").await;
    wait_for("the focus on the content", || focused().filter(|it| it.tag_name() == "MAIN")).await;
    assert_eq!(address(), "/terraform-versions");
    assert!(sees("1–1 of 1"));
}

#[wasm_bindgen_test]
async fn a_link_for_another_tab_is_left_to_the_browser() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    let link = by_role_name("link", "1.0.1").await;
    let taken = Rc::new(Cell::new(true));
    let seen = Rc::clone(&taken);
    // After the console's own listener; what would open a tab is stopped here.
    let last = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        seen.set(event.default_prevented());
        event.prevent_default();
    });
    let window = window().unwrap();
    window.add_event_listener_with_callback("click", last.as_ref().unchecked_ref()).unwrap();
    for (modifier, is_taken) in [("ctrlKey", false), ("metaKey", false), ("shiftKey", false), ("none", true)] {
        let options = Object::new();
        for option in ["bubbles", "cancelable", modifier] {
            Reflect::set(&options, &option.into(), &true.into()).unwrap();
        }
        let constructor: Function = Reflect::get(&window, &"MouseEvent".into()).unwrap().unchecked_into();
        let event = Reflect::construct(&constructor, &Array::of2(&"click".into(), &options)).unwrap();
        link.dispatch_event(event.unchecked_ref()).unwrap();
        assert_eq!(taken.get(), is_taken, "{modifier}");
    }
    window.remove_event_listener_with_callback("click", last.as_ref().unchecked_ref()).unwrap();
    heading("Terraform 1.0.1").await;
}

#[wasm_bindgen_test]
async fn a_question_mark_lists_the_shortcuts() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    let heading = heading("Terraform versions").await;
    has_the_focus(&heading).await;
    press("?").await;
    by_role_name("dialog", "Keyboard shortcuts").await;
    for line in ["/ Search versions", "n Add a Terraform version", "? This list", "Esc Close a dialog"] {
        see(line).await;
    }
    press("n").await;
    assert_eq!(address(), "/terraform-versions", "not while a dialog is open");
    press("Escape").await;
    gone("This list").await;
    has_the_focus(&heading).await;
}

#[wasm_bindgen_test]
async fn a_closed_dialog_gives_the_focus_back_to_its_button() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    see("1–1 of 1").await;
    let button = by_role_name("button", "Keyboard shortcuts").await;
    click(&button).await;
    click_button("Close").await;
    gone("This list").await;
    has_the_focus(&button).await;
    click(&button).await;
    by_role_name("dialog", "Keyboard shortcuts").await;
    press("Escape").await;
    gone("This list").await;
    has_the_focus(&button).await;
    click(&button).await;
    see("This list").await;
}

#[wasm_bindgen_test]
async fn a_slash_goes_to_the_search() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    has_the_focus(&heading("Terraform versions").await).await;
    press("/").await;
    has_the_focus(&by_label("Search versions").await).await;
}

#[wasm_bindgen_test]
async fn n_goes_to_the_new_version() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    has_the_focus(&heading("Terraform versions").await).await;
    press("n").await;
    heading("Add a Terraform version").await;
    go_back().await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn letters_in_a_field_are_no_shortcuts() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    see("1–1 of 1").await;
    let search = by_label("Search versions").await;
    click(&search).await;
    for key in ["n", "/", "?"] {
        press(key).await;
        assert_eq!(address(), "/terraform-versions");
        assert_eq!(all("dialog", "Keyboard shortcuts").len(), 0);
    }
    has_the_focus(&search).await;
    click(&by_label("Rows per page").await).await;
    press("n").await;
    assert_eq!(address(), "/terraform-versions");
}

#[wasm_bindgen_test]
async fn the_browsers_own_shortcuts_are_left_alone() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    has_the_focus(&heading("Terraform versions").await).await;
    for (modifier, key) in [("ctrlKey", "n"), ("metaKey", "n"), ("altKey", "/")] {
        assert!(!press_with(modifier, key), "{modifier} {key}");
    }
    settle().await;
    assert_eq!(address(), "/terraform-versions");
}

#[wasm_bindgen_test]
async fn a_slash_where_there_is_no_search_does_nothing() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions/tool-1.0.1");
    let heading = heading("Terraform 1.0.1").await;
    has_the_focus(&heading).await;
    press("/").await;
    settle().await;
    has_the_focus(&heading).await;
}

#[wasm_bindgen_test]
async fn messages_can_be_dismissed_one_by_one() {
    let page = Page::open(&Installation::with(many(1)), "/terraform-versions/tool-1.0.1");
    click_button("Copy URL").await;
    see("Copied to the clipboard.").await;
    page.has_no_clipboard();
    click_button("Copy id").await;
    see("The browser did not allow copying.").await;
    assert_eq!(said("status"), ["Copied to the clipboard. Dismiss"]);
    assert_eq!(said("alert").len(), 1);
    let dismiss = all("button", "Dismiss");
    assert_eq!(dismiss.len(), 2);
    click(dismiss.first().unwrap()).await;
    gone("Copied to the clipboard.").await;
    click_button("Dismiss").await;
    gone("The browser did not allow copying.").await;
}

#[wasm_bindgen_test]
async fn an_outcome_goes_away_by_itself_and_a_failure_stays() {
    let page = Page::open(&Installation::with(many(1)), "/terraform-versions/tool-1.0.1");
    heading("Terraform 1.0.1").await;
    let waits = LongWaits::take();
    click_button("Copy URL").await;
    see("Copied to the clipboard.").await;
    page.has_no_clipboard();
    click_button("Copy id").await;
    see("The browser did not allow copying.").await;
    settle().await;
    assert!(sees("Copied to the clipboard."));
    waits.are_over();
    gone("Copied to the clipboard.").await;
    assert!(sees("The browser did not allow copying."));
}

#[wasm_bindgen_test]
async fn a_fault_of_the_program_is_told_without_its_help() {
    have_a_fault("<b>the reactor</b> is on fire");
    have_a_fault("and so is the roof");
    let alerts = said("alert");
    assert_eq!(alerts.len(), 1, "one notice is enough: {alerts:?}");
    let alert = alerts.concat();
    assert!(alert.contains("The console stopped working.") && alert.contains("copy it before you reload"), "{alert}");
    assert!(alert.contains("<b>the reactor</b> is on fire"), "{alert}");
    by_role_name("link", "Reload the page").await;
    window().unwrap().document().unwrap().get_element_by_id("panic-notice").unwrap().remove();
}
