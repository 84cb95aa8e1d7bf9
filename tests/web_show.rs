//! The page of one Terraform version in a browser: what it says, and deleting.
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

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    ADMIN, Installation, NOBODY_KNOWN, NOT_ADMIN, Page, SHA, SHA_2, all, answer, at, by_role_name, click, click_button,
    click_link, definition, description, errors, focused, gone, heading, is_busy, is_disabled, links_in, many, name,
    press, rows, said, see, sees, settle, text, timed_out, unreachable, url, version, wait_for,
};
use wire::Arch;

wasm_bindgen_test_configure!(run_in_browser);

const ONE: &str = "/terraform-versions/tool-1.5.0";

fn arch(name: &str, url: &str, sha: &str) -> Arch {
    Arch { url: Some(url.to_owned()), sha: Some(sha.to_owned()), os: "linux".to_owned(), arch: name.to_owned() }
}

/// In groups of eight digits, as it is on screen.
fn grouped(digest: &str) -> String {
    digest.as_bytes().chunks(8).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

async fn is_said(term: &str, expected: &str) {
    assert_eq!(text(&definition(term).await), expected, "{term}");
}

/// Waits until the button of that name has the focus.
async fn button_has_the_focus(button: &str) {
    wait_for(&format!("the focus on “{button}”"), || (name(&focused()?) == button).then_some(())).await;
}

#[wasm_bindgen_test]
async fn every_attribute_is_shown() {
    let mut known = version("1.5.0");
    known.attributes.official = true;
    known.attributes.beta = true;
    known.attributes.deprecated = Some(true);
    known.attributes.deprecated_reason = Some(Some("Use 1.5.7, it is safer.".to_owned()));
    known.attributes.usage = Some(1);
    let arm = "https://example.com/arm64.zip";
    known.attributes.archs = Some(vec![arch("amd64", &url("1.5.0"), SHA), arch("arm64", arm, SHA_2)]);
    let _page = Page::open(&Installation::with([known]), ONE);
    heading("Terraform 1.5.0").await;
    is_said("Version", "1.5.0").await;
    is_said("Status", "Enabled Official Beta Deprecated").await;
    is_said("URL", &[&url("1.5.0"), " Copy URL"].concat()).await;
    is_said("SHA-256", &[&grouped(SHA), " Copy SHA-256"].concat()).await;
    for (term, expected) in [("Official", "Yes"), ("Enabled", "Yes"), ("Beta", "Yes"), ("Deprecated", "Yes")] {
        is_said(term, expected).await;
    }
    is_said("Deprecation reason", "Use 1.5.7, it is safer.").await;
    is_said("Usage", "1 workspace").await;
    is_said("Id", "tool-1.5.0 Copy id").await;
    let archs = rows("Architectures");
    assert_eq!(archs.len(), 2, "{archs:?}");
    assert_eq!(archs[1][..2], ["linux/arm64", arm]);
    assert!(archs[1][2].starts_with(&grouped(SHA_2)), "{archs:?}");
    by_role_name("button", "Copy digest of linux/arm64").await;
}

#[wasm_bindgen_test]
async fn an_old_installation_says_less() {
    let mut known = version("0.11.8");
    known.attributes.deprecated = None;
    known.attributes.deprecated_reason = None;
    known.attributes.enabled = false;
    known.attributes.url = None;
    known.attributes.sha = None;
    known.attributes.usage = None;
    known.attributes.created_at = None;
    let _page = Page::open(&Installation::with([known]), "/terraform-versions/tool-0.11.8");
    heading("Terraform 0.11.8").await;
    is_said("Status", "Disabled").await;
    is_said("URL", "none").await;
    is_said("SHA-256", "none").await;
    is_said("Usage", "unknown").await;
    is_said("Created", "unknown").await;
    assert!(!sees("Deprecated") && !sees("Deprecation reason"));
    assert_eq!(all("table", "Architectures").len(), 0);
    assert_eq!(all("button", "Copy URL").len() + all("button", "Copy SHA-256").len(), 0, "there is nothing to copy");
    assert!(!is_disabled(&by_role_name("button", "Delete version").await));
}

#[wasm_bindgen_test]
async fn a_moment_has_its_exact_utc_in_the_title() {
    let mut known = version("1.5.0");
    known.attributes.created_at = Some("2018-08-16T00:34:24.561+02:00".to_owned());
    let _page = Page::open(&Installation::with([known]), ONE);
    let created = definition("Created").await;
    let time = created.first_element_child().unwrap();
    assert_eq!(time.get_attribute("title").as_deref(), Some("2018-08-15T22:34:24.561Z"));
    assert_eq!(time.get_attribute("datetime").as_deref(), Some("2018-08-15T22:34:24.561Z"));
    assert!(text(&time).contains("2018") && !text(&time).contains('T'), "{}", text(&time));
}

#[wasm_bindgen_test]
async fn what_is_no_date_is_shown_as_it_came() {
    let mut odd = version("1.5.0");
    odd.attributes.created_at = Some("last\u{202E} summer".to_owned());
    let _page = Page::open(&Installation::with([odd]), ONE);
    is_said("Created", "last\\u{202e} summer").await;
}

#[wasm_bindgen_test]
async fn only_web_addresses_become_links() {
    let mut safe = version("1.5.0");
    let address = "http://mirror.example:8080/terraform.zip?a=1&b=2";
    safe.attributes.url = Some(address.to_owned());
    {
        let _page = Page::open(&Installation::with([safe.clone()]), ONE);
        assert_eq!(links_in(&definition("URL").await), [address]);
        let link = by_role_name("link", address).await;
        assert_eq!(link.get_attribute("rel").as_deref(), Some("noreferrer noopener"));
    }
    for hostile in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://",
        "data:text/html,<script>alert(1)</script>",
        "//example.com/terraform.zip",
        "https://releases.hashicorp.com@elsewhere.example/terraform.zip",
        "https:\\\\example.com",
    ] {
        safe.attributes.url = Some(hostile.to_owned());
        safe.attributes.archs = Some(vec![arch("amd64", hostile, SHA)]);
        let _page = Page::open(&Installation::with([safe.clone()]), ONE);
        is_said("URL", &[hostile, " Copy URL"].concat()).await;
        assert_eq!(links_in(&definition("URL").await), [""; 0], "{hostile}");
        assert_eq!(all("link", hostile).len(), 0, "{hostile}");
        assert_eq!(rows("Architectures")[0][1], hostile);
    }
}

