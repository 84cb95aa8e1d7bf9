//! Typing in the search field, and doing something else before the search has begun.

use super::*;

#[wasm_bindgen_test]
async fn back_to_another_page_at_once_after_typing_a_search_leads_there_and_the_console_lives() {
    let _page = open(&Installation::with(many(3)), NEW);
    heading("Add a Terraform version").await;
    follow_link_to("/terraform-versions?search=1.0").await;
    shown_from("1.0.3").await;
    // The page's heading takes the focus before anybody types.
    settle().await;
    type_behind(&by_label("Search versions").await, ".2").await;
    go_back().await;
    heading("Add a Terraform version").await;
    pause_in_typing().await;
    assert_eq!(address(), NEW);
    assert_eq!(said("alert"), [""; 0], "nothing has stopped working");
    click_link("Terraform versions").await;
    shown_from("1.0.3").await;
}

#[wasm_bindgen_test]
async fn back_at_once_after_adding_to_a_search_is_not_undone_by_that_search() {
    let _page = open(&Installation::with(many(30)), LIST);
    shown_from("1.0.30").await;
    let search = by_label("Search versions").await;
    type_into(&search, "1.0.1").await;
    press("Enter").await;
    wait_for("the search", || (first_cells().len() == 11).then_some(())).await;
    at("/terraform-versions?search=1.0.1").await;
    type_behind(&search, "1").await;
    go_back().await;
    at(LIST).await;
    pause_in_typing().await;
    assert_eq!((address().as_str(), value(&search).as_str()), (LIST, ""));
    assert_eq!(shown_from("1.0.30").await.len(), 20);
}

#[wasm_bindgen_test]
async fn a_space_at_the_end_of_a_search_stays_while_one_goes_on_typing() {
    let installation = Installation::with(many(30));
    let _page = open(&installation, LIST);
    shown_from("1.0.30").await;
    let search = by_label("Search versions").await;
    type_into(&search, "1.0.7 ").await;
    shown_from("1.0.7").await;
    settle().await;
    assert_eq!(value(&search), "1.0.7 ");
    assert_eq!(focused().as_ref(), Some(&search));
}

/// Follows a link that somebody put into the page, as in a text about versions.
async fn follow_link_to(path: &str) {
    let link = document().create_element("a").unwrap();
    link.set_attribute("href", path).unwrap();
    link.set_text_content(Some("elsewhere"));
    document().body().unwrap().append_child(&link).unwrap();
    click(&link).await;
    link.remove();
}
