//! Adding and editing a Terraform version in a browser: what is checked, sent and told, and that nothing is lost.
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

use serde_json::json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    Installation, Page, SHA, SHA_2, address, all, answer, ask_to_close_the_tab, at, by_label, by_role_name, click,
    click_button, click_link, description, errors, focused, go_back, gone, heading, is_busy, is_disabled, is_ticked,
    many, name, press, row, rows, said, see, sees, settle, text, type_into, unreachable, url, value, version, wait_for,
};
use wire::Arch;

wasm_bindgen_test_configure!(run_in_browser);

const LIST: &str = "/terraform-versions";
const NEW: &str = "/terraform-versions/new";
const EDIT: &str = "/terraform-versions/tool-1.5.0/edit";
const NOTHING_CHANGED: &str = "Nothing has changed yet, so there is nothing to save.";

async fn fill_in(number: &str) {
    type_into(&by_label("Version").await, number).await;
    type_into(&by_label("URL").await, &url(number)).await;
    type_into(&by_label("SHA-256").await, SHA).await;
}

/// Whether the field says what is wrong with it, in the ways that assistive technology knows.
async fn is_wrong(label: &str, problem: &str) {
    let field = by_label(label).await;
    wait_for(&format!("“{problem}” at {label}"), || description(&field).contains(problem).then_some(())).await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"), "{label}");
    assert!(said("alert").iter().any(|alert| alert.contains(problem)), "{:?}", said("alert"));
}

async fn is_right(label: &str) {
    let field = by_label(label).await;
    wait_for(&format!("nothing wrong at {label}"), || (!field.has_attribute("aria-invalid")).then_some(())).await;
}

async fn has_the_focus(label: &str) {
    wait_for(&format!("the focus on {label}"), || (name(&focused()?) == label).then_some(())).await;
}

async fn stays_typed(number: &str) {
    assert_eq!(value(&by_label("Version").await), number);
    assert_eq!(value(&by_label("URL").await), url(number));
    assert_eq!(value(&by_label("SHA-256").await), SHA);
}

#[wasm_bindgen_test]
async fn a_create_sends_the_form_and_leads_to_the_version() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, NEW);
    heading("Add a Terraform version").await;
    fill_in("1.9.5").await;
    click_button("Create version").await;
    at("/terraform-versions/tool-1.9.5").await;
    heading("Terraform 1.9.5").await;
    see("Terraform 1.9.5 was added.").await;
    assert!(said("status").concat().contains("Terraform 1.9.5 was added."));
    let sent = json!({
        "version": "1.9.5", "url": url("1.9.5"), "sha": SHA, "official": false, "enabled": true, "beta": false
    });
    assert_eq!(installation.body("POST"), sent);
    assert!(!ask_to_close_the_tab(), "it is saved");
}

#[wasm_bindgen_test]
async fn a_deprecated_version_is_created_with_its_reason() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    assert_eq!(all("textbox", "Deprecation reason").len(), 0);
    for switch in ["Official", "Enabled", "Beta", "Deprecated"] {
        click(&by_label(switch).await).await;
    }
    type_into(&by_label("Deprecation reason").await, "  Use 1.9.6. ").await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let sent = json!({
        "version": "1.9.5", "url": url("1.9.5"), "sha": SHA, "official": true, "enabled": false, "beta": true,
        "deprecated": true, "deprecated-reason": "Use 1.9.6."
    });
    assert_eq!(installation.body("POST"), sent);
}

#[wasm_bindgen_test]
async fn a_reason_without_deprecation_is_kept_but_not_sent() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click(&by_label("Deprecated").await).await;
    type_into(&by_label("Deprecation reason").await, "Use 1.9.6.").await;
    click(&by_label("Deprecated").await).await;
    gone("Deprecation reason").await;
    click(&by_label("Deprecated").await).await;
    assert_eq!(value(&by_label("Deprecation reason").await), "Use 1.9.6.");
    click(&by_label("Deprecated").await).await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let body = installation.body("POST");
    assert_eq!((body.get("deprecated"), body.get("deprecated-reason")), (None, None));
}

