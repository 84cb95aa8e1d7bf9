//! The list under failures and changes: what stays is left alone, and what was told is told no longer than it is true.

use super::*;

/// Waits for the address of the list with all of this in its query, and nothing else.
async fn at_list_with(query: &[&str]) {
    wait_for(&format!("the list with {query:?}"), || {
        let address = address();
        let (path, parts) = address.split_once('?')?;
        let parts: Vec<&str> = parts.split('&').collect();
        let has_all = query.iter().all(|part| parts.contains(part)) && parts.len() == query.len();
        (path == LIST && has_all).then_some(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_failed_refresh_leaves_the_rows_and_the_focus_in_them_alone() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.45").await;
    let links: Vec<Element> = [by_role_name("link", "1.0.45").await, by_role_name("link", "1.0.26").await].into();
    let table = by_role_name("table", VERSIONS).await;
    installation.always("page[number]=1", answer(500, ""));
    click_button("Refresh").await;
    let focused_link = links.first().unwrap();
    focus_on(focused_link).await;
    by_role_name("button", "Try again").await;
    settle().await;
    assert!(table.is_connected() && links.iter().all(|it| it.is_connected()), "the rows were made anew");
    assert_eq!(focused().as_ref(), Some(focused_link), "the focus is lost");
}

#[wasm_bindgen_test]
async fn trying_again_leaves_the_rows_alone_and_forgets_the_failure() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.45").await;
    let link = by_role_name("link", "1.0.43").await;
    installation.always("page[number]=1", answer(500, ""));
    click_button("Refresh").await;
    by_role_name("button", "Try again").await;
    installation.mend();
    let held = installation.hold("page[number]=1");
    click_button("Try again").await;
    held.arrives().await;
    settle().await;
    assert!(link.is_connected(), "the rows were made anew");
    assert_eq!(said("alert"), [""; 0], "it was about the refresh before");
    something_has_the_focus();
    held.release();
    wait_for("the end of loading", || (!is_busy()).then_some(())).await;
    assert!(link.is_connected(), "the rows were made anew");
    something_has_the_focus();
}

#[wasm_bindgen_test]
async fn a_refresh_keeps_the_rows_marks_what_has_changed_until_it_is_looked_at_and_drops_what_has_gone() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.45").await;
    let (first, last) = (by_role_name("link", "1.0.45").await, by_role_name("link", "1.0.26").await);
    click(&by_role_name("checkbox", "Select 1.0.44").await).await;
    click(&by_role_name("checkbox", "Select 1.0.43").await).await;
    installation.change("tool-1.0.45", |version| version.enabled = false);
    installation.forget("tool-1.0.44");
    click_button("Refresh").await;
    see("44 versions").await;
    assert!(first.is_connected() && last.is_connected(), "the rows were made anew");
    assert_eq!(row(VERSIONS, "1.0.45 changed").get(1).map(String::as_str), Some("Disabled"));
    assert_eq!(row(VERSIONS, "1.0.26").get(1).map(String::as_str), Some("Enabled"));
    see("1.0.44 is not there any more, and not selected.").await;
    assert!(is_ticked(&by_role_name("checkbox", "Select 1.0.43").await), "the rest of the selection stays");
    click_link("1.0.45").await;
    heading("Terraform 1.0.45").await;
    click_link("All versions").await;
    see("44 versions").await;
    assert!(!sees("changed"));
}

#[wasm_bindgen_test]
async fn rows_that_stay_are_the_same() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.45").await;
    let (first, last) = (by_role_name("link", "1.0.45").await, by_role_name("link", "1.0.26").await);
    choose(&by_label("Rows per page").await, "50").await;
    wait_for("all rows", || (first_cells().len() == 45).then_some(())).await;
    assert!(first.is_connected() && last.is_connected(), "the rows were made anew");
    assert_eq!(first_cells().last().map(String::as_str), Some("1.0.1"), "in their order");
    click_button("Version").await;
    wait_for("the other order", || (first_cells().first()? == "1.0.1").then_some(())).await;
    assert!(first.is_connected() && last.is_connected(), "the rows were made anew");
    type_into(&by_label("Search versions").await, "1.0.26").await;
    wait_for("the row that was found", || (first_cells() == ["1.0.26"]).then_some(())).await;
    assert!(last.is_connected(), "the row was made anew");
}

#[wasm_bindgen_test]
async fn after_a_delete_the_list_is_as_it_was_left() {
    let installation = Installation::with(many(120));
    let _page = open(&installation, "/terraform-versions?page=2&size=50&search=1.0.&sort=version&is=enabled");
    shown_from("1.0.51").await;
    click_link("1.0.51").await;
    click_button("Delete version").await;
    click_button("Delete").await;
    see("Terraform 1.0.51 was deleted.").await;
    at_list_with(&["page=2", "size=50", "search=1.0.", "sort=version", "is=enabled"]).await;
    assert_eq!(shown_from("1.0.52").await.len(), 50);
    assert_eq!(value(&by_label("Search versions").await), "1.0.");
    assert_eq!(value(&by_label("Rows per page").await), "50");
}

#[wasm_bindgen_test]
async fn after_an_edit_and_a_delete_the_list_is_as_it_was_left() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.45").await;
    click_button("Next page").await;
    shown_from("1.0.25").await;
    click_link("1.0.25").await;
    click_link("Edit").await;
    click(&by_label("Beta").await).await;
    click_button("Save changes").await;
    see("was saved.").await;
    click_button("Delete version").await;
    click_button("Delete").await;
    see("Terraform 1.0.25 was deleted.").await;
    at_list_with(&["page=2"]).await;
    shown_from("1.0.24").await;
}

#[wasm_bindgen_test]
async fn a_slow_press_on_a_box_ticks_it_while_answers_come() {
    let installation = Installation::with(many(250));
    let held = installation.hold("page[size]=100");
    let _page = open(&installation, LIST);
    held.arrives().await;
    shown_from("1.0.20").await;
    let box_of_page = by_role_name("checkbox", "Select page").await;
    press_slowly(&box_of_page, async || {
        held.release();
        shown_from("1.0.250").await;
    })
    .await;
    assert!(box_of_page.is_connected() && is_ticked(&box_of_page));
}
