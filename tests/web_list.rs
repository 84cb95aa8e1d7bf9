//! The list of Terraform versions in a browser: its states, its pager and its search.
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

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    ADMIN, Installation, NOBODY_KNOWN, NOT_ADMIN, Page, address, all, answer, at, by_label, by_role_name, choose,
    click, click_button, click_link, description, focus_on, focused, go_back, gone, heading, is_busy, is_disabled,
    is_ticked, links_in, many, name, press, press_with_shift, row, rows, said, see, sees, settle, type_into,
    unreachable, value, version, wait_for,
};
use wire::{Arch, ToolVersion};

wasm_bindgen_test_configure!(run_in_browser);

const VERSIONS: &str = "Terraform versions";
const LIST: &str = "GET /admin/terraform-versions?";

/// The first cells of the table's rows, once there is one that begins with `first`.
async fn shown_from(first: &str) -> Vec<String> {
    wait_for(&format!("a table that begins with {first}"), || {
        let shown = first_cells();
        (shown.first().is_some_and(|it| it == first)).then_some(shown)
    })
    .await
}

fn first_cells() -> Vec<String> {
    rows(VERSIONS).into_iter().filter_map(|row| row.into_iter().next()).collect()
}

#[wasm_bindgen_test]
async fn a_version_that_comes_twice_is_shown_once_as_it_came_last() {
    let twice = |number: &str| ToolVersion { id: "tool-1".to_owned(), ..version(number) };
    let _page =
        Page::open(&Installation::with([twice("1.5.0"), version("1.5.1"), twice("1.5.2")]), "/terraform-versions");
    see("1–2 of 2").await;
    assert_eq!(first_cells(), ["1.5.2", "1.5.1"]);
}

#[wasm_bindgen_test]
async fn a_version_without_an_id_is_shown_and_leads_nowhere() {
    let nameless = |number: &str| ToolVersion { id: String::new(), ..version(number) };
    let _page = Page::open(&Installation::with([nameless("1.5.0"), nameless("1.5.1")]), "/terraform-versions");
    shown_from("1.5.1").await;
    see("1–2 of 2").await;
    assert_eq!(all("link", "1.5.0").len(), 0);
}

#[wasm_bindgen_test]
async fn the_first_load_shows_a_skeleton_that_says_so() {
    let installation = Installation::with(many(1));
    let held = installation.hold(LIST);
    let _page = Page::open(&installation, "/terraform-versions");
    held.arrives().await;
    heading(VERSIONS).await;
    assert_eq!(said("status"), ["Loading Terraform versions…"]);
    assert!(is_busy());
    assert_eq!(all("navigation", "Pagination").len(), 0);
    held.release();
    assert_eq!(shown_from("1.0.1").await, ["1.0.1"]);
    assert_eq!(said("status"), ["1 version"]);
    assert!(!is_busy());
}

#[wasm_bindgen_test]
async fn a_row_says_what_the_installation_knows() {
    let mut known = version("1.5.0");
    known.attributes.official = true;
    known.attributes.beta = true;
    known.attributes.usage = Some(2);
    let mut old = version("0.11.7");
    old.attributes.enabled = false;
    old.attributes.deprecated = Some(true);
    old.attributes.usage = Some(1);
    old.attributes.created_at = None;
    let mut many_sided = version("0.11.8");
    let arch = |name: &str| Arch { url: None, sha: None, os: "linux".to_owned(), arch: name.to_owned() };
    many_sided.attributes.archs = Some(vec![arch("amd64"), arch("arm64")]);
    let installation = Installation::with([known, old, many_sided]);
    let _page = Page::open(&installation, "/terraform-versions");
    shown_from("1.5.0").await;
    let heads = ["Version", "Status", "Architectures", "Usage", "Created"];
    assert!(heads.iter().all(|head| all("columnheader", head).len() == 1));
    assert_eq!(row(VERSIONS, "1.5.0")[..4], ["1.5.0", "Enabled Official Beta", "amd64", "2 workspaces"]);
    assert_eq!(row(VERSIONS, "0.11.7"), ["0.11.7", "Disabled Deprecated", "amd64", "1 workspace", "unknown"]);
    assert_eq!(row(VERSIONS, "0.11.8")[1..4], ["Enabled", "amd64, arm64", "not used"]);
    click_link("1.5.0").await;
    at("/terraform-versions/tool-1.5.0").await;
    heading("Terraform 1.5.0").await;
}

