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
async fn a_failure_leaves_the_rows_and_the_focus_in_them_alone() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    click_button("Next page").await;
    shown_from("1.0.21").await;
    let links: Vec<Element> = [by_role_name("link", "1.0.21").await, by_role_name("link", "1.0.40").await].into();
    let table = by_role_name("table", VERSIONS).await;
    let focused_link = links.first().unwrap();
    focus_on(focused_link).await;
    installation.always("page[number]=1", answer(500, ""));
    go_back().await;
    by_role_name("button", "Try again").await;
    settle().await;
    assert!(table.is_connected() && links.iter().all(|it| it.is_connected()), "the rows were made anew");
    assert_eq!(focused().as_ref(), Some(focused_link), "the focus is lost");
}

#[wasm_bindgen_test]
async fn trying_again_leaves_the_rows_alone_until_others_come() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    let link = by_role_name("link", "1.0.3").await;
    installation.always("page[number]=2", answer(500, ""));
    click_button("Next page").await;
    by_role_name("button", "Try again").await;
    installation.mend();
    let held = installation.hold("page[number]=2");
    click_button("Try again").await;
    held.arrives().await;
    settle().await;
    assert!(link.is_connected(), "the rows were made anew");
    something_has_the_focus();
    held.release();
    shown_from("1.0.21").await;
    something_has_the_focus();
}

#[wasm_bindgen_test]
async fn the_failure_of_a_page_is_not_told_while_another_loads_and_is_there() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    installation.always("page[number]=2", answer(500, ""));
    click_button("Next page").await;
    by_role_name("button", "Try again").await;
    let held = installation.hold("page[number]=1");
    go_back().await;
    held.arrives().await;
    settle().await;
    assert_eq!(said("alert"), [""; 0], "it was about another page");
    held.release();
    settle().await;
    assert_eq!(said("alert"), [""; 0]);
    shown_from("1.0.1").await;
    see("1–20 of 45").await;
}

#[wasm_bindgen_test]
async fn rows_that_stay_are_the_same_and_say_what_has_changed() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    let (first, last) = (by_role_name("link", "1.0.1").await, by_role_name("link", "1.0.20").await);
    installation.change("tool-1.0.1", |version| version.enabled = false);
    choose(&by_label("Rows per page").await, "50").await;
    wait_for("all rows", || (first_cells().len() == 45).then_some(())).await;
    assert!(first.is_connected() && last.is_connected(), "the rows were made anew");
    assert_eq!(row(VERSIONS, "1.0.1").get(1).map(String::as_str), Some("Disabled"));
    assert_eq!(row(VERSIONS, "1.0.20").get(1).map(String::as_str), Some("Enabled"));
    assert_eq!(first_cells().last().map(String::as_str), Some("1.0.45"), "in their order");

    type_into(&by_label("Search versions").await, "1.0.20").await;
    press("Enter").await;
    wait_for("the row that was found", || (first_cells() == ["1.0.20"]).then_some(())).await;
    assert!(last.is_connected(), "the row was made anew");
}

#[wasm_bindgen_test]
async fn after_a_delete_the_list_is_as_it_was_left() {
    let installation = Installation::with(many(120));
    let _page = open(&installation, "/terraform-versions?page=2&size=50&search=1.0.");
    shown_from("1.0.51").await;
    click_link("1.0.51").await;
    click_button("Delete version").await;
    click_button("Delete").await;
    see("Terraform 1.0.51 was deleted.").await;
    at_list_with(&["page=2", "size=50", "search=1.0."]).await;
    assert_eq!(shown_from("1.0.52").await.len(), 50);
    assert_eq!(value(&by_label("Search versions").await), "1.0.");
    assert_eq!(value(&by_label("Rows per page").await), "50");
}

#[wasm_bindgen_test]
async fn after_an_edit_and_a_delete_the_list_is_as_it_was_left() {
    let installation = Installation::with(many(45));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    click_button("Next page").await;
    shown_from("1.0.21").await;
    click_link("1.0.21").await;
    click_link("Edit").await;
    click(&by_label("Beta").await).await;
    click_button("Save changes").await;
    see("was saved.").await;
    click_button("Delete version").await;
    click_button("Delete").await;
    see("Terraform 1.0.21 was deleted.").await;
    at_list_with(&["page=2"]).await;
    shown_from("1.0.22").await;
}

#[wasm_bindgen_test]
async fn a_slow_press_on_next_page_turns_it_while_an_answer_comes() {
    let installation = Installation::with(many(70));
    let _page = open(&installation, LIST);
    shown_from("1.0.1").await;
    let held = installation.hold("page[number]=2");
    let next = by_role_name("button", "Next page").await;
    click(&next).await;
    held.arrives().await;
    press_slowly(&next, async || {
        held.release();
        shown_from("1.0.21").await;
    })
    .await;
    shown_from("1.0.41").await;
    assert!(!is_disabled(&next) && next.is_connected());
}