#[wasm_bindgen_test]
async fn hostile_text_is_text_with_what_is_invisible_spelled_out() {
    let markup = "<img src=x onerror=alert(1)>";
    let mut hostile = version("1.5.0");
    hostile.attributes.version = "1.5.0\u{202E}<b>".to_owned();
    hostile.attributes.deprecated = Some(true);
    hostile.attributes.deprecated_reason = Some(Some(markup.to_owned()));
    hostile.attributes.sha = Some("\u{200B}<i>".to_owned());
    hostile.attributes.url = Some("https://example.com/\u{2066}x".to_owned());
    let _page = Page::open(&Installation::with([hostile]), ONE);
    heading("Terraform 1.5.0\\u{202e}<b>").await;
    is_said("Deprecation reason", markup).await;
    assert!(text(&definition("SHA-256").await).replace(' ', "").starts_with("\\u{200b}<i>"));
    assert!(text(&definition("URL").await).starts_with("https://example.com/\\u{2066}x"));
    assert_eq!(links_in(&definition("URL").await), [""; 0]);
}

#[wasm_bindgen_test]
async fn values_are_copied_whole() {
    let page = Page::open(&Installation::with([version("1.5.0")]), ONE);
    for button in ["Copy URL", "Copy SHA-256", "Copy id"] {
        click_button(button).await;
    }
    see("Copied to the clipboard.").await;
    assert_eq!(page.copied(), [url("1.5.0"), SHA.to_owned(), "tool-1.5.0".to_owned()]);
}

#[wasm_bindgen_test]
async fn where_there_is_no_clipboard_it_is_told() {
    let page = Page::open(&Installation::with([version("1.5.0")]), ONE);
    heading("Terraform 1.5.0").await;
    page.has_no_clipboard();
    click_button("Copy id").await;
    see("The browser did not allow copying. Select the text and copy it by hand.").await;
}

#[wasm_bindgen_test]
async fn the_first_load_and_its_failure_are_told() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("GET /admin/terraform-versions/");
    let _page = Page::open(&installation, ONE);
    held.arrives().await;
    heading("Terraform version").await;
    assert_eq!(said("status"), ["Loading the version…"]);
    assert_eq!(all("link", "Edit").len(), 0);
    installation.always("GET", unreachable());
    held.release();
    see("The server cannot be reached.").await;
    installation.mend();
    click_button("Try again").await;
    heading("Terraform 1.5.0").await;
    assert!(!is_busy());
}