#[wasm_bindgen_test]
async fn an_empty_list_offers_to_add_a_version() {
    let _page = Page::open(&Installation::with([]), "/terraform-versions");
    see("This installation knows no Terraform version yet.").await;
    assert_eq!(all("table", VERSIONS).len(), 0);
    assert_eq!(all("navigation", "Pagination").len(), 0);
    click_link("Add version").await;
    at("/terraform-versions/new").await;
}

#[wasm_bindgen_test]
async fn a_search_without_a_result_offers_to_clear_the_filters() {
    let _page = Page::open(&Installation::with(many(3)), "/terraform-versions?size=50&search=9.9");
    see("No version contains “9.9”.").await;
    assert_eq!(value(&by_label("Search versions").await), "9.9");
    click_button("Clear filters").await;
    at("/terraform-versions?size=50").await;
    assert_eq!(shown_from("1.0.3").await.len(), 3);
    let search = by_label("Search versions").await;
    assert_eq!(value(&search), "");
    wait_for("the focus in the search field", || (focused().as_ref() == Some(&search)).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_failure_is_told_and_can_be_tried_again() {
    let installation = Installation::with(many(2));
    installation.always(LIST, answer(503, ""));
    let _page = Page::open(&installation, "/terraform-versions");
    let again = by_role_name("button", "Try again").await;
    let alerts = said("alert");
    assert!(alerts.concat().contains("The server failed to do this.") && alerts.concat().contains("503"), "{alerts:?}");
    assert_eq!(said("status"), [""; 0], "nothing is loading");
    installation.mend();
    click(&again).await;
    assert_eq!(shown_from("1.0.2").await.len(), 2);
    assert_eq!(said("alert"), [""; 0]);
    assert_eq!(
        focused().map(|it| name(&it)).as_deref(),
        Some(VERSIONS),
        "the button is gone: the heading has the focus"
    );
}

#[wasm_bindgen_test]
async fn a_network_failure_is_told_and_can_be_tried_again() {
    let installation = Installation::with(many(1));
    installation.always("GET", unreachable());
    let _page = Page::open(&installation, "/terraform-versions");
    see("The server cannot be reached. Check the network connection and try again.").await;
    installation.mend();
    let held = installation.hold(LIST);
    click_button("Try again").await;
    held.arrives().await;
    assert_eq!(said("alert"), [""; 0], "the failure is forgotten while it is tried again");
    held.release();
    shown_from("1.0.1").await;
}

#[wasm_bindgen_test]
async fn the_first_rows_are_there_after_one_request_and_the_rest_follows() {
    let installation = Installation::with(many(250));
    let rest = installation.hold("page[size]=100");
    let _page = Page::open(&installation, "/terraform-versions");
    rest.arrives().await;
    assert_eq!(shown_from("1.0.20").await.len(), 20);
    assert_eq!(said("status"), ["Loading 20 of 250 versions…"]);
    assert!(is_busy());
    type_into(&by_label("Search versions").await, "1.0.1").await;
    see("Loading 20 of 250 versions… Showing 11 of those.").await;
    rest.release();
    see("Showing 111 of 250 versions").await;
    assert!(!is_busy());
}

#[wasm_bindgen_test]
async fn pages_are_turned_without_a_request() {
    let installation = Installation::with(many(70));
    let _page = Page::open(&installation, "/terraform-versions");
    see("70 versions").await;
    let sent = installation.sent(LIST).len();
    click_button("Next page").await;
    let shown = shown_from("1.0.50").await;
    assert_eq!((shown.len(), shown.last().unwrap().as_str()), (20, "1.0.31"));
    assert!(sees("21–40 of 70"));
    assert_eq!(installation.sent(LIST).len(), sent);
}

#[wasm_bindgen_test]
async fn what_the_address_asks_for_is_waited_for_while_there_is_more_to_come() {
    let installation = Installation::with(many(250));
    let rest = installation.hold("page[size]=100");
    let _page = Page::open(&installation, "/terraform-versions?page=4&size=50&sort=version");
    rest.arrives().await;
    settle().await;
    assert!(!sees("There is no page"));
    rest.release();
    assert_eq!(shown_from("1.0.151").await.len(), 50);
}

#[wasm_bindgen_test]
async fn a_page_that_stays_away_is_named_and_can_be_tried_again() {
    let installation = Installation::with(many(250));
    installation.always("page[number]=2&page[size]=100", answer(500, ""));
    let _page = Page::open(&installation, "/terraform-versions");
    see("The versions 101–200 could not be loaded.").await;
    see("Only 150 of 250 versions could be loaded.").await;
    assert_eq!(first_cells().first().unwrap(), "1.0.250", "what is there can be used");
    installation.mend();
    click_button("Try again").await;
    see("250 versions").await;
    gone("could not be loaded").await;
    assert_eq!(said("alert"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_token_that_is_no_administrators_is_told_so() {
    let _page = Page::open(&Installation::known_to(NOT_ADMIN, many(3)), "/terraform-versions");
    see("The token in use does not belong to an administrator").await;
    see("Not an administrator").await;
    assert_eq!(said("alert").len(), 1);
    assert_eq!(all("button", "Try again").len(), 0, "it would not help");
    assert_eq!(all("table", VERSIONS).len(), 0);
}

#[wasm_bindgen_test]
async fn an_administrator_without_the_api_is_told_so() {
    let installation = Installation::known_to(ADMIN, many(3));
    installation.always(LIST, answer(404, ""));
    let _page = Page::open(&installation, "/terraform-versions");
    see("The installation does not show its Terraform versions to this token.").await;
    see("The role for versions (“Version maintenance”) may be missing").await;
    see("or this installation has no Admin Terraform Versions API at this address.").await;
}

#[wasm_bindgen_test]
async fn whoever_sees_the_list_is_not_told_that_he_cannot() {
    let with_a_role = r#"{"username":"rita","is-site-admin":false}"#;
    let _page = Page::open_as_stranger(&Installation::known_to(with_a_role, many(3)), "/connect");
    type_into(&by_label("API token").await, web::TOKEN).await;
    click_button("Connect").await;
    see("1–3 of 3").await;
    assert!(!sees("cannot") && !sees("does not show"));
    assert_eq!(said("alert"), [""; 0]);
}

#[wasm_bindgen_test]
async fn another_system_than_linux_is_named() {
    let mut foreign = version("1.12.5");
    let arch = |os: &str| Arch { url: None, sha: None, os: os.to_owned(), arch: "amd64".to_owned() };
    foreign.attributes.archs = Some(vec![arch("windows"), arch("linux")]);
    let _page = Page::open(&Installation::with([foreign]), "/terraform-versions");
    shown_from("1.12.5").await;
    assert_eq!(row(VERSIONS, "1.12.5")[2], "windows/amd64, amd64");
}

#[wasm_bindgen_test]
async fn an_unreadable_answer_is_shown_as_it_came_and_can_be_copied() {
    let installation = Installation::known_to(NOBODY_KNOWN, []);
    installation.always(LIST, answer(200, "<html>\n <title>Sign in</title> user.atlasv1.first"));
    let page = Page::open(&installation, "/terraform-versions");
    see("The server sent something this console does not understand").await;
    see("Status 200 <html> <title>Sign in</title>").await;
    assert!(!sees("user.atlasv1.first"), "a token is never shown");
    click_button("Copy details").await;
    see("Copied to the clipboard.").await;
    assert_eq!(page.copied(), ["Status 200\n<html> <title>Sign in</title> $TOKEN"]);
    by_role_name("button", "Try again").await;
}

#[wasm_bindgen_test]
async fn a_page_beyond_the_end_leads_to_the_last() {
    let _page = Page::open(&Installation::with(many(70)), "/terraform-versions?page=9");
    see("There is no page 9. The list ends at page 4.").await;
    assert!(sees("0 of 70"));
    assert!(is_disabled(&by_role_name("button", "Next page").await));
    click_link("Go to the last page").await;
    at("/terraform-versions?page=4").await;
    assert_eq!(shown_from("1.0.10").await.len(), 10);
    see("61–70 of 70").await;
}

#[wasm_bindgen_test]
async fn previous_from_beyond_the_end_leads_to_the_last() {
    let _page = Page::open(&Installation::with(many(70)), "/terraform-versions?page=9");
    click_button("Previous page").await;
    at("/terraform-versions?page=4").await;
}

#[wasm_bindgen_test]
async fn the_pager_ends_where_the_list_ends_and_is_in_the_address() {
    let _page = Page::open(&Installation::with(many(45)), "/terraform-versions");
    shown_from("1.0.45").await;
    by_role_name("navigation", "Pagination").await;
    let (previous, next) = (by_role_name("button", "Previous page").await, by_role_name("button", "Next page").await);
    assert!(is_disabled(&previous) && !is_disabled(&next));
    click(&next).await;
    shown_from("1.0.25").await;
    assert_eq!(address(), "/terraform-versions?page=2");
    assert!(!is_disabled(&previous) && !is_disabled(&next));
    click(&next).await;
    assert_eq!(shown_from("1.0.5").await.len(), 5);
    assert_eq!(address(), "/terraform-versions?page=3");
    assert!(!is_disabled(&previous) && is_disabled(&next));
    wait_for("the focus on the other button", || (focused().as_ref() == Some(&previous)).then_some(())).await;
    go_back().await;
    shown_from("1.0.25").await;
    assert_eq!(address(), "/terraform-versions?page=2");
    click_button("Previous page").await;
    shown_from("1.0.45").await;
    assert_eq!(address(), "/terraform-versions");
}

#[wasm_bindgen_test]
async fn other_numbers_of_rows_keep_the_first_row_on_the_page() {
    let installation = Installation::with(many(70));
    let _page = Page::open(&installation, "/terraform-versions?page=3");
    shown_from("1.0.30").await;
    let size = by_label("Rows per page").await;
    assert_eq!(value(&size), "20");
    choose(&size, "50").await;
    assert_eq!(shown_from("1.0.70").await.len(), 50);
    assert_eq!(address(), "/terraform-versions?size=50");
    click_button("Next page").await;
    assert_eq!(shown_from("1.0.20").await.len(), 20);
    assert_eq!(address(), "/terraform-versions?page=2&size=50");
    see("51–70 of 70").await;
    choose(&by_label("Rows per page").await, "100").await;
    assert_eq!(shown_from("1.0.70").await.len(), 70);
    see("1–70 of 70").await;
    assert!(is_disabled(&by_role_name("button", "Previous page").await));
    assert!(is_disabled(&by_role_name("button", "Next page").await));
}

#[wasm_bindgen_test]
async fn a_reload_and_a_link_show_the_same_page() {
    let page = Page::open(&Installation::with(many(120)), "/terraform-versions?page=2&size=50&search=1.0.");
    assert_eq!(shown_from("1.0.70").await.len(), 50);
    assert_eq!(value(&by_label("Rows per page").await), "50");
    assert_eq!(value(&by_label("Search versions").await), "1.0.");
    page.reload();
    assert_eq!(shown_from("1.0.70").await.len(), 50);
    assert_eq!(address(), "/terraform-versions?page=2&size=50&search=1.0.");
}

#[wasm_bindgen_test]
async fn what_the_address_cannot_ask_for_is_as_if_it_were_not_there() {
    for query in [
        "page=0&size=7",
        "page=-1&size=100000",
        "page=x&size=",
        "page=1.5&size=2e1",
        "page[]=2",
        "page=99999999999999999999",
        "sort=name&arch=m68k&is=%00,broken",
    ] {
        let installation = Installation::with(many(30));
        let _page = Page::open(&installation, &format!("/terraform-versions?{query}"));
        assert_eq!(shown_from("1.0.30").await.len(), 20, "{query}");
        assert_eq!(value(&by_label("Rows per page").await), "20");
    }
}

#[wasm_bindgen_test]
async fn loading_goes_on_while_another_page_is_open_and_ends_with_the_session() {
    let installation = Installation::with(many(250));
    let held = installation.hold("page[size]=100");
    let _page = Page::open(&installation, "/terraform-versions");
    held.arrives().await;
    click_link("Add version").await;
    heading("Add a Terraform version").await;
    held.release();
    click_link("Terraform versions").await;
    see("250 versions").await;

    let again = installation.hold("page[size]=100");
    click_button("Refresh").await;
    again.arrives().await;
    click_button("Sign out").await;
    heading("Connect").await;
    assert_eq!(installation.dropped("page[size]=100"), 1);
}

#[wasm_bindgen_test]
async fn a_search_narrows_at_once_begins_at_the_first_page_and_is_in_the_address_after_a_pause() {
    let installation = Installation::with(many(70));
    let _page = Page::open(&installation, "/terraform-versions?page=3&size=20");
    shown_from("1.0.30").await;
    let sent = installation.sent(LIST).len();
    type_into(&by_label("Search versions").await, "1.0.7").await;
    assert_eq!(shown_from("1.0.70").await, ["1.0.70", "1.0.7"]);
    at("/terraform-versions?search=1.0.7").await;
    see("Showing 2 of 70 versions").await;
    see("1–2 of 2").await;
    assert_eq!(installation.sent(LIST).len(), sent, "the installation is not asked");
}

#[wasm_bindgen_test]
async fn back_undoes_a_search_however_often_it_was_corrected() {
    let installation = Installation::with(many(70));
    let _page = Page::open(&installation, "/terraform-versions?page=2");
    shown_from("1.0.50").await;
    let search = by_label("Search versions").await;
    type_into(&search, "1.0.7").await;
    at("/terraform-versions?search=1.0.7").await;
    type_into(&search, "1.0.70").await;
    at("/terraform-versions?search=1.0.70").await;
    go_back().await;
    shown_from("1.0.50").await;
    assert_eq!((address().as_str(), value(&search).as_str()), ("/terraform-versions?page=2", ""));
}

#[wasm_bindgen_test]
async fn enter_searches_at_once_and_an_emptied_field_shows_everything() {
    let installation = Installation::with(many(3));
    let _page = Page::open(&installation, "/terraform-versions");
    shown_from("1.0.3").await;
    let search = by_label("Search versions").await;
    type_into(&search, "1.0.3").await;
    press("Enter").await;
    assert_eq!(address(), "/terraform-versions?search=1.0.3");
    shown_from("1.0.3").await;
    settle().await;
    assert_eq!(focused().as_ref(), Some(&search), "the focus stays where the user types");
    type_into(&search, "").await;
    press("Enter").await;
    assert_eq!(shown_from("1.0.3").await.len(), 3);
    assert_eq!(address(), "/terraform-versions");
}

#[wasm_bindgen_test]
async fn white_space_around_a_search_is_not_searched_for() {
    let installation = Installation::with(many(3));
    let _page = Page::open(&installation, "/terraform-versions");
    shown_from("1.0.3").await;
    let search = by_label("Search versions").await;
    type_into(&search, "  ").await;
    press("Enter").await;
    assert_eq!(address(), "/terraform-versions");
    type_into(&search, " 1.0.3 ").await;
    press("Enter").await;
    shown_from("1.0.3").await;
    assert_eq!(address(), "/terraform-versions?search=1.0.3");
}

#[wasm_bindgen_test]
async fn leaving_while_typing_a_search_does_not_come_back() {
    let installation = Installation::with(many(3));
    let _page = Page::open(&installation, "/terraform-versions");
    shown_from("1.0.3").await;
    type_into(&by_label("Search versions").await, "1.0.3").await;
    click_link("Add version").await;
    heading("Add a Terraform version").await;
    gone("1.0.2").await;
    // Longer than the pause after which it would have been searched for.
    let begun = js_sys::Date::now();
    wait_for("the pause to be over", || (js_sys::Date::now() - begun > 400.0).then_some(())).await;
    assert_eq!(address(), "/terraform-versions/new");
}

#[wasm_bindgen_test]
async fn hostile_versions_are_text() {
    let mut hostile = version("<img src=x onerror=alert(1)>");
    hostile.id = "tool/../1?#<b>".to_owned();
    let mut bidirectional = version("1.5\u{202E}0.0");
    bidirectional.id = "tool-2".to_owned();
    let mut nameless = version(" ");
    nameless.id = "tool-3".to_owned();
    let _page = Page::open(&Installation::with([hostile, bidirectional, nameless]), "/terraform-versions");
    see("3 versions").await;
    let mut shown = first_cells();
    shown.sort();
    assert_eq!(shown, ["(no version)", "1.5\\u{202e}0.0", "<img src=x onerror=alert(1)>"]);
    assert!(!description(&by_label("Search versions").await).contains('<'));
    click_link("<img src=x onerror=alert(1)>").await;
    at("/terraform-versions/tool%2F..%2F1%3F%23%3Cb%3E").await;
    heading("Terraform <img src=x onerror=alert(1)>").await;
}

#[wasm_bindgen_test]
async fn each_row_has_its_actions_in_a_menu() {
    let installation = Installation::with([version("1.5.0"), version("1.6.0")]);
    let _page = Page::open(&installation, "/terraform-versions");
    click_button("Actions for 1.6.0").await;
    for action in ["Copy URL", "Copy SHA-256", "Copy id"] {
        by_role_name("button", action).await;
    }
    press("Escape").await;
    click_button("Actions for 1.5.0").await;
    click_link("Edit").await;
    heading("Edit Terraform 1.5.0").await;
}

#[wasm_bindgen_test]
async fn a_range_with_an_error_can_be_cleared() {
    let _page = Page::open(&Installation::with(many(3)), "/terraform-versions");
    shown_from("1.0.3").await;
    let range = by_label("Version range").await;
    type_into(&range, ">= x").await;
    press("Enter").await;
    see("“x” is no version.").await;
    assert!(description(&range).contains("is no version"), "{}", description(&range));
    click_button("Clear filters").await;
    gone("is no version").await;
    assert_eq!((value(&range).as_str(), address().as_str()), ("", "/terraform-versions"));
    assert_eq!(all("button", "Clear filters").len(), 0);
}

#[wasm_bindgen_test]
async fn a_range_with_an_error_leaves_the_list_as_narrow_as_it_is() {
    let _page = Page::open(&Installation::with(many(70)), "/terraform-versions");
    shown_from("1.0.70").await;
    let range = by_label("Version range").await;
    type_into(&range, "< 1.0.3").await;
    press("Enter").await;
    see("Showing 2 of 70 versions").await;
    type_into(&range, "< 1.0.3, ").await;
    press("Enter").await;
    wait_for("the error", || (!description(&range).is_empty()).then_some(())).await;
    settle().await;
    assert_eq!(first_cells(), ["1.0.2", "1.0.1"]);
}

#[wasm_bindgen_test]
async fn ids_that_would_lead_elsewhere_are_not_linked() {
    let odd = |(place, id): (usize, &str)| ToolVersion { id: id.to_owned(), ..version(&format!("1.5.{place}")) };
    let ids = [".", "..", "new", "plan", "tool-1"];
    let _page = Page::open(&Installation::with(ids.into_iter().enumerate().map(odd)), "/terraform-versions");
    shown_from("1.5.4").await;
    assert_eq!(first_cells(), ["1.5.4", "1.5.3", "1.5.2", "1.5.1", "1.5.0"]);
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(all("link", &format!("1.5.{place}")).len(), usize::from(*id == "tool-1"), "{id}");
    }
}

#[wasm_bindgen_test]
async fn the_chart_has_a_bar_for_each_minor_version_in_use_that_leads_to_its_versions() {
    let used = |minor: u64| {
        let mut version = version(&format!("1.{minor}.0"));
        version.attributes.usage = Some(minor);
        version
    };
    let _page = Page::open(&Installation::with((0..46).map(used)), "/terraform-versions");
    see("46 versions").await;
    let summary = wait_for("the chart", || document().query_selector("summary").unwrap()).await;
    if document().query_selector("details[open]").unwrap().is_none() {
        click(&summary).await;
    }
    let bars = || Some(links_in(&document().query_selector("figure").unwrap()?));
    let first = wait_for("bars", || bars().filter(|bars: &Vec<String>| !bars.is_empty())).await;
    assert_eq!((first.len(), first[0].as_str()), (40, "/terraform-versions?range=~%3E%201.45.0"));
    click_button("Show all 45").await;
    let all = wait_for("all bars", || bars().filter(|bars| bars.len() > 40)).await;
    assert_eq!(
        (all.len(), all[44].as_str()),
        (45, "/terraform-versions?range=~%3E%201.1.0"),
        "what nobody uses has none"
    );
    click_link("1.7 7 workspaces").await;
    assert_eq!(shown_from("1.7.0").await, ["1.7.0"]);
}

#[wasm_bindgen_test]
async fn the_list_of_shortcuts_closes_on_back() {
    let _page = Page::open(&Installation::with(many(1)), "/terraform-versions");
    shown_from("1.0.1").await;
    click_link("1.0.1").await;
    heading("Terraform 1.0.1").await;
    click_button("Keyboard shortcuts").await;
    by_role_name("dialog", "Keyboard shortcuts").await;
    go_back().await;
    at("/terraform-versions").await;
    wait_for("the dialog to close", || all("dialog", "Keyboard shortcuts").is_empty().then_some(())).await;
    shown_from("1.0.1").await;
    assert!(focused().is_some(), "the focus is lost");
}

#[wasm_bindgen_test]
async fn what_is_typed_is_painted_before_the_rows_are_looked_for() {
    let _page = Page::open(&Installation::with(many(70)), "/terraform-versions");
    shown_from("1.0.70").await;
    let search = by_label("Search versions").await;
    let (tell, painted) = futures_channel::oneshot::channel();
    request_animation_frame(move || tell.send(first_cells()).unwrap());
    type_into(&search, "1.0.7").await;
    assert_eq!(painted.await.unwrap().len(), 20, "the rows wait for the frame that shows the letters");
    wait_for("the rows", || (first_cells() == ["1.0.70", "1.0.7"]).then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_row_shows_another_version_unless_somebody_uses_it() {
    let _page = Page::open(&Installation::with(many(30)), "/terraform-versions?search=1.0");
    shown_from("1.0.30").await;
    click_button("Next page").await;
    shown_from("1.0.10").await;
    let used = by_role_name("checkbox", "Select 1.0.10").await;
    let other = by_role_name("checkbox", "Select 1.0.9").await;
    focus_on(&used).await;
    go_back().await;
    assert_eq!(shown_from("1.0.30").await.len(), 20);
    assert_eq!((name(&used).as_str(), used.is_connected()), ("Select 1.0.10", false), "it goes with its version");
    assert_eq!((name(&other).as_str(), other.is_connected()), ("Select 1.0.29", true), "it stands where it stood");
}

/// The versions whose boxes are ticked.
fn ticked() -> Vec<String> {
    first_cells().into_iter().filter(|it| all("checkbox", &format!("Select {it}")).iter().all(is_ticked)).collect()
}

#[wasm_bindgen_test]
async fn shift_and_arrows_draw_a_range_out_and_in_again_to_both_sides_of_where_it_began() {
    let _page = Page::open(&Installation::with(many(9)), "/terraform-versions");
    shown_from("1.0.9").await;
    focus_on(&by_role_name("checkbox", "Select 1.0.6").await).await;
    for _ in 0..3 {
        press_with_shift("ArrowDown").await;
    }
    see("4 selected").await;
    assert_eq!(ticked(), ["1.0.6", "1.0.5", "1.0.4", "1.0.3"]);
    press_with_shift("ArrowUp").await;
    see("3 selected").await;
    assert_eq!(ticked(), ["1.0.6", "1.0.5", "1.0.4"]);
    assert_eq!(focused().map(|it| name(&it)).as_deref(), Some("Select 1.0.4"));
    for _ in 0..3 {
        press_with_shift("ArrowUp").await;
    }
    see("2 selected").await;
    assert_eq!(ticked(), ["1.0.7", "1.0.6"], "beyond where it began it grows");
    press_with_shift("ArrowDown").await;
    see("1 selected").await;
    assert_eq!(ticked(), ["1.0.6"]);
    // Another range leaves this one alone.
    focus_on(&by_role_name("checkbox", "Select 1.0.2").await).await;
    press_with_shift("ArrowDown").await;
    press_with_shift("ArrowDown").await;
    see("3 selected").await;
    assert_eq!(ticked(), ["1.0.6", "1.0.2", "1.0.1"], "the last row has none below");
}
