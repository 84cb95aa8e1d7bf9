//! Connecting in a browser: tokens that are given, refused, kept and renewed.
//!
//! Longer than 300 lines because each file is a program of its own, and linking one takes longer than running it.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/web.rs"]
#[expect(dead_code, unused_imports, reason = "each test program uses a part of it")]
mod web;

use serde_json::json;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web::{
    ADMIN, Installation, NOBODY_KNOWN, NOT_ADMIN, Page, SHA, TOKEN, address, all, answer, at, by_label, by_role_name,
    click, click_button, click_link, description, focused, go_back, gone, heading, is_busy, is_disabled, is_ticked,
    many, name, press, rows, said, screen, see, sees, settle, type_into, unreachable, url, value, version, wait_for,
};

wasm_bindgen_test_configure!(run_in_browser);

const LIST: &str = "GET /admin/terraform-versions?";
const NEW_TOKEN: &str = "user.atlasv1.second";

async fn connect_with(token: &str) {
    type_into(&by_label("API token").await, token).await;
    click_button("Connect").await;
}

async fn is_wrong(label: &str, problem: &str) {
    let field = by_label(label).await;
    wait_for(&format!("“{problem}” at {label}"), || description(&field).contains(problem).then_some(())).await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(said("alert").iter().any(|alert| alert.contains(problem)), "{:?}", said("alert"));
}

/// Every token is refused from now on, but for the new one.
fn expire(installation: &Installation) {
    installation.refuse_every_token();
    installation.accept(NEW_TOKEN, ADMIN);
}

#[wasm_bindgen_test]
async fn a_stranger_is_led_to_connect_and_then_to_the_link() {
    let installation = Installation::with(many(30));
    let page = Page::open_as_stranger(&installation, "/terraform-versions?page=2");
    heading("Connect").await;
    assert_eq!(address(), "/connect?next=%2Fterraform-versions%3Fpage%3D2");
    assert_eq!(installation.sent(""), [""; 0], "nothing is sent without a token");
    assert_eq!(all("navigation", "Main").len(), 0);
    connect_with(TOKEN).await;
    at("/terraform-versions?page=2").await;
    see("21–30 of 30").await;
    see("Connected as mona, a site administrator.").await;
    assert!(said("status").concat().contains("Connected as mona"));
    assert_eq!(page.kept(), None, "it is only in memory");
    assert!(installation.tokens("").iter().all(|token| token == TOKEN));
}

#[wasm_bindgen_test]
async fn connecting_by_itself_leads_to_the_list() {
    for path in ["/connect", "/"] {
        let _page = Page::open_as_stranger(&Installation::with(many(1)), path);
        connect_with(TOKEN).await;
        at("/terraform-versions").await;
        see("1–1 of 1").await;
    }
}

#[wasm_bindgen_test]
async fn back_does_not_lead_to_the_form_that_has_done_its_work() {
    let _page = Page::open_as_stranger(&Installation::with(many(1)), "/terraform-versions/new");
    connect_with(TOKEN).await;
    heading("Add a Terraform version").await;
    click_link("Terraform versions").await;
    see("1–1 of 1").await;
    go_back().await;
    at("/terraform-versions/new").await;
}