#[wasm_bindgen_test]
async fn leaving_the_page_while_it_loads_gives_the_request_up() {
    let installation = Installation::with(many(2));
    let held = installation.hold("GET /admin/terraform-versions/");
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    held.arrives().await;
    click_link("Terraform versions").await;
    see("1–2 of 2").await;
    assert_eq!(installation.dropped("tool-1.0.1"), 1);
    held.release();
    settle().await;
    assert!(sees("1–2 of 2"));
}

#[wasm_bindgen_test]
async fn not_found_says_which_of_two_reasons_when_it_can_be_told() {
    for (account, reason) in [
        (ADMIN, "This version does not exist. It may have been deleted, or the link may be mistyped."),
        (NOT_ADMIN, "The token in use does not belong to an administrator, so the installation does not show"),
        (NOBODY_KNOWN, "This version does not exist, or the token in use does not belong to an administrator."),
    ] {
        let _page = Page::open(&Installation::known_to(account, many(1)), "/terraform-versions/tool-none");
        heading("Not found").await;
        see(reason).await;
        assert_eq!(all("link", "Edit").len() + all("button", "Delete version").len(), 0);
        assert_eq!(all("button", "Try again").len(), 0);
        click_link("Back to the list").await;
        at("/terraform-versions").await;
    }
}

#[wasm_bindgen_test]
async fn an_address_without_a_page_is_told() {
    let _page = Page::open(&Installation::with(many(1)), "/elsewhere/at/all");
    heading("Not found").await;
    see("There is no page at this address.").await;
    click_link("Back to the list").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn what_the_installation_would_not_delete_cannot_be_deleted_and_says_why() {
    for (official, usage, reason) in [
        (true, 0, "It cannot be deleted. It is an official version."),
        (false, 2, "It cannot be deleted. 2 workspaces use it."),
        (true, 1, "It cannot be deleted. It is an official version. 1 workspace uses it."),
    ] {
        let mut known = version("1.5.0");
        known.attributes.official = official;
        known.attributes.usage = Some(usage);
        let _page = Page::open(&Installation::with([known]), ONE);
        let delete = by_role_name("button", "Delete version").await;
        assert!(is_disabled(&delete));
        assert_eq!(description(&delete), reason);
        assert!(sees(reason), "it is visible as well");
    }
}

#[wasm_bindgen_test]
async fn a_delete_names_the_version_and_leads_to_the_list() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    by_role_name("dialog", "Delete Terraform 1.0.1?").await;
    see("No workspace can choose Terraform 1.0.1 any more").await;
    let held = installation.hold("DELETE");
    let delete = by_role_name("button", "Delete").await;
    click(&delete).await;
    held.arrives().await;
    assert!(is_disabled(&delete), "it is on its way");
    held.release();
    at("/terraform-versions").await;
    see("Terraform 1.0.1 was deleted.").await;
    see("1–1 of 1").await;
    assert!(said("status").concat().contains("Terraform 1.0.1 was deleted."));
    assert_eq!(installation.sent("DELETE"), ["DELETE /admin/terraform-versions/tool-1.0.1"]);
}

#[wasm_bindgen_test]
async fn cancel_and_escape_delete_nothing_and_give_the_focus_back() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    click_button("Cancel").await;
    gone("No workspace can choose").await;
    button_has_the_focus("Delete version").await;
    click_button("Delete version").await;
    by_role_name("dialog", "Delete Terraform 1.0.1?").await;
    press("Escape").await;
    gone("No workspace can choose").await;
    button_has_the_focus("Delete version").await;
    assert_eq!(installation.sent("DELETE"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_refused_delete_is_told_in_the_dialog() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    installation.once("DELETE", errors(&[("", "Version is in use by 2 workspaces.")]));
    click_button("Delete").await;
    see("Version is in use by 2 workspaces.").await;
    let dialog = by_role_name("dialog", "Delete Terraform 1.0.1?").await;
    assert!(text(&dialog).contains("in use by 2 workspaces"), "in the dialog: {}", text(&dialog));
    assert_eq!(said("alert").len(), 1);
    click_button("Cancel").await;
    gone("in use by 2 workspaces").await;
    click_button("Delete version").await;
    settle().await;
    assert!(!sees("in use by 2 workspaces"), "what went wrong before is forgotten");
    click_button("Delete").await;
    see("Terraform 1.0.1 was deleted.").await;
}

#[wasm_bindgen_test]
async fn a_delete_that_takes_too_long_can_be_cancelled() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    let held = installation.hold("DELETE");
    click_button("Delete").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("The request was cancelled. The installation may have done it all the same").await;
    gone("No workspace can choose").await;
    wait_for("the request to be given up", || (installation.dropped("DELETE") == 1).then_some(())).await;
    held.release();
    settle().await;
    heading("Terraform 1.0.1").await;
}