#[wasm_bindgen_test]
async fn what_was_pasted_with_white_space_is_tidied() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    type_into(&by_label("Version").await, "\u{A0} 1.9.5\u{200B} ").await;
    type_into(&by_label("URL").await, &[" ", &url("1.9.5"), "\t"].concat()).await;
    type_into(&by_label("SHA-256").await, &[" ", &SHA.to_uppercase(), " "].concat()).await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let body = installation.body("POST");
    assert_eq!((body["version"].as_str(), body["url"].as_str()), (Some("1.9.5"), Some(url("1.9.5").as_str())));
    assert_eq!(body["sha"].as_str(), Some(SHA));
}

#[wasm_bindgen_test]
async fn an_empty_form_is_not_sent_and_says_what_is_missing() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    for label in ["Version", "URL", "SHA-256"] {
        assert_eq!(by_label(label).await.get_attribute("aria-required").as_deref(), Some("true"));
        is_right(label).await;
    }
    click_button("Create version").await;
    is_wrong("Version", "Enter a version, for example 1.9.5.").await;
    is_wrong("URL", "Enter the URL of the zip file").await;
    is_wrong("SHA-256", "Enter the SHA-256 of the zip file").await;
    has_the_focus("Version").await;
    type_into(&by_label("Version").await, "1.9.5").await;
    is_right("Version").await;
    is_wrong("URL", "Enter the URL of the zip file").await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_first_field_that_is_wrong() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    type_into(&by_label("Version").await, "1.9.5").await;
    type_into(&by_label("URL").await, "javascript:alert(1)").await;
    type_into(&by_label("SHA-256").await, "abc").await;
    press("Enter").await;
    is_wrong("URL", "The URL must begin with https:// or http://.").await;
    is_wrong("SHA-256", "This has 3.").await;
    is_right("Version").await;
    has_the_focus("URL").await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_servers_refusal_is_told_at_the_fields_and_the_rest_above_them() {
    let installation = Installation::with([]);
    installation.once(
        "POST",
        errors(&[
            ("", "The license does not cover this."),
            ("url", "URL cannot be reached"),
            ("sha", "Sha is <b>wrong</b>\u{202E}"),
            ("archs", "Archs are odd"),
        ]),
    );
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    is_wrong("URL", "URL cannot be reached").await;
    is_wrong("SHA-256", "Sha is <b>wrong</b>\\u{202e}").await;
    is_right("Version").await;
    has_the_focus("URL").await;
    let above = "The license does not cover this. Archs are odd";
    assert_eq!(said("alert").first().map(String::as_str), Some(above), "above the fields");
    stays_typed("1.9.5").await;
    type_into(&by_label("URL").await, "https://example.com/terraform.zip").await;
    is_right("URL").await;
    is_wrong("SHA-256", "Sha is <b>wrong</b>").await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    assert_eq!(installation.sent("POST").len(), 2);
}

#[wasm_bindgen_test]
async fn a_refusal_without_a_reason_is_not_silent() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, "{}"));
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    see("The server did not accept this and does not say why.").await;
    let notice = wait_for("the focus above the form", || focused().filter(|it| it.tag_name() == "DIV")).await;
    assert_eq!(text(&notice), "The server did not accept this and does not say why.");
    stays_typed("1.9.5").await;
}

#[wasm_bindgen_test]
async fn the_draft_outlives_every_failure() {
    let doubt = "The installation may have saved it all the same";
    for (failure, told, is_doubtful) in [
        (answer(500, ""), "The server failed to do this.", true),
        (unreachable(), "The server cannot be reached.", true),
        (answer(200, "<html>"), "The server sent something this console does not understand", true),
        (answer(403, ""), "The server does not allow this with this token", false),
        (answer(404, ""), "The server found nothing here.", false),
    ] {
        let installation = Installation::with([]);
        installation.once("POST", failure);
        let _page = Page::open(&installation, NEW);
        fill_in("1.9.5").await;
        click(&by_label("Beta").await).await;
        click_button("Create version").await;
        see(told).await;
        assert_eq!(sees(doubt), is_doubtful, "{told}");
        stays_typed("1.9.5").await;
        assert!(is_ticked(&by_label("Beta").await));
        assert!(ask_to_close_the_tab(), "it is not saved yet");
        click_button("Create version").await;
        heading("Terraform 1.9.5").await;
        assert_eq!(installation.sent("POST").len(), 2, "nothing is repeated on its own: {told}");
    }
}