#[wasm_bindgen_test]
async fn only_addresses_of_the_console_are_led_to() {
    for hostile in
        ["//evil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "javascript%3Aalert(1)", "%2Fconnect"]
    {
        let _page = Page::open_as_stranger(&Installation::with(many(1)), &format!("/connect?next={hostile}"));
        connect_with(TOKEN).await;
        at("/terraform-versions").await;
    }
}

#[wasm_bindgen_test]
async fn a_token_is_typed_unseen_and_needed() {
    let installation = Installation::with([]);
    let _page = Page::open_as_stranger(&installation, "/connect");
    for label in ["API token", "Legacy token"] {
        assert_eq!(by_label(label).await.get_attribute("type").as_deref(), Some("password"));
    }
    click_button("Connect").await;
    is_wrong("API token", "Enter a token.").await;
    wait_for("the focus on the field", || (name(&focused()?) == "API token").then_some(())).await;
    type_into(&by_label("API token").await, "to ken").await;
    assert!(!by_label("API token").await.has_attribute("aria-invalid"), "what is corrected is not wrong any more");
    press("Enter").await;
    is_wrong("API token", "only letters, digits and punctuation").await;
    type_into(&by_label("API token").await, TOKEN).await;
    type_into(&by_label("Legacy token").await, "tökén").await;
    press("Enter").await;
    is_wrong("Legacy token", "only letters, digits and punctuation").await;
    wait_for("the focus on the field", || (name(&focused()?) == "Legacy token").then_some(())).await;
    assert_eq!(installation.sent(""), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_wrong_token_is_told_at_its_field_and_can_be_corrected() {
    let installation = Installation::with(many(1));
    let page = Page::open_as_stranger(&installation, "/connect");
    connect_with("user.atlasv1.wrong").await;
    is_wrong("API token", "The installation does not accept this token. It may be mistyped or expired.").await;
    assert_eq!((address().as_str(), page.kept()), ("/connect", None));
    assert_eq!(all("dialog", "Connect again").len(), 0);
    type_into(&by_label("API token").await, &[" ", TOKEN, " "].concat()).await;
    gone("does not accept this token").await;
    press("Enter").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn a_network_failure_is_told_and_can_be_tried_again() {
    let installation = Installation::with(many(1));
    installation.always("GET", unreachable());
    let _page = Page::open_as_stranger(&installation, "/connect");
    connect_with(TOKEN).await;
    see("The server cannot be reached.").await;
    assert_eq!(value(&by_label("API token").await), TOKEN, "nothing typed is lost");
    installation.mend();
    click_button("Try again").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn connecting_says_so_and_is_done_once() {
    let installation = Installation::with(many(1));
    let held = installation.hold("/account/details");
    let _page = Page::open_as_stranger(&installation, "/connect");
    type_into(&by_label("API token").await, TOKEN).await;
    let connect = by_role_name("button", "Connect").await;
    click(&connect).await;
    held.arrives().await;
    assert!(is_disabled(&connect) && name(&connect) == "Connecting…");
    click(&by_label("API token").await).await;
    press("Enter").await;
    assert_eq!(installation.sent("/account/details").len(), 1);
    held.release();
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn an_installation_that_does_not_tell_whose_token_it_is_is_used_all_the_same() {
    let _page = Page::open_as_stranger(&Installation::known_to(NOBODY_KNOWN, many(1)), "/connect");
    connect_with(TOKEN).await;
    see("Connected. The installation does not tell whether the token is an administrator's.").await;
    see("Role unknown").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn a_token_that_is_no_administrators_is_told_so() {
    let _page = Page::open_as_stranger(&Installation::known_to(NOT_ADMIN, many(1)), "/connect");
    connect_with(TOKEN).await;
    see("Connected as otto, not an administrator: managing versions then needs the role for them.").await;
    see("Not an administrator").await;
}

#[wasm_bindgen_test]
async fn a_token_is_found_in_what_is_pasted_with_it() {
    for pasted in [
        "Bearer @",
        "Authorization: Bearer @",
        "X-Atlas-Token: @",
        "\"@\"",
        "credentials \"tfe.example\" {   token = \"@\" }",
        r#"{"credentials":{"tfe.example":{"token":"@"}}}"#,
    ] {
        let installation = Installation::with(many(1));
        let page = Page::open_as_stranger(&installation, "/connect");
        click(&by_label("Keep me connected in this tab").await).await;
        type_into(&by_label("Legacy token").await, "x-atlas-token: legacy-token").await;
        connect_with(&pasted.replace('@', TOKEN)).await;
        see("1–1 of 1").await;
        assert!(installation.tokens("").iter().all(|token| token == TOKEN), "{pasted}");
        let kept: serde_json::Value = serde_json::from_str(&page.kept().unwrap()).unwrap();
        assert_eq!(kept, json!({"api": TOKEN, "legacy": "legacy-token"}));
    }
}

#[wasm_bindgen_test]
async fn what_is_no_token_is_told_and_never_echoed() {
    let installation = Installation::with(many(1));
    let _page = Page::open_as_stranger(&installation, "/connect");
    for (pasted, told) in [
        ("Authorization: Bearer $SECRET", "No token can be made out in this."),
        ("https://secret.example/tokens", "No token can be made out in this."),
        ("token = \"secret value\"", "only letters, digits and punctuation"),
        (r#"{"credentials":{"a":{"token":"secret1"},"b":{"token":"secret2"}}}"#, "more than one token"),
    ] {
        connect_with(pasted).await;
        is_wrong("API token", told).await;
        assert!(!screen().split("Fields:").next().unwrap().to_lowercase().contains("secret"), "{}", screen());
        assert_eq!(value(&by_label("API token").await), pasted, "it stays to be corrected");
    }
    assert_eq!(installation.sent(""), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_new_token_is_found_in_what_is_pasted_with_it() {
    let installation = Installation::with(many(1));
    expire(&installation);
    let _page = Page::open(&installation, "/terraform-versions");
    by_role_name("dialog", "Connect again").await;
    connect_with("Bearer $TOKEN").await;
    is_wrong("API token", "No token can be made out in this.").await;
    connect_with(&["Authorization: Bearer ", NEW_TOKEN].concat()).await;
    see("1–1 of 1").await;
    assert_eq!(installation.tokens(LIST).last().map(String::as_str), Some(NEW_TOKEN));
}

#[wasm_bindgen_test]
async fn a_hostile_user_name_is_text() {
    let account = r#"{"username":"<b>mo\u202ena</b>","is-admin":true}"#;
    let _page = Page::open_as_stranger(&Installation::known_to(account, many(1)), "/connect");
    connect_with(TOKEN).await;
    see("Connected as <b>mo\\u{202e}na</b>, a site administrator.").await;
    wait_for("the name", || sees("<b>mo\\u{202e}na</b> Site administrator").then_some(())).await;
}

#[wasm_bindgen_test]
async fn tokens_outlive_a_reload_only_when_asked_to() {
    let installation = Installation::with(many(1));
    let page = Page::open_as_stranger(&installation, "/connect");
    let keep = by_label("Keep me connected in this tab").await;
    assert!(!is_ticked(&keep));
    type_into(&by_label("Legacy token").await, " legacy-token ").await;
    connect_with(TOKEN).await;
    see("1–1 of 1").await;
    assert_eq!(page.kept(), None);
    page.reload();
    heading("Connect").await;

    click(&by_label("Keep me connected in this tab").await).await;
    type_into(&by_label("Legacy token").await, " legacy-token ").await;
    connect_with(TOKEN).await;
    see("1–1 of 1").await;
    let kept: serde_json::Value = serde_json::from_str(&page.kept().unwrap()).unwrap();
    assert_eq!(kept, json!({"api": TOKEN, "legacy": "legacy-token"}));
    page.reload();
    see("1–1 of 1").await;
    see("Site administrator").await;
    click_button("Sign out").await;
    heading("Connect").await;
    assert_eq!(page.kept(), None);
    page.reload();
    heading("Connect").await;
}

#[wasm_bindgen_test]
async fn what_the_tab_keeps_may_be_damaged() {
    let storage = web_sys::window().unwrap().session_storage().unwrap().unwrap();
    for damaged in ["", "null", "{\"api\":", "{\"api\":7}", "[]"] {
        let page = Page::open(&Installation::with([]), "/terraform-versions");
        see("no Terraform version yet").await;
        storage.set_item("tfe-console.tokens", damaged).unwrap();
        page.reload();
        heading("Connect").await;
    }
}

#[wasm_bindgen_test]
async fn the_connection_is_shown_where_it_was_made_and_can_be_ended() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions");
    see("Site administrator").await;
    web_sys::window().unwrap().history().unwrap().push_state_with_url(&"".into(), "", Some("/connect")).unwrap();
    web_sys::window().unwrap().dispatch_event(&web_sys::Event::new("popstate").unwrap()).unwrap();
    by_role_name("region", "Connection").await;
    see("mona Site administrator").await;
    click_button("Sign out").await;
    gone("mona").await;
    heading("Connect").await;
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_while_reading_is_asked_for_and_the_request_sent_again() {
    let installation = Installation::with(many(30));
    let page = Page::open(&installation, "/terraform-versions");
    see("1–20 of 30").await;
    see("Site administrator").await;
    expire(&installation);
    let before = installation.tokens("page[number]=1").len();
    click_button("Refresh").await;
    by_role_name("dialog", "Connect again").await;
    assert_eq!(rows("Terraform versions").len(), 0, "the page is behind the dialog");
    assert!(sees("1–20 of 30"), "and stays");
    assert!(is_busy());
    connect_with(NEW_TOKEN).await;
    gone("Connect again").await;
    wait_for("the end of loading", || (!is_busy()).then_some(())).await;
    see("1–20 of 30").await;
    let tokens = installation.tokens("page[number]=1").split_off(before);
    assert_eq!(tokens, [TOKEN, NEW_TOKEN]);
    assert!(page.kept().unwrap().contains(NEW_TOKEN), "the new one is kept as the old one was");
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_while_saving_is_asked_for_and_the_draft_saved() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, "/terraform-versions/new");
    see("Site administrator").await;
    for (label, typed) in [("Version", "1.9.5"), ("URL", &url("1.9.5")), ("SHA-256", SHA)] {
        type_into(&by_label(label).await, typed).await;
    }
    expire(&installation);
    click_button("Create version").await;
    by_role_name("dialog", "Connect again").await;
    connect_with("user.atlasv1.wrong").await;
    is_wrong("API token", "This token was refused as well. It may have expired.").await;
    assert_eq!(installation.sent("POST").len(), 1);
    type_into(&by_label("API token").await, NEW_TOKEN).await;
    press("Enter").await;
    heading("Terraform 1.9.5").await;
    see("Terraform 1.9.5 was added.").await;
    assert_eq!(installation.tokens("POST"), [TOKEN, NEW_TOKEN]);
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_in_a_dialog_is_asked_for_in_front_of_it() {
    let installation = Installation::with(many(2));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    see("Site administrator").await;
    click_button("Delete version").await;
    expire(&installation);
    click_button("Delete").await;
    by_role_name("dialog", "Connect again").await;
    press("Escape").await;
    by_role_name("dialog", "Delete Terraform 1.0.1?").await;
    see("The server does not accept the token.").await;
    click_button("Delete").await;
    connect_with(NEW_TOKEN).await;
    see("Terraform 1.0.1 was deleted.").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn giving_up_while_saving_keeps_the_draft() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, "/terraform-versions/tool-1.5.0/edit");
    type_into(&by_label("Version").await, "1.5.1").await;
    see("Site administrator").await;
    expire(&installation);
    for give_up in ["Cancel", "Escape"] {
        click_button("Save changes").await;
        by_role_name("dialog", "Connect again").await;
        if give_up == "Escape" {
            press("Escape").await
        } else {
            click_button("Cancel").await
        }
        see("The server does not accept the token. Connect again with a token that is valid.").await;
        gone("The installation does not accept the token any more").await;
        assert_eq!(value(&by_label("Version").await), "1.5.1");
    }
    click_button("Save changes").await;
    connect_with(NEW_TOKEN).await;
    see("Terraform 1.5.1 was saved.").await;
}

#[wasm_bindgen_test]
async fn giving_up_while_reading_can_be_tried_again() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, "/terraform-versions/tool-1.0.1");
    heading("Terraform 1.0.1").await;
    see("Site administrator").await;
    expire(&installation);
    click_link("Terraform versions").await;
    by_role_name("dialog", "Connect again").await;
    press("Escape").await;
    see("The server does not accept the token.").await;
    click_button("Try again").await;
    by_role_name("dialog", "Connect again").await;
    connect_with(NEW_TOKEN).await;
    see("1–1 of 1").await;
    assert_eq!(said("alert"), [""; 0]);
}

#[wasm_bindgen_test]
async fn two_requests_that_are_refused_at_once_ask_once() {
    let installation = Installation::with(many(1));
    expire(&installation);
    let (owner, list) = (installation.hold("/account/details"), installation.hold(LIST));
    let _page = Page::open(&installation, "/terraform-versions");
    owner.arrives().await;
    list.arrives().await;
    owner.release();
    list.release();
    by_role_name("dialog", "Connect again").await;
    connect_with(NEW_TOKEN).await;
    see("1–1 of 1").await;
    gone("Connect again").await;
    settle().await;
    assert!(!sees("Connect again"));
    assert_eq!(installation.tokens(LIST), [TOKEN, NEW_TOKEN]);
}

#[wasm_bindgen_test]
async fn what_is_typed_stays_when_another_request_is_refused() {
    let installation = Installation::with(many(1));
    expire(&installation);
    let (owner, list) = (installation.hold("/account/details"), installation.hold(LIST));
    let _page = Page::open(&installation, "/terraform-versions");
    owner.arrives().await;
    list.arrives().await;
    owner.release();
    by_role_name("dialog", "Connect again").await;
    type_into(&by_label("API token").await, NEW_TOKEN).await;
    list.release();
    settle().await;
    assert_eq!(value(&by_label("API token").await), NEW_TOKEN);
    click_button("Connect").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn a_request_that_is_refused_after_the_token_was_renewed_is_sent_again_unasked() {
    let installation = Installation::with(many(30));
    let _page = Page::open(&installation, "/terraform-versions/new");
    for (label, typed) in [("Version", "1.9.5"), ("URL", &url("1.9.5")), ("SHA-256", SHA)] {
        type_into(&by_label(label).await, typed).await;
    }
    see("Site administrator").await;
    let slow = installation.hold("POST");
    click_button("Create version").await;
    slow.arrives().await;
    expire(&installation);
    click_link("Terraform versions").await;
    click_button("Leave").await;
    by_role_name("dialog", "Connect again").await;
    connect_with(NEW_TOKEN).await;
    see("1–20 of 30").await;
    slow.release();
    see("Terraform 1.9.5 was added.").await;
    assert!(!sees("Connect again"));
    assert_eq!(installation.tokens("POST"), [TOKEN, NEW_TOKEN]);
}

#[wasm_bindgen_test]
async fn connecting_again_tells_other_failures_in_the_dialog() {
    let installation = Installation::with(many(1));
    installation.refuse_every_token();
    let _page = Page::open(&installation, "/terraform-versions");
    by_role_name("dialog", "Connect again").await;
    click_button("Connect").await;
    is_wrong("API token", "Enter a token.").await;
    installation.accept(NEW_TOKEN, ADMIN);
    installation.always("/account/details", unreachable());
    connect_with(NEW_TOKEN).await;
    is_wrong("API token", "The server cannot be reached.").await;
    installation.mend();
    click_button("Connect").await;
    see("1–1 of 1").await;
}

#[wasm_bindgen_test]
async fn a_token_is_shown_nowhere() {
    let installation = Installation::with(many(1));
    installation.always(LIST, answer(500, &format!(r#"{{"errors":[{{"detail":"bad token {TOKEN}"}}]}}"#)));
    let _page = Page::open_as_stranger(&installation, "/terraform-versions");
    connect_with(TOKEN).await;
    see("bad token $TOKEN").await;
    assert!(!screen().contains(TOKEN), "{}", screen());
}