#[wasm_bindgen_test]
async fn a_delete_is_told_wherever_the_user_is_by_then() {
    for (outcome, told, role) in [
        (None, "Terraform 1.0.1 was deleted.", "status"),
        (Some(answer(500, "")), "Terraform 1.0.1 was not deleted. The server failed to do this.", "alert"),
    ] {
        let installation = Installation::with(many(2));
        let _page = Page::open(&installation, "/terraform-versions");
        click_link("1.0.1").await;
        click_button("Delete version").await;
        let held = installation.hold("DELETE");
        if let Some(answer) = outcome {
            installation.once("DELETE", answer);
        }
        click_button("Delete").await;
        held.arrives().await;
        web::go_back().await;
        at("/terraform-versions").await;
        click_link("Add version").await;
        heading("Add a Terraform version").await;
        held.release();
        wait_for(told, || said(role).iter().any(|text| text.contains(told)).then_some(())).await;
        settle().await;
        at("/terraform-versions/new").await;
    }
}

/// Every way in which a write stays without an answer.
fn without_an_answer() -> Vec<web::Answer> {
    vec![answer(500, ""), answer(504, "<html>"), answer(200, "{"), unreachable(), timed_out()]
}

#[wasm_bindgen_test]
async fn a_delete_that_was_done_without_an_answer_is_told_as_done() {
    for failure in without_an_answer() {
        let installation = Installation::with(many(2));
        let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
        click_button("Delete version").await;
        installation.once_done("DELETE", failure);
        click_button("Delete").await;
        at("/terraform-versions").await;
        see("Terraform 1.0.1 was deleted, although no answer said so.").await;
        see("1–1 of 1").await;
        assert_eq!(said("alert"), [""; 0]);
        assert_eq!(installation.sent("DELETE").len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_delete_without_an_answer_that_was_not_done_is_told_so_in_the_dialog() {
    for failure in without_an_answer() {
        let installation = Installation::with(many(1));
        let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
        click_button("Delete version").await;
        installation.once("DELETE", failure);
        click_button("Delete").await;
        see("The version is still there, as it was.").await;
        by_role_name("dialog", "Delete Terraform 1.0.1?").await;
        assert_eq!(installation.sent("DELETE").len(), 1);
        click_button("Delete").await;
        see("Terraform 1.0.1 was deleted.").await;
    }
}

#[wasm_bindgen_test]
async fn a_delete_that_cannot_be_looked_up_is_told_as_unclear() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    installation.always("DELETE", answer(502, ""));
    installation.always("GET /admin/terraform-versions/tool-1.0.1", answer(502, ""));
    click_button("Delete").await;
    see("It is not known whether it was done all the same").await;
    by_role_name("dialog", "Delete Terraform 1.0.1?").await;
}

#[wasm_bindgen_test]
async fn a_version_that_is_gone_before_it_is_deleted_is_told_as_gone() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    click_button("Delete version").await;
    installation.once_done("DELETE", answer(404, ""));
    click_button("Delete").await;
    see("Terraform 1.0.1 is gone already, so there was nothing to delete.").await;
    at("/terraform-versions").await;
    see("1–1 of 1").await;
    assert_eq!(said("alert"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_version_that_is_not_found_is_told_by_what_the_list_says() {
    let no_version = "/terraform-versions/tool-none";
    let with_a_role = r#"{"username":"rita","is-site-admin":false}"#;
    {
        let _page = Page::open(&Installation::known_to(with_a_role, many(1)), no_version);
        see("This version does not exist. It may have been deleted").await;
        assert!(!sees("The token in use does not belong"));
    }
    let without_the_role = Installation::known_to(ADMIN, many(1));
    without_the_role.always("/admin/terraform-versions", answer(404, ""));
    let _page = Page::open(&without_the_role, no_version);
    see("The role for versions (“Version maintenance”) may be missing").await;
    assert!(!sees("This version does not exist"));
}