#[wasm_bindgen_test]
async fn sending_twice_sends_once() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let create = by_role_name("button", "Create version").await;
    click(&create).await;
    held.arrives().await;
    assert!(is_disabled(&create) && name(&create) == "Sending…", "{}", name(&create));
    click(&by_label("Version").await).await;
    press("Enter").await;
    let form = create.closest("form").unwrap().unwrap();
    form.dispatch_event(&web_sys::Event::new("submit").unwrap()).unwrap();
    settle().await;
    held.release();
    heading("Terraform 1.9.5").await;
    assert_eq!(installation.sent("POST").len(), 1);
}

#[wasm_bindgen_test]
async fn a_create_that_takes_too_long_can_be_cancelled() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("The request was cancelled before the server answered.").await;
    see("The installation may have saved it all the same").await;
    assert_eq!(installation.dropped("POST"), 1);
    assert_eq!(address(), NEW);
    stays_typed("1.9.5").await;
    held.release();
    settle().await;
    assert_eq!(address(), NEW);
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
}

#[wasm_bindgen_test]
async fn a_create_goes_on_when_its_page_is_left_and_is_told_there() {
    for (outcome, told, role) in [
        (None, "Terraform 1.9.5 was added.", "status"),
        (Some(errors(&[("version", "Version has already been taken")])), "Version has already been taken", "alert"),
    ] {
        let installation = Installation::with(many(2));
        let held = installation.hold("POST");
        if let Some(answer) = outcome {
            installation.once("POST", answer);
        }
        let _page = Page::open(&installation, NEW);
        fill_in("1.9.5").await;
        click_button("Create version").await;
        held.arrives().await;
        click_link("Terraform versions").await;
        click_button("Leave").await;
        at(LIST).await;
        see("1–2 of 2").await;
        assert_eq!(installation.dropped("POST"), 0, "the server may have begun");
        held.release();
        wait_for(told, || said(role).iter().any(|text| text.contains(told)).then_some(())).await;
        settle().await;
        assert_eq!(address(), LIST, "nobody is led away from where they are");
    }
}

#[wasm_bindgen_test]
async fn a_link_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with(many(2)), NEW);
    type_into(&by_label("Version").await, "1.9").await;
    for way in ["Terraform versions", "Cancel"] {
        click_link(way).await;
        by_role_name("dialog", "Leave without saving?").await;
        click_button("Stay").await;
        gone("Leave without saving?").await;
        assert_eq!(address(), NEW);
        has_the_focus(way).await;
        assert_eq!(value(&by_label("Version").await), "1.9");
    }
    click_link("Cancel").await;
    press("Escape").await;
    gone("Leave without saving?").await;
    assert_eq!(address(), NEW, "Escape stays");
    click_link("Cancel").await;
    click_button("Leave").await;
    at(LIST).await;
    see("1–2 of 2").await;
    click_link("Add version").await;
    assert_eq!(value(&by_label("Version").await), "", "it was given up");
}

#[wasm_bindgen_test]
async fn back_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with(many(30)), "/terraform-versions?page=2");
    see("21–30 of 30").await;
    click_link("Add version").await;
    type_into(&by_label("Version").await, "1.9").await;
    for _ in 0..2 {
        go_back().await;
        by_role_name("dialog", "Leave without saving?").await;
        assert_eq!(address(), NEW);
        click_button("Stay").await;
        gone("Leave without saving?").await;
        assert_eq!(value(&by_label("Version").await), "1.9");
    }
    go_back().await;
    click_button("Leave").await;
    at("/terraform-versions?page=2").await;
    see("21–30 of 30").await;
}

#[wasm_bindgen_test]
async fn disconnecting_from_a_dirty_form_asks_first() {
    let page = Page::open(&Installation::with(many(1)), NEW);
    type_into(&by_label("Version").await, "1.9").await;
    click_button("Sign out").await;
    click_button("Stay").await;
    assert_eq!(value(&by_label("Version").await), "1.9");
    assert!(page.kept().is_some());
    click_button("Sign out").await;
    click_button("Leave").await;
    heading("Connect").await;
    assert_eq!(page.kept(), None);
}

