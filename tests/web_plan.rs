//! Selecting versions, and what is planned, done, reported and undone with them, in a browser.
//!
//! Longer than 300 lines because each file is a program of its own, and linking one takes longer than running it.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

#[path = "web_plan/held_up.rs"]
mod held_up;

use serde_json::json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    Held, Installation, Page, TOKEN, address, all, answer, at, by_label, by_role_name, click, click_button, click_link,
    focused, go_back, gone, heading, is_ticked, many, name, press, rows, said, see, sees, settle, timed_out, type_into,
    version, wait_for,
};
use wire::ToolVersion;

wasm_bindgen_test_configure!(run_in_browser);

const LIST: &str = "/terraform-versions";
const PLAN: &str = "Plan";

async fn select(number: &str) {
    let row = by_role_name("checkbox", &format!("Select {number}")).await;
    click(&row).await;
    assert!(is_ticked(&row));
}

fn used(number: &str, usage: u64) -> ToolVersion {
    let mut version = version(number);
    version.attributes.usage = Some(usage);
    version
}

fn disabled(number: &str) -> ToolVersion {
    let mut version = version(number);
    version.attributes.enabled = false;
    version
}

/// The cells of a row of the table "Plan".
fn row(number: &str) -> Vec<String> {
    let row = rows(PLAN).into_iter().find(|row| row.first().is_some_and(|it| it == number));
    row.unwrap_or_default()
}

/// Waits until the page has given the focus to its heading, for the last time if it has been quick: a user is not faster
/// than the frames in which it does.
async fn arrived(heading: &str) {
    let has_focus = || (focused().map(|it| name(&it)).as_deref() == Some(heading)).then_some(());
    wait_for("the focus on the heading", has_focus).await;
    settle().await;
}

async fn ended() {
    wait_for("the report", || all("button", "Copy report").first().map(|_| ())).await;
}

#[wasm_bindgen_test]
async fn a_selection_survives_sorting_filtering_and_turning_pages_and_says_what_is_not_shown() {
    let _page = Page::open(&Installation::with(many(45)), LIST);
    see("45 versions").await;
    select("1.0.45").await;
    select("1.0.44").await;
    see("2 selected").await;
    click_button("Next page").await;
    select("1.0.20").await;
    see("3 selected").await;
    type_into(&by_label("Search versions").await, "1.0.2").await;
    see("3 selected, 2 not shown").await;
    click_button("Clear filters").await;
    gone("not shown").await;
    click_button("Version").await;
    see("3 selected").await;
    click_link("Add version").await;
    heading("Add a Terraform version").await;
    click_link("All versions").await;
    see("3 selected").await;
    click_button("Clear selection").await;
    gone("selected").await;
    assert!(focused().is_some(), "the focus is lost");
}

