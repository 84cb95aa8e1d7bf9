//! Messages that come and go by themselves, while the user is at one of them.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::*;

const COPIED: &str = "Copied to the clipboard.";
const NOT_ALLOWED: &str = "The browser did not allow copying.";

/// The page of a version with one message, and that message's button. No message goes away before its time is over.
async fn one_message() -> (LongWaits, Page, Element) {
    let waits = LongWaits::take();
    let page = open(&Installation::with(many(1)), "/terraform-versions/tool-1.0.1");
    click_button("Copy URL").await;
    see(COPIED).await;
    (waits, page, by_role_name("button", "Dismiss").await)
}

/// Another message.
async fn another(page: &Page) {
    page.has_no_clipboard();
    click_button("Copy id").await;
    see(NOT_ALLOWED).await;
}

#[wasm_bindgen_test]
async fn a_message_stays_the_same_when_another_comes_and_goes() {
    let (_waits, page, dismiss) = one_message().await;
    another(&page).await;
    assert!(dismiss.is_connected(), "it was made anew when another came");
    let other = all("button", "Dismiss").into_iter().find(|it| *it != dismiss).unwrap();
    click(&other).await;
    gone(NOT_ALLOWED).await;
    assert!(dismiss.is_connected() && sees(COPIED), "it was made anew when another went");
}

#[wasm_bindgen_test]
async fn a_slow_press_on_dismiss_works_while_another_message_comes() {
    let (_waits, page, dismiss) = one_message().await;
    let copy = by_role_name("button", "Copy id").await;
    press_slowly(&dismiss, async || {
        page.has_no_clipboard();
        click(&copy).await;
        see(NOT_ALLOWED).await;
    })
    .await;
    gone(COPIED).await;
    assert!(sees(NOT_ALLOWED));
    something_has_the_focus();
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_a_message_when_another_comes() {
    let (_waits, page, dismiss) = one_message().await;
    let copy = by_role_name("button", "Copy id").await;
    page.has_no_clipboard();
    copy.unchecked_ref::<HtmlElement>().click();
    focus_on(&dismiss).await;
    see(NOT_ALLOWED).await;
    assert_eq!(focused(), Some(dismiss));
}

#[wasm_bindgen_test]
async fn a_message_that_goes_away_by_itself_leaves_the_focus_somewhere() {
    let (waits, _page, dismiss) = one_message().await;
    focus_on(&dismiss).await;
    for _ in 0..3 {
        waits.are_over();
        settle().await;
        something_has_the_focus();
    }
}

#[wasm_bindgen_test]
async fn a_message_that_goes_away_by_itself_leaves_the_focus_of_another_alone() {
    let (waits, page, _) = one_message().await;
    another(&page).await;
    let other = all("button", "Dismiss").pop().unwrap();
    focus_on(&other).await;
    waits.are_over();
    gone(COPIED).await;
    settle().await;
    assert_eq!(focused(), Some(other));
    assert!(sees(NOT_ALLOWED));
}

#[wasm_bindgen_test]
async fn dismissing_one_of_two_messages_leaves_the_focus_somewhere() {
    let (_waits, page, _) = one_message().await;
    another(&page).await;
    click(&all("button", "Dismiss").pop().unwrap()).await;
    gone(NOT_ALLOWED).await;
    settle().await;
    something_has_the_focus();
}
