//! The whole inventory: ten thousand versions, and many of them chosen and changed without a pointer.

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Answer, Gate, Key, LIST, Seed, journey};

const TABLE: &str = "Terraform versions";
const SEARCH: &str = "Search versions";

#[tokio::test]
async fn ten_thousand_versions_are_there_after_one_request_found_and_chosen_at_once() {
    journey(Seed::Synthetic(10_000), async |console| {
        let (open, gate) = (Gate::closed(), Gate::closed());
        open.open();
        console.front().answer(Method::GET, LIST, 1, Answer::After(open));
        console.front().answer(Method::GET, LIST, usize::MAX, Answer::After(gate.clone()));
        console.start_at("/terraform-versions").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_status("Loading 20 of 10,000 versions…").await;
        gate.open();
        console.expect_text("1–20 of 10,000").await;
        console.expect_status("10,000 versions").await;
        let asked = console.front().calls(&Method::GET).into_iter().filter(|call| call.path == LIST).count();
        assert!(asked <= 102, "{asked} requests for 100 pages and the first");

        console.choose("Architecture", "has s390x").await;
        console.expect_status("of 10,000 versions").await;
        console.fill("Version range", "~> 2.3").await;
        let is_right = |rows: &[Vec<String>]| {
            rows.len() == 20 && rows.iter().all(|row| row[0].starts_with("2.") && row[2].contains("s390x"))
        };
        console.expect_rows(TABLE, "only those", is_right).await;
        console.expect_path("/terraform-versions?arch=s390x&range=~%3E%202.3").await;
        console.back().await;
        console.expect_path("/terraform-versions?arch=s390x").await;
        console.expect_value("Version range", "").await;
        console.back().await;
        console.expect_path("/terraform-versions").await;
        console.expect_status("10,000 versions").await;
        console.forward().await;
        console.expect_status("Showing").await;
        console.back().await;

        console.tick("Select page").await;
        console.click("button", "Select all 10,000 matching").await;
        console.expect_status("10,000 selected").await;
        console.click("button", "Mark beta").await;
        console.expect_heading("Mark 10,000 versions beta?").await;
        console.expect_text("1–100 of 10,000").await;
        console.expect_rows("Plan", "a page", |rows| rows.len() == 100).await;
        console.click("button", "Next page").await;
        console.expect_text("101–200 of 10,000").await;
        console.click("button", "Cancel").await;
        console.expect_status("10,000 selected").await;
        assert_eq!(console.front().calls(&Method::PATCH).len(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_error_of_the_range_moves_no_row_however_wide_the_page_is() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        for width in [1440, 1000, 768] {
            console.set_width(width).await;
            let script = "return document.querySelector('tbody tr').getBoundingClientRect().top + scrollY";
            let before = console.script(script, Vec::new()).await;
            console.fill("Version range", ">= one").await;
            console.expect_field_error("Version range", "is no version").await;
            assert_eq!(console.script(script, Vec::new()).await, before, "the rows move at {width} px");
            console.click("button", "Clear filters").await;
            console.expect_no_alert().await;
            console.expect_value("Version range", "").await;
            assert_eq!(console.script(script, Vec::new()).await, before, "the rows move back at {width} px");
        }
    })
    .await;
}

#[tokio::test]
async fn versions_are_found_chosen_changed_and_reported_with_the_keyboard_alone() {
    journey(Seed::Demo, async |console| {
        console.open("/").await;
        console.press(Key::Tab.into()).await;
        console.type_text(ADMIN_TOKEN).await;
        console.press(Key::Enter.into()).await;
        console.expect_text("1–20 of 70").await;
        console.press('/').await;
        console.expect_focus("searchbox", SEARCH).await;
        console.type_text("1.5.").await;
        console.expect_rows(TABLE, "that line", |rows| rows.len() < 20).await;
        let rows = console.rows(TABLE).await;
        let boxes: Vec<String> = rows.iter().map(|row| format!("Select {}", row[0])).collect();
        assert!(boxes.len() > 5, "{boxes:?}");

        console.tab_to("checkbox", &boxes[0], 30).await;
        console.press(' ').await;
        console.expect_status("1 selected").await;
        console.expect_focus("checkbox", &boxes[0]).await;
        // Over what is between them in a row.
        console.tab_to("checkbox", &boxes[2], 10).await;
        console.press_with_shift(' ').await;
        console.expect_status("3 selected").await;
        console.press_with_shift(Key::Down.into()).await;
        console.expect_focus("checkbox", &boxes[3]).await;
        console.press_with_shift(Key::Down.into()).await;
        console.expect_focus("checkbox", &boxes[4]).await;
        console.expect_status("5 selected").await;
        console.press(' ').await;
        console.expect_status("4 selected").await;

        console.tab_to("button", "Deprecate", 60).await;
        console.press(Key::Enter.into()).await;
        console.expect_focus("heading", "Deprecate 4 versions?").await;
        console.tab_to("textbox", "Reason", 5).await;
        console.type_text("Old").await;
        console.expect_status("4 will change, 0 already so, 0 refused").await;
        console.tab_to("button", "Deprecate 4 versions", 5).await;
        console.press(Key::Enter.into()).await;
        console.expect_heading("Report: deprecate").await;
        console.expect_focus("heading", "Report: deprecate").await;
        console.expect_status("4 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
        assert_eq!(console.front().calls(&Method::PATCH).len(), 4);
        console.tab_to("button", "Undo", 5).await;
        console.press(Key::Enter.into()).await;
        console.expect_focus("heading", "Undo 4 changes?").await;
        console.tab_to("button", "Cancel", 5).await;
        console.press(Key::Enter.into()).await;
        console.expect_focus("heading", TABLE).await;
        console.expect_value(SEARCH, "1.5.").await;
        console.expect_status("4 selected").await;
        let is_right = |rows: &[Vec<String>]| rows.iter().filter(|row| row[1].contains("Deprecated")).count() >= 4;
        console.expect_rows(TABLE, "the deprecated ones", is_right).await;
    })
    .await;
}