#[wasm_bindgen_test]
async fn the_page_is_selected_whole_and_then_all_that_match() {
    let _page = Page::open(&Installation::with(many(45)), "/terraform-versions?search=1.0.&size=20");
    see("Showing 45 of 45 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    see("20 selected").await;
    click_button("Select all 45 matching").await;
    see("45 selected").await;
    assert_eq!(all("button", "Select all 45 matching").len(), 0);
    click(&by_role_name("checkbox", "Select page").await).await;
    see("25 selected").await;
}

#[wasm_bindgen_test]
async fn a_plan_says_what_it_will_do_sends_only_that_and_reports_it() {
    let installation =
        Installation::with([version("1.0.1"), used("1.0.2", 3), disabled("1.0.3"), version("1.0.4"), version("1.0.5")]);
    let _page = Page::open(&installation, LIST);
    see("5 versions").await;
    for number in ["1.0.1", "1.0.2", "1.0.3", "1.0.4"] {
        select(number).await;
    }
    click_button("Disable").await;
    heading("Disable 4 versions?").await;
    assert_eq!(address(), "/terraform-versions/plan?action=disable");
    see("2 will change, 1 already so, 1 refused").await;
    let numbers: Vec<String> = rows(PLAN).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(numbers, ["1.0.4", "1.0.3", "1.0.2", "1.0.1"], "the newest first");
    assert!(row("1.0.2")[3].contains("3 workspaces use it"), "{:?}", row("1.0.2"));
    assert_eq!(installation.sent("PATCH").len(), 0, "nothing is sent before the button");
    click_button("Disable 2 versions").await;
    heading("Report: disable").await;
    see("2 done, 1 already so, 1 refused, 0 failed, 0 not tried").await;
    let mut sent = installation.sent("PATCH");
    sent.sort();
    let expected = ["tool-1.0.1", "tool-1.0.4"].map(|id| format!("PATCH /admin/terraform-versions/{id}"));
    assert_eq!(sent, expected);
    assert!(installation.bodies("PATCH").iter().all(|body| body["data"]["attributes"] == json!({"enabled": false})));
    assert_eq!(row("1.0.1")[1], "Done");
    click_link("All versions").await;
    see("Disabled 3").await;
    see("4 selected").await;
}

#[wasm_bindgen_test]
async fn undo_plans_the_reverse_from_what_was_so_before() {
    let mut deprecated = version("1.0.1");
    deprecated.attributes.deprecated = Some(true);
    deprecated.attributes.deprecated_reason = Some(Some("old".to_owned()));
    let installation = Installation::with([deprecated, version("1.0.2")]);
    let _page = Page::open(&installation, LIST);
    see("2 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Deprecate").await;
    heading("Deprecate 2 versions?").await;
    see("1 will change, 1 already so, 0 refused").await;
    type_into(&by_label("Reason").await, "CVE-2026-1").await;
    see("2 will change, 0 already so, 0 refused").await;
    click_button("Deprecate 2 versions").await;
    ended().await;
    click_button("Undo").await;
    heading("Undo 2 changes?").await;
    see("2 will change").await;
    click_button("Undo 2 changes").await;
    heading("Report: undo").await;
    see("2 done").await;
    let bodies = installation.bodies("PATCH");
    assert!(
        bodies[2..].iter().any(|body| body["data"]["attributes"]["deprecated-reason"] == json!("old")),
        "{bodies:?}"
    );
    assert!(bodies[2..].iter().any(|body| body["data"]["attributes"]["deprecated"] == json!(false)), "{bodies:?}");
}

#[wasm_bindgen_test]
async fn a_run_goes_on_after_refusals_looks_up_what_is_unclear_and_tries_again_what_failed() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    see("6 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark beta").await;
    heading("Mark 6 versions beta?").await;
    installation
        .always("PATCH /admin/terraform-versions/tool-1.0.1", answer(422, r#"{"errors":[{"detail":"not now"}]}"#));
    installation.once_done("PATCH /admin/terraform-versions/tool-1.0.2", answer(500, ""));
    installation.once_done("PATCH /admin/terraform-versions/tool-1.0.3", timed_out());
    installation.change("tool-1.0.4", |version| version.enabled = false);
    click_button("Mark 6 versions beta").await;
    heading("Report: mark beta").await;
    let sent = |id: &str| installation.sent(&format!("PATCH /admin/terraform-versions/{id}")).len();
    assert_eq!(row("1.0.1")[1], "Refused");
    assert!(row("1.0.1")[4].contains("not now"), "{:?}", row("1.0.1"));
    assert_eq!((row("1.0.2")[1].as_str(), sent("tool-1.0.2")), ("Done", 1), "it was done, and is not sent again");
    assert_eq!((row("1.0.3")[1].as_str(), sent("tool-1.0.3")), ("Done", 1));
    assert_eq!(sent("tool-1.0.4"), 0, "what somebody else changed is not overwritten: {:?}", row("1.0.4"));
    assert_eq!(all("button", "Try failed again").len(), 0, "what was refused needs a new plan");
}

#[wasm_bindgen_test]
async fn what_failed_is_tried_again_after_a_plan_that_names_it() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    see("6 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark beta").await;
    heading("Mark 6 versions beta?").await;
    installation
        .always("PATCH /admin/terraform-versions/tool-1.0.1", answer(422, r#"{"errors":[{"detail":"not now"}]}"#));
    installation.always("PATCH /admin/terraform-versions/tool-1.0.2", answer(500, ""));
    click_button("Mark 6 versions beta").await;
    see("4 done, 0 already so, 1 refused, 1 failed, 0 not tried").await;
    installation.mend();
    let sent = || installation.sent("PATCH").len();
    let before = sent();
    click_button("Try failed again").await;
    heading("Mark 1 version beta?").await;
    see("1 will change, 0 already so, 0 refused").await;
    assert_eq!(rows(PLAN).len(), 1);
    assert!(row("1.0.2")[3].starts_with("Failed: "), "{:?}", row("1.0.2"));
    click_button("Cancel").await;
    heading("Report: mark beta").await;
    click_button("Try failed again").await;
    heading("Mark 1 version beta?").await;
    assert_eq!(sent(), before, "nothing is sent before the button with the number");
    click_button("Mark 1 version beta").await;
    see("5 done, 0 already so, 1 refused, 0 failed, 0 not tried").await;
    heading("Report: mark beta").await;
    assert_eq!((sent(), rows(PLAN).len()), (before + 1, 6), "the report is of everything");
}

#[wasm_bindgen_test]
async fn a_success_that_did_nothing_is_no_success() {
    let installation = Installation::with(many(3));
    let _page = Page::open(&installation, LIST);
    see("3 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Delete").await;
    heading("Delete 3 versions?").await;
    installation.always("DELETE /admin/terraform-versions/tool-1.0.1", answer(200, "{}"));
    installation.once_done("DELETE /admin/terraform-versions/tool-1.0.2", answer(200, "{}"));
    click_button("Delete 3 versions").await;
    see("2 done, 0 already so, 0 refused, 1 failed, 0 not tried").await;
    assert_eq!((row("1.0.1")[1].as_str(), row("1.0.2")[1].as_str()), ("Failed", "Done"));
    assert_eq!(row("1.0.1")[4], "The server answered 200, but the version is still there.");
    let about = |id: &str| installation.sent(&format!("/admin/terraform-versions/{id}")).len();
    assert_eq!(about("tool-1.0.1"), 3, "it is read, deleted, and read once more");
    click_link("All versions").await;
    see("1 selected").await;
}

#[wasm_bindgen_test]
async fn a_change_that_is_answered_and_not_kept_is_no_success() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, LIST);
    see("2 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Disable").await;
    heading("Disable 2 versions?").await;
    let as_it_was = serde_json::to_string(&wire::Document { data: version("1.0.1") }).unwrap();
    installation.once("PATCH /admin/terraform-versions/tool-1.0.1", answer(200, &as_it_was));
    click_button("Disable 2 versions").await;
    see("1 done, 0 already so, 0 refused, 1 failed, 0 not tried").await;
    assert!(row("1.0.1")[4].ends_with("has not kept the change. It is still: Enabled."), "{:?}", row("1.0.1"));
    let about = installation.sent("/admin/terraform-versions/tool-1.0.1");
    assert_eq!(about.len(), 3, "it is read, changed, and read once more: {about:?}");
}

#[wasm_bindgen_test]
async fn a_key_in_the_reason_leaves_the_button_that_it_names_where_it_is() {
    let mut deprecated = version("1.0.3");
    deprecated.attributes.deprecated = Some(true);
    deprecated.attributes.deprecated_reason = Some(Some("Old".to_owned()));
    let _page = Page::open(&Installation::with([deprecated, version("1.0.2"), version("1.0.1")]), LIST);
    see("3 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Deprecate").await;
    heading("Deprecate 3 versions?").await;
    let button = by_role_name("button", "Deprecate 2 versions").await;
    let reason = by_label("Reason").await;
    type_into(&reason, "Older").await;
    see("3 will change, 0 already so, 0 refused").await;
    assert_eq!(row("1.0.3")[2], "Deprecated: Older");
    assert_eq!(row("1.0.2")[1..3], ["Not deprecated", "Deprecated: Older"]);
    type_into(&reason, "Old").await;
    see("2 will change, 1 already so, 0 refused").await;
    assert_eq!(row("1.0.3")[2..], ["Deprecated: Old", "Already so."]);
    assert_eq!(row("1.0.2")[2], "Deprecated: Old");
    assert_eq!(by_role_name("button", "Deprecate 2 versions").await, button, "it was made anew");
}

#[wasm_bindgen_test]
async fn a_run_is_paused_gone_on_with_and_stopped_and_leaving_it_is_asked() {
    let installation = Installation::with(many(20));
    let _page = Page::open(&installation, LIST);
    see("20 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark official").await;
    heading("Mark 20 versions official?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold("PATCH")).collect();
    click_button("Mark 20 versions official").await;
    heading("Marking 20 versions official").await;
    for it in &held {
        it.arrives().await;
    }
    click_button("Pause").await;
    see("Paused.").await;
    for it in &held {
        it.release();
    }
    see("4 of 20").await;
    assert_eq!(installation.sent("PATCH").len(), 4, "nothing is sent while it is paused");
    click_link("Configuration versions").await;
    by_role_name("dialog", "Leave without saving?").await;
    click_button("Stay").await;
    let again: Vec<_> = (0..4).map(|_| installation.hold("PATCH")).collect();
    click_button("Resume").await;
    for it in &again {
        it.arrives().await;
    }
    click_button("Stop").await;
    for it in &again {
        it.release();
    }
    heading("Report: mark official").await;
    see("8 done, 0 already so, 0 refused, 0 failed, 12 not tried").await;
    assert_eq!(installation.sent("PATCH").len(), 8);
}

#[wasm_bindgen_test]
async fn a_reload_in_the_middle_shows_what_was_done_and_what_is_unclear() {
    let installation = Installation::with(many(6));
    let page = Page::open(&installation, LIST);
    see("6 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Delete").await;
    heading("Delete 6 versions?").await;
    let held = installation.hold("DELETE /admin/terraform-versions/tool-1.0.1");
    click_button("Delete 6 versions").await;
    held.arrives().await;
    see("5 of 6").await;
    page.reload();
    heading("Report: delete").await;
    see("This run was interrupted").await;
    see("5 done").await;
    assert_eq!(row("1.0.1")[1], "Unclear");
    let log = page.log_of_run();
    assert!(log.contains("1.0.1") && !log.contains(TOKEN), "{log}");
    click_button("Try failed again").await;
    heading("Delete 1 version?").await;
    click_button("Delete 1 version").await;
    wait_for("the outcome", || (row("1.0.1").get(1)? == "Done").then_some(())).await;
    click_link("All versions").await;
    heading("Terraform versions").await;
    assert!(!sees("interrupted"), "it went on to its end");
}

#[wasm_bindgen_test]
async fn undo_right_after_a_reload_waits_until_it_is_known_what_there_still_is() {
    let installation = Installation::with(many(30));
    let page = Page::open(&installation, LIST);
    see("30 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Select all 30 matching").await;
    click_button("Mark beta").await;
    click_button("Mark 30 versions beta").await;
    arrived("Report: mark beta").await;
    let held = installation.hold("page[size]=100");
    page.reload();
    arrived("Report: mark beta").await;
    held.arrives().await;
    click_button("Undo").await;
    see("Loading…").await;
    assert!(!sees("no longer exists") && !sees("will change"));
    assert_eq!(focused().map(|it| name(&it)).as_deref(), Some("Undo"));
    held.release();
    heading("Undo 30 changes?").await;
    see("30 will change, 0 already so, 0 refused").await;
    click_button("Undo 30 changes").await;
    see("30 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
}

#[wasm_bindgen_test]
async fn undo_reads_what_the_list_could_not_load_and_only_what_is_not_found_then_has_gone() {
    let installation = Installation::with(many(250));
    let page = Page::open(&installation, "/terraform-versions?search=1.0.15");
    see("Showing 11 of 250 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Disable").await;
    click_button("Disable 11 versions").await;
    ended().await;
    installation.forget("tool-1.0.155");
    installation.always("page[number]=2&page[size]=100", answer(500, ""));
    installation.always("GET /admin/terraform-versions/tool-1.0.150", answer(500, ""));
    page.reload();
    heading("Report: disable").await;
    click_button("Undo").await;
    see("It is not known which of the versions there still are.").await;
    assert_eq!(said("alert").len(), 1);
    heading("Report: disable").await;
    installation.mend();
    click_button("Undo").await;
    heading("Undo 11 changes?").await;
    see("10 will change, 0 already so, 1 refused").await;
    assert!(row("1.0.155")[3].contains("It no longer exists."), "{:?}", row("1.0.155"));
}

#[wasm_bindgen_test]
async fn back_leads_to_the_report_of_a_finished_run_and_a_press_to_a_new_plan() {
    let installation = Installation::with(many(5));
    let _page = Page::open(&installation, LIST);
    see("5 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Disable").await;
    click_button("Disable 5 versions").await;
    heading("Report: disable").await;
    click_link("All versions").await;
    see("5 selected").await;
    go_back().await;
    heading("Report: disable").await;
    see("5 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
    assert!(!sees("interrupted"));
    click_button("Undo").await;
    heading("Undo 5 changes?").await;
    see("5 will change").await;
    go_back().await;
    see("5 selected").await;
    click_button("Disable").await;
    heading("Disable 5 versions?").await;
    see("0 will change, 5 already so, 0 refused").await;
    click_button("Cancel").await;
    click_button("Enable").await;
    click_button("Enable 5 versions").await;
    heading("Report: enable").await;
    click_link("All versions").await;
    see("5 selected").await;
    go_back().await;
    heading("Report: enable").await;
}

#[wasm_bindgen_test]
async fn stop_keeps_the_focus_until_the_report_is_there() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    see("6 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark official").await;
    arrived("Mark 6 versions official?").await;
    let held: Vec<_> = (0..4).map(|_| installation.hold("PATCH")).collect();
    click_button("Mark 6 versions official").await;
    for it in &held {
        it.arrives().await;
    }
    arrived("Marking 6 versions official").await;
    click_button("Stop").await;
    see("Stopping.").await;
    let stop = focused().expect("the focus is lost");
    assert_eq!((name(&stop).as_str(), stop.get_attribute("aria-disabled").as_deref()), ("Stop", Some("true")));
    for it in &held {
        it.release();
    }
    see("4 done, 0 already so, 0 refused, 0 failed, 2 not tried").await;
    arrived("Report: mark official").await;
}

#[wasm_bindgen_test]
async fn signing_out_in_the_middle_says_that_the_report_goes() {
    let installation = Installation::with(many(2));
    let page = Page::open(&installation, LIST);
    see("2 versions").await;
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark official").await;
    let held = installation.hold("PATCH /admin/terraform-versions/tool-1.0.1");
    click_button("Mark 2 versions official").await;
    held.arrives().await;
    see("1 of 2").await;
    click_link("Configuration versions").await;
    by_role_name("dialog", "Leave without saving?").await;
    see("is shown when you come back to this page").await;
    click_button("Stay").await;
    click_button("Sign out").await;
    by_role_name("dialog", "Leave without saving?").await;
    see("Signing out also forgets what was done").await;
    assert!(!sees("come back to this page"));
    click_button("Leave").await;
    heading("Connect").await;
    assert_eq!(page.log_of_run(), "");
}

/// Marks all six versions of the list official. The last of them stays under way.
async fn mark_five_of_six(installation: &Installation) -> Held {
    click(&by_role_name("checkbox", "Select page").await).await;
    click_button("Mark official").await;
    let held = installation.hold("PATCH /admin/terraform-versions/tool-1.0.1");
    click_button("Mark 6 versions official").await;
    held.arrives().await;
    see("5 of 6").await;
    held
}

#[wasm_bindgen_test]
async fn the_list_leads_to_the_report_of_a_run_that_was_left_until_it_is_read() {
    let installation = Installation::with(many(6));
    let page = Page::open(&installation, LIST);
    see("6 versions").await;
    assert!(!sees("interrupted"));
    let _held = mark_five_of_six(&installation).await;
    click_link("Terraform versions").await;
    by_role_name("dialog", "Leave without saving?").await;
    click_button("Leave").await;
    see("A run was interrupted: mark official, 5 of 6 done.").await;
    page.reload();
    see("A run was interrupted: mark official, 5 of 6 done.").await;
    click_link("Show the report").await;
    heading("Report: mark official").await;
    see("This run was interrupted").await;
    click_link("All versions").await;
    see("6 versions").await;
    assert!(!sees("A run was interrupted"));
}

#[wasm_bindgen_test]
async fn a_run_that_was_left_is_shown_before_anything_new_is_planned() {
    let installation = Installation::with(many(6));
    let _page = Page::open(&installation, LIST);
    see("6 versions").await;
    let _held = mark_five_of_six(&installation).await;
    click_link("Configuration versions").await;
    by_role_name("dialog", "Leave without saving?").await;
    click_button("Leave").await;
    heading("Configuration versions").await;
    click_link("Terraform versions").await;
    see("6 selected").await;
    click_button("Disable").await;
    heading("Report: mark official").await;
    see("5 done").await;
    assert_eq!(row("1.0.1")[1], "Unclear");
    click_button("Put the report away").await;
    heading("Disable 6 versions?").await;
}

#[wasm_bindgen_test]
async fn selected_versions_are_exported() {
    let installation = Installation::with(many(3));
    let page = Page::open(&installation, LIST);
    see("3 versions").await;
    select("1.0.2").await;
    let selection = by_role_name("region", "Selection").await;
    let export = || all("button", "Export").into_iter().find(|it| selection.contains(Some(it)));
    click(&wait_for("its button", export).await).await;
    by_role_name("dialog", "Export versions").await;
    click_button("Copy").await;
    see("Copied to the clipboard.").await;
    click(&by_label("Terraform").await).await;
    click_button("Copy").await;
    wait_for("both copies", || (page.copied().len() == 2).then_some(())).await;
    let [json, terraform] = page.copied().try_into().unwrap();
    assert!(json.contains("\"version\": \"1.0.2\"") && !json.contains("1.0.1"), "{json}");
    assert!(terraform.starts_with("resource \"tfe_terraform_version\" \"v1_0_2\" {"), "{terraform}");
}

#[wasm_bindgen_test]
async fn all_that_the_filters_let_through_is_exported() {
    let installation = Installation::with([version("1.0.1"), version("1.0.2"), disabled("1.0.3")]);
    let page = Page::open(&installation, LIST);
    see("3 versions").await;
    click_button("Export").await;
    by_role_name("dialog", "Export versions").await;
    see("3 versions. No token is in the file.").await;
    press("Escape").await;
    wait_for("the dialog to close", || all("dialog", "Export versions").is_empty().then_some(())).await;
    assert_eq!(focused().map(|it| name(&it)).as_deref(), Some("Export"));
    click_button("Enabled 2").await;
    see("Showing 2 of 3 versions").await;
    click_button("Export").await;
    by_role_name("dialog", "Export versions").await;
    see("2 of 3 versions: those that match the filters").await;
    click_button("Copy").await;
    let copied = wait_for("the copy", || page.copied().pop()).await;
    let place = |number: &str| copied.find(&format!("\"version\": \"{number}\""));
    assert!(place("1.0.2").unwrap() < place("1.0.1").unwrap(), "as the list is sorted: {copied}");
    assert!(place("1.0.3").is_none() && !sees("Not all versions"));
}

#[wasm_bindgen_test]
async fn an_export_of_a_part_says_so() {
    let installation = Installation::with(many(250));
    let held = installation.hold("page[size]=100");
    let _page = Page::open(&installation, LIST);
    held.arrives().await;
    see("Loading").await;
    click_button("Export").await;
    by_role_name("dialog", "Export versions").await;
    see("Not all versions of the installation are loaded: these are a part of them.").await;
    held.release();
    gone("Not all versions").await;
    see("250 versions. No token is in the file.").await;
}

#[wasm_bindgen_test]
async fn nothing_selected_leads_back_to_the_list() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions/plan?action=delete");
    heading("Nothing is selected").await;
    click_link("Go to the list").await;
    at(LIST).await;
}

#[wasm_bindgen_test]
async fn cancel_leads_back_to_the_list_as_it_was_with_the_selection() {
    let _page = Page::open(&Installation::with(many(45)), "/terraform-versions?page=2&sort=version");
    see("45 versions").await;
    select("1.0.21").await;
    click_button("Enable").await;
    heading("Enable 1 version?").await;
    see("0 will change, 1 already so, 0 refused").await;
    assert_eq!(all("button", "Enable 1 version").len() + all("button", "Enable 0 versions").len(), 0);
    click_button("Cancel").await;
    at("/terraform-versions?page=2&sort=version").await;
    see("1 selected").await;
    assert!(is_ticked(&by_role_name("checkbox", "Select 1.0.21").await));
}