#[wasm_bindgen_test]
async fn a_shortcut_out_of_a_dirty_form_asks_first() {
    let _page = Page::open(&Installation::with([version("1.5.0")]), EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    heading("Edit Terraform 1.5.0").await;
    click_link("Cancel").await;
    click_button("Stay").await;
    // The focus is on the link again, where a letter is a shortcut.
    press("n").await;
    by_role_name("dialog", "Leave without saving?").await;
    click_button("Leave").await;
    heading("Add a Terraform version").await;
}

#[wasm_bindgen_test]
async fn only_a_dirty_form_is_asked_about() {
    let _page = Page::open(&Installation::with(many(1)), NEW);
    let field = by_label("Version").await;
    assert!(!ask_to_close_the_tab());
    type_into(&field, "1.9").await;
    assert!(ask_to_close_the_tab(), "the browser asks its own question");
    type_into(&field, "").await;
    assert!(!ask_to_close_the_tab());
    click_link("Terraform versions").await;
    at(LIST).await;
    assert!(!ask_to_close_the_tab());
}

#[wasm_bindgen_test]
async fn an_edit_shows_and_sends_only_what_changes() {
    let mut known = version("1.5.0");
    known.attributes.version = "custom build".to_owned();
    let installation = Installation::with([known]);
    let _page = Page::open(&installation, EDIT);
    heading("Edit Terraform custom build").await;
    let save = by_role_name("button", "Save changes").await;
    assert!(is_disabled(&save));
    assert_eq!(description(&save), NOTHING_CHANGED);
    by_role_name("region", "Changes").await;

    click(&by_label("Beta").await).await;
    type_into(&by_label("URL").await, "https://example.com/terraform.zip ").await;
    let changes = [
        ["URL", &url("1.5.0"), "https://example.com/terraform.zip"].map(str::to_owned),
        ["Beta", "No", "Yes"].map(str::to_owned),
    ];
    wait_for("both changes", || (rows("Changes") == changes).then_some(())).await;
    assert!(!is_disabled(&save) && description(&save).is_empty());

    click(&save).await;
    at("/terraform-versions/tool-1.5.0").await;
    see("Terraform custom build was saved.").await;
    assert!(said("status").concat().contains("was saved."));
    assert_eq!(installation.body("PATCH"), json!({"url": "https://example.com/terraform.zip", "beta": true}));
}

#[wasm_bindgen_test]
async fn what_is_changed_back_is_no_change() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    let field = by_label("Version").await;
    type_into(&field, "1.5.1").await;
    wait_for("the change", || (row("Changes", "Version") == ["Version", "1.5.0", "1.5.1"]).then_some(())).await;
    assert!(ask_to_close_the_tab());
    type_into(&field, " 1.5.0 ").await;
    see(NOTHING_CHANGED).await;
    assert!(is_disabled(&by_role_name("button", "Save changes").await));
    assert!(!ask_to_close_the_tab());
    press("Enter").await;
    settle().await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_change_that_cannot_be_right_is_told_at_its_field() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("SHA-256").await, "xyz").await;
    click_button("Save changes").await;
    is_wrong("SHA-256", "A SHA-256 consists of").await;
    has_the_focus("SHA-256").await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_reason_that_is_taken_away_is_sent_as_none() {
    let mut known = version("1.5.0");
    known.attributes.deprecated = Some(true);
    known.attributes.deprecated_reason = Some(Some("Old.".to_owned()));
    let installation = Installation::with([known]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Deprecated").await).await;
    wait_for("both changes", || (rows("Changes").len() == 2).then_some(())).await;
    assert_eq!(row("Changes", "Deprecation reason"), ["Deprecation reason", "Old.", "empty"]);
    click_button("Save changes").await;
    heading("Terraform 1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"deprecated": false, "deprecated-reason": null}));
}

#[wasm_bindgen_test]
async fn a_version_in_use_cannot_be_disabled_and_says_why() {
    let mut known = version("1.5.0");
    known.attributes.usage = Some(2);
    let _page = Page::open(&Installation::with([known]), EDIT);
    let enabled = by_label("Enabled").await;
    assert!(is_disabled(&enabled) && is_ticked(&enabled));
    assert_eq!(description(&enabled), "It cannot be disabled. 2 workspaces use it.");
    assert!(sees("It cannot be disabled. 2 workspaces use it."));
    assert!(!is_disabled(&by_label("Beta").await));
}

#[wasm_bindgen_test]
async fn an_old_installation_cannot_deprecate_and_says_why() {
    let mut known = version("1.5.0");
    known.attributes.deprecated = None;
    known.attributes.deprecated_reason = None;
    let _page = Page::open(&Installation::with([known]), EDIT);
    let deprecated = by_label("Deprecated").await;
    assert!(is_disabled(&deprecated));
    assert_eq!(description(&deprecated), "This installation does not know deprecated versions.");
}

#[wasm_bindgen_test]
async fn losing_architectures_is_warned_of() {
    let arch = |name: &str| Arch {
        url: Some(url("1.5.0")),
        sha: Some(SHA.to_owned()),
        os: "linux".to_owned(),
        arch: name.to_owned(),
    };
    let mut known = version("1.5.0");
    known.attributes.archs = Some(vec![arch("amd64"), arch("arm64"), arch("s390x")]);
    let _page = Page::open(&Installation::with([known]), EDIT);
    by_role_name("group", "Architectures").await;
    assert_eq!(rows("Architectures").len(), 3);
    let warning = "saving takes arm64 and s390x away from this version";
    click(&by_label("Beta").await).await;
    assert!(!sees(warning));
    type_into(&by_label("SHA-256").await, SHA_2).await;
    see(warning).await;
    type_into(&by_label("SHA-256").await, SHA).await;
    gone(warning).await;
}

async fn into_a_conflict(installation: &std::sync::Arc<Installation>) -> Page {
    let page = Page::open(installation, EDIT);
    type_into(&by_label("URL").await, "https://example.com/mine.zip").await;
    installation.change("tool-1.5.0", |version| {
        version.url = Some("https://example.com/theirs.zip".to_owned());
        version.beta = true;
    });
    click_button("Save changes").await;
    by_role_name("dialog", "This version was changed meanwhile").await;
    assert_eq!(
        rows("Both sides"),
        [["URL", "https://example.com/theirs.zip", "https://example.com/mine.zip"], ["Beta", "Yes", "No"]]
    );
    assert_eq!(installation.sent("PATCH"), [""; 0]);
    page
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_cancelled() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Cancel").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/mine.zip");
    click_button("Save changes").await;
    by_role_name("dialog", "This version was changed meanwhile").await;
    press("Escape").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/mine.zip");
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_overwritten_with_what_was_changed_here() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Overwrite").await;
    at("/terraform-versions/tool-1.5.0").await;
    see("was saved.").await;
    assert_eq!(installation.body("PATCH"), json!({"url": "https://example.com/mine.zip"}));
    see("Enabled Beta").await;
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_ended_with_what_the_installation_has() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Reload").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/theirs.zip");
    assert!(is_ticked(&by_label("Beta").await));
    see(NOTHING_CHANGED).await;
    click(&by_label("Beta").await).await;
    click_button("Save changes").await;
    at("/terraform-versions/tool-1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"beta": false}));
}

#[wasm_bindgen_test]
async fn another_usage_is_no_conflict() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Beta").await).await;
    installation.change("tool-1.5.0", |version| version.usage = Some(7));
    click_button("Save changes").await;
    at("/terraform-versions/tool-1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"beta": true}));
}

#[wasm_bindgen_test]
async fn what_is_refused_all_the_same_is_told_and_kept() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Enabled").await).await;
    for (failure, told) in [
        (errors(&[("enabled", "Enabled cannot be false while 3 workspaces use it")]), "while 3 workspaces use it"),
        (errors(&[("", "Not now.")]), "Not now."),
        (answer(502, ""), "The server failed to do this."),
        (unreachable(), "The server cannot be reached."),
    ] {
        installation.once("PATCH", failure);
        click_button("Save changes").await;
        see(told).await;
        assert_eq!(address(), EDIT);
        assert!(!is_ticked(&by_label("Enabled").await));
        assert_eq!(rows("Changes"), [["Enabled", "Yes", "No"]]);
    }
    click_button("Save changes").await;
    see("was saved.").await;
}

