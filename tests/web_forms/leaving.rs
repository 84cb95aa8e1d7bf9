//! Leaving a form with unsaved changes.

use super::*;

#[wasm_bindgen_test]
async fn a_link_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with(many(2)), NEW);
    type_into(&by_label("Version").await, "1.9").await;
    for way in ["Terraform versions", "Cancel"] {
        click_link(way).await;
        by_role_name("dialog", "Leave without saving?").await;
        click_button("Stay").await;
        gone("Leave without saving?").await;
        assert_eq!(address(), NEW);
        has_the_focus(way).await;
        assert_eq!(value(&by_label("Version").await), "1.9");
    }
    click_link("Cancel").await;
    press("Escape").await;
    gone("Leave without saving?").await;
    assert_eq!(address(), NEW, "Escape stays");
    click_link("Cancel").await;
    click_button("Leave").await;
    at(LIST).await;
    see("1–2 of 2").await;
    click_link("Add version").await;
    assert_eq!(value(&by_label("Version").await), "", "it was given up");
}

#[wasm_bindgen_test]
async fn back_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with(many(30)), "/terraform-versions?page=2");
    see("21–30 of 30").await;
    click_link("Add version").await;
    type_into(&by_label("Version").await, "1.9").await;
    for _ in 0..2 {
        go_back().await;
        by_role_name("dialog", "Leave without saving?").await;
        assert_eq!(address(), NEW);
        click_button("Stay").await;
        gone("Leave without saving?").await;
        assert_eq!(value(&by_label("Version").await), "1.9");
    }
    go_back().await;
    click_button("Leave").await;
    at("/terraform-versions?page=2").await;
    see("21–30 of 30").await;
}

#[wasm_bindgen_test]
async fn disconnecting_from_a_dirty_form_asks_first() {
    let page = Page::open(&Installation::with(many(1)), NEW);
    type_into(&by_label("Version").await, "1.9").await;
    click_button("Sign out").await;
    click_button("Stay").await;
    assert_eq!(value(&by_label("Version").await), "1.9");
    assert!(page.kept().is_some());
    click_button("Sign out").await;
    click_button("Leave").await;
    heading("Connect").await;
    assert_eq!(page.kept(), None);
}

#[wasm_bindgen_test]
async fn a_shortcut_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with([version("1.5.0")]), EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    heading("Edit Terraform 1.5.0").await;
    click_link("Cancel").await;
    click_button("Stay").await;
    // The focus is on the link again, where a letter is a shortcut.
    press("n").await;
    by_role_name("dialog", "Leave without saving?").await;
    click_button("Leave").await;
    heading("Add a Terraform version").await;
}

#[wasm_bindgen_test]
async fn only_a_dirty_form_is_asked_about() {
    let _page = Page::open(&Installation::with(many(1)), NEW);
    let field = by_label("Version").await;
    assert!(!ask_to_close_the_tab());
    type_into(&field, "1.9").await;
    assert!(ask_to_close_the_tab(), "the browser asks its own question");
    type_into(&field, "").await;
    assert!(!ask_to_close_the_tab());
    click_link("Terraform versions").await;
    at(LIST).await;
    assert!(!ask_to_close_the_tab());
}
