//! Single-key shortcuts, which must not be in the way of somebody who speaks to the browser (WCAG 2.1.4).

use super::*;

const SWITCH: &str = "Single-key shortcuts";

async fn open_the_list_of_shortcuts() -> Element {
    click_button("Keyboard shortcuts").await;
    by_role_name("dialog", "Keyboard shortcuts").await;
    by_role_name("checkbox", SWITCH).await
}

async fn close_it() {
    click_button("Close").await;
    wait_for("the dialog to close", || all("dialog", "Keyboard shortcuts").is_empty().then_some(())).await;
}

/// Presses every single key; the page stays as it is.
async fn keys_do_nothing() {
    focus_on(&heading(VERSIONS).await).await;
    for key in ["n", "/", "?"] {
        press(key).await;
        settle().await;
        assert_eq!(address(), LIST, "{key}");
        assert!(all("dialog", "Keyboard shortcuts").is_empty(), "{key}");
        assert_eq!(focused().map(|it| name(&it)).as_deref(), Some(VERSIONS), "{key}");
    }
}

#[wasm_bindgen_test]
async fn single_key_shortcuts_can_be_switched_off_and_stay_so_over_a_reload() {
    let page = open(&Installation::with(many(1)), LIST);
    shown_from("1.0.1").await;
    let switch = open_the_list_of_shortcuts().await;
    assert!(is_ticked(&switch), "they are there at first");
    click(&switch).await;
    assert!(!is_ticked(&switch));
    close_it().await;
    keys_do_nothing().await;

    page.reload();
    shown_from("1.0.1").await;
    keys_do_nothing().await;
    let switch = open_the_list_of_shortcuts().await;
    assert!(!is_ticked(&switch), "the choice is kept");
    press("Escape").await;
    wait_for("Escape to close it", || all("dialog", "Keyboard shortcuts").is_empty().then_some(())).await;
}

#[wasm_bindgen_test]
async fn single_key_shortcuts_can_be_switched_on_again() {
    let page = open(&Installation::with(many(1)), LIST);
    shown_from("1.0.1").await;
    let switch = open_the_list_of_shortcuts().await;
    click(&switch).await;
    click(&switch).await;
    assert!(is_ticked(&switch));
    close_it().await;
    page.reload();
    shown_from("1.0.1").await;
    focus_on(&heading(VERSIONS).await).await;
    press("n").await;
    heading("Add a Terraform version").await;
}

#[wasm_bindgen_test]
async fn a_damaged_choice_of_shortcuts_is_as_if_none_was_made() {
    let page = open(&Installation::with(many(1)), LIST);
    shown_from("1.0.1").await;
    click(&open_the_list_of_shortcuts().await).await;
    close_it().await;
    let storage = window().local_storage().unwrap().unwrap();
    let keys: Vec<String> = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap()).collect();
    assert!(!keys.is_empty(), "the choice is kept in the browser's storage");
    for key in keys {
        storage.set_item(&key, "{\u{202E}").unwrap();
    }
    page.reload();
    shown_from("1.0.1").await;
    focus_on(&heading(VERSIONS).await).await;
    press("n").await;
    heading("Add a Terraform version").await;
}