#[wasm_bindgen_test]
async fn a_refused_checkbox_says_so_and_has_the_focus() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Enabled").await).await;
    installation.once("PATCH", errors(&[("enabled", "Enabled cannot be false")]));
    click_button("Save changes").await;
    is_wrong("Enabled", "Enabled cannot be false").await;
    has_the_focus("Enabled").await;
}

#[wasm_bindgen_test]
async fn a_version_that_was_deleted_meanwhile_is_told_and_the_draft_stays() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    installation.always("GET /admin/terraform-versions/tool-1.5.0", answer(404, ""));
    click_button("Save changes").await;
    see("The server found nothing here.").await;
    assert_eq!(value(&by_label("Version").await), "1.5.1");
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_version_that_is_not_there_cannot_be_edited() {
    let _page = Page::open(&Installation::with([]), EDIT);
    heading("Not found").await;
    see("This version does not exist.").await;
    assert_eq!(all("button", "Save changes").len(), 0);
}

#[wasm_bindgen_test]
async fn saving_twice_saves_once_and_can_be_cancelled() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    let held = installation.hold("PATCH");
    let save = by_role_name("button", "Save changes").await;
    click(&save).await;
    held.arrives().await;
    assert!(is_disabled(&save));
    click(&by_label("Version").await).await;
    press("Enter").await;
    settle().await;
    assert_eq!(installation.sent("PATCH").len(), 1);
    click_button("Cancel").await;
    see("The request was cancelled before the server answered.").await;
    assert_eq!(installation.dropped("PATCH"), 1);
    assert_eq!(value(&by_label("Version").await), "1.5.1");
}

