//! Leaving a form in ways that nobody thinks of, and going where one is.

use super::*;

/// The form with something typed, and the focus outside of its fields.
async fn dirty_form(installation: &Arc<Installation>) -> Page {
    let page = open(installation, NEW);
    type_into(&by_label("Version").await, "1.9").await;
    focus_on(&by_role_name("button", "Keyboard shortcuts").await).await;
    page
}

/// Whether the form still guards what was typed.
async fn is_guarded() {
    assert!(ask_to_close_the_tab(), "the browser does not ask its own question any more");
    click_link("Terraform versions").await;
    by_role_name("dialog", LEAVE).await;
    click_button("Stay").await;
    gone(LEAVE).await;
    assert_eq!(value(&by_label("Version").await), "1.9");
}

#[wasm_bindgen_test]
async fn going_to_the_form_that_one_is_in_asks_nothing_and_loses_nothing() {
    let _page = dirty_form(&Installation::with(many(2))).await;
    press("n").await;
    settle().await;
    assert!(!is_asked(), "nothing would be lost");
    assert_eq!(value(&by_label("Version").await), "1.9");
    is_guarded().await;
}

#[wasm_bindgen_test]
async fn a_form_that_stays_in_spite_of_leave_stays_guarded() {
    let _page = dirty_form(&Installation::with(many(2))).await;
    press("n").await;
    settle().await;
    if is_asked() {
        click_button("Leave").await;
        gone(LEAVE).await;
    }
    heading("Add a Terraform version").await;
    let typed = value(&by_label("Version").await);
    assert!(typed.is_empty() || ask_to_close_the_tab(), "“{typed}” would be lost without a question");
}

#[wasm_bindgen_test]
async fn a_save_that_succeeds_withdraws_the_question_about_leaving() {
    for (path, button, method, told) in
        [(EDIT, "Save changes", "PATCH", "was saved."), (NEW, "Create version", "POST", "was added.")]
    {
        let installation = Installation::with([version("1.5.0")]);
        let held = installation.hold(method);
        let _page = open(&installation, path);
        type_into(&by_label("Version").await, "1.5.1").await;
        type_into(&by_label("URL").await, &url("1.5.1")).await;
        type_into(&by_label("SHA-256").await, SHA).await;
        click_button(button).await;
        held.arrives().await;
        click_link("Terraform versions").await;
        by_role_name("dialog", LEAVE).await;
        held.release();
        see(told).await;
        wait_for("the question to be withdrawn", || (!is_asked()).then_some(())).await;
        heading("Terraform 1.5.1").await;
        assert!(!ask_to_close_the_tab(), "there is nothing to lose any more");
        click_link("Terraform versions").await;
        at(LIST).await;
    }
}

#[wasm_bindgen_test]
async fn signing_out_waits_for_the_save_that_makes_it_safe() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("PATCH");
    let page = open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    click_button("Save changes").await;
    held.arrives().await;
    click_button("Sign out").await;
    by_role_name("dialog", LEAVE).await;
    held.release();
    heading("Connect").await;
    assert!(page.kept().is_none(), "nobody is connected any more");
}

#[wasm_bindgen_test]
async fn several_backs_at_once_out_of_a_form_ask_once_and_stay_keeps_the_form() {
    let _page = open(&Installation::with([version("1.5.0")]), LIST);
    click_link("1.5.0").await;
    click_link("Edit").await;
    type_into(&by_label("Version").await, "1.5.1").await;
    let history = window().history().unwrap();
    history.back().unwrap();
    history.back().unwrap();
    by_role_name("dialog", LEAVE).await;
    at(EDIT).await;
    click_button("Stay").await;
    gone(LEAVE).await;
    assert_eq!((address().as_str(), value(&by_label("Version").await).as_str()), (EDIT, "1.5.1"));
    type_into(&by_label("Version").await, "1.5.0").await;
    go_back().await;
    heading("Terraform 1.5.0").await;
}

#[wasm_bindgen_test]
async fn a_save_that_fails_leaves_the_question_about_leaving_open() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("PATCH");
    installation.once("PATCH", answer(500, ""));
    let _page = open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    click_button("Save changes").await;
    held.arrives().await;
    click_link("Terraform versions").await;
    by_role_name("dialog", LEAVE).await;
    held.release();
    settle().await;
    click_button("Stay").await;
    see("The server failed to do this.").await;
    assert_eq!(value(&by_label("Version").await), "1.5.1");
}

#[wasm_bindgen_test]
async fn a_click_on_the_link_of_the_present_page_is_no_step_that_back_undoes() {
    let _page = open(&Installation::with(many(2)), NEW);
    heading("Add a Terraform version").await;
    click_link("Terraform versions").await;
    shown_from("1.0.2").await;
    for _ in 0..2 {
        click_link("Terraform versions").await;
        settle().await;
    }
    go_back().await;
    settle().await;
    at(NEW).await;
}

#[wasm_bindgen_test]
async fn back_and_then_stay_keeps_the_way_forward() {
    let _page = open(&Installation::with(many(2)), LIST);
    click_link("Add version").await;
    heading("Add a Terraform version").await;
    click_link("Configuration versions").await;
    heading("Configuration versions").await;
    go_back().await;
    heading("Add a Terraform version").await;
    let field = by_label("Version").await;
    type_into(&field, "1.9").await;
    for _ in 0..2 {
        go_back().await;
        by_role_name("dialog", LEAVE).await;
        wait_for("the form's address", || (address() == NEW).then_some(())).await;
        click_button("Stay").await;
        gone(LEAVE).await;
        assert!(field.is_connected());
        assert_eq!(value(&field), "1.9");
    }
    go_forward().await;
    by_role_name("dialog", LEAVE).await;
    click_button("Leave").await;
    at("/configurations").await;
    heading("Configuration versions").await;
    go_back().await;
    heading("Add a Terraform version").await;
    assert_eq!(value(&by_label("Version").await), "", "it was given up");
    go_back().await;
    shown_from("1.0.2").await;
}

#[wasm_bindgen_test]
async fn forward_out_of_a_form_and_then_stay_keeps_both_ways() {
    let _page = open(&Installation::with(many(2)), LIST);
    click_link("Add version").await;
    click_link("Configuration versions").await;
    heading("Configuration versions").await;
    go_back().await;
    heading("Add a Terraform version").await;
    type_into(&by_label("Version").await, "1.9").await;
    go_forward().await;
    by_role_name("dialog", LEAVE).await;
    click_button("Stay").await;
    gone(LEAVE).await;
    at(NEW).await;
    type_into(&by_label("Version").await, "").await;
    go_forward().await;
    heading("Configuration versions").await;
    go_back().await;
    heading("Add a Terraform version").await;
    go_back().await;
    shown_from("1.0.2").await;
}