#[wasm_bindgen_test]
async fn a_save_goes_on_when_its_page_is_left_and_is_told_there() {
    for (outcome, told, role) in [
        (None, "Terraform 1.5.1 was saved.", "status"),
        (Some(answer(500, "")), "The version was not saved. The server failed to do this.", "alert"),
    ] {
        let installation = Installation::with([version("1.5.0")]);
        let _page = Page::open(&installation, LIST);
        click_link("1.5.0").await;
        click_link("Edit").await;
        type_into(&by_label("Version").await, "1.5.1").await;
        let held = installation.hold("PATCH");
        if let Some(answer) = outcome {
            installation.once("PATCH", answer);
        }
        click_button("Save changes").await;
        held.arrives().await;
        go_back().await;
        click_button("Leave").await;
        at("/terraform-versions/tool-1.5.0").await;
        click_link("Terraform versions").await;
        see("1–1 of 1").await;
        held.release();
        wait_for(told, || said(role).iter().any(|text| text.contains(told)).then_some(())).await;
        settle().await;
        assert_eq!(address(), LIST);
        assert_eq!(installation.dropped("PATCH"), 0);
    }
}

#[wasm_bindgen_test]
async fn a_conflict_after_the_page_was_left_is_told_there() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    installation.change("tool-1.5.0", |version| version.beta = true);
    let held = installation.hold("GET /admin/terraform-versions/tool-1.5.0");
    click_button("Save changes").await;
    held.arrives().await;
    click_link("Terraform versions").await;
    click_button("Leave").await;
    see("1–1 of 1").await;
    held.release();
    see("The version was not saved, because somebody else changed it meanwhile.").await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_is_typed_outlives_a_late_word_about_the_tokens_owner() {
    let installation = Installation::with(many(1));
    let held = installation.hold("/account/details");
    let _page = Page::open(&installation, NEW);
    held.arrives().await;
    fill_in("1.9.5").await;
    held.release();
    see("Site administrator").await;
    settle().await;
    stays_typed("1.9.5").await;
}

#[wasm_bindgen_test]
async fn an_edit_that_is_loading_says_so_and_can_be_left() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("GET /admin/terraform-versions/tool-1.5.0");
    let _page = Page::open(&installation, EDIT);
    held.arrives().await;
    assert_eq!(said("status"), ["Loading the version…"]);
    assert!(is_busy());
    click_link("Terraform versions").await;
    see("1–1 of 1").await;
    assert_eq!(installation.dropped("tool-1.5.0"), 1);
}
