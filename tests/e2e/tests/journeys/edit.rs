//! Changing a version: every change is shown before it is sent, and only that is sent.

use axum::http::Method;
use e2e::{Console, Seed, journey};
use serde_json::{Value, json};

const REASON: &str = "Replaced by 1.5.7-acme2";
const NOTHING: &str = "Nothing has changed yet";

#[tokio::test]
async fn changes_are_shown_as_they_are_typed_and_nothing_else_is_sent() {
    journey(Seed::Demo, async |console| {
        let id = open_edit(console, "1.3.7-acme2").await;
        let before = console.site().attributes(&id).await;
        console.expect_disabled("button", "Save changes", NOTHING).await;
        console.expect("region", "Changes").await;

        console.fill("Deprecation reason", REASON).await;
        console.expect_rows("Changes", "the new reason", |rows| rows.len() == 1 && rows[0][2] == REASON).await;
        console.tick("Beta").await;
        console.expect_rows("Changes", "the beta flag", |rows| rows[0] == ["Beta", "No", "Yes"]).await;
        console.tick("Beta").await;
        console.expect_rows("Changes", "the reason alone", |rows| rows.len() == 1).await;

        console.click("button", "Save changes").await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
        console.expect_status("Terraform 1.3.7-acme2 was saved.").await;
        console.expect_text(REASON).await;
        assert_eq!(sent(console), [json!({"deprecated-reason": REASON})]);
        let mut after = console.site().attributes(&id).await;
        after["deprecated-reason"] = before["deprecated-reason"].clone();
        assert_eq!(after, before);
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_back_is_no_change() {
    journey(Seed::Demo, async |console| {
        open_edit(console, "1.3.7-acme2").await;
        console.fill("Version", "1.3.7-acme3").await;
        assert!(console.is_enabled("button", "Save changes").await);
        console.fill("Version", " 1.3.7-acme2").await;
        console.expect_disabled("button", "Save changes", NOTHING).await;
        console.click("link", "Cancel").await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
    })
    .await;
}

#[tokio::test]
async fn a_refused_change_is_told_at_its_field() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 422");
        open_edit(console, "1.3.7-acme2").await;
        console.fill("Version", "1.3").await;
        console.click("button", "Save changes").await;
        console.expect_field_error("Version", "three numbers").await;
        assert!(sent(console).is_empty());
        console.fill("Version", "0.11.8").await;
        console.click("button", "Save changes").await;
        console.expect_field_error("Version", "has already been taken").await;
        console.expect_focus("textbox", "Version").await;
        console.expect_value("Version", "0.11.8").await;
    })
    .await;
}

#[tokio::test]
async fn a_used_version_cannot_be_disabled_and_its_form_says_why() {
    journey(Seed::Demo, async |console| {
        open_edit(console, "0.11.7").await;
        console.expect_disabled("checkbox", "Enabled", "2 workspaces use it.").await;
    })
    .await;
}

#[tokio::test]
async fn a_new_url_of_a_version_with_several_architectures_warns_of_what_it_takes_away() {
    journey(Seed::Demo, async |console| {
        open_edit(console, "1.10.4").await;
        console.expect("group", "Architectures").await;
        console.fill("URL", "https://mirror.example/terraform.zip").await;
        console.expect_text("saving takes arm64 away from this version").await;
    })
    .await;
}

#[tokio::test]
async fn a_version_that_somebody_changed_meanwhile_is_overwritten_only_when_told_to() {
    journey(Seed::Demo, async |console| {
        let id = open_edit(console, "1.3.7-acme2").await;
        console.fill("Deprecation reason", REASON).await;
        console.site().change(&id, json!({"deprecated-reason": "Theirs", "beta": true})).await;
        console.click("button", "Save changes").await;
        console.expect("dialog", "This version was changed meanwhile").await;
        let both = |rows: &[Vec<String>]| rows.iter().any(|row| row[1..] == ["Theirs", REASON]);
        console.expect_rows("Both sides", "both reasons", both).await;
        assert!(sent(console).is_empty());

        console.click("button", "Overwrite").await;
        console.expect_status("was saved").await;
        let known = console.site().attributes(&id).await;
        assert_eq!([&known["deprecated-reason"], &known["beta"]], [&json!(REASON), &json!(true)]);
        assert_eq!(sent(console), [json!({"deprecated-reason": REASON})]);
    })
    .await;
}

#[tokio::test]
async fn a_version_that_somebody_changed_meanwhile_is_reloaded_when_told_to() {
    journey(Seed::Demo, async |console| {
        let id = open_edit(console, "1.3.7-acme2").await;
        console.fill("Deprecation reason", REASON).await;
        console.site().change(&id, json!({"version": "1.3.7-acme9", "deprecated-reason": "Theirs"})).await;
        console.click("button", "Save changes").await;
        console.expect("dialog", "This version was changed meanwhile").await;
        console.click("button", "Reload").await;
        console.expect_no("dialog", "This version was changed meanwhile").await;
        console.expect_value("Deprecation reason", "Theirs").await;
        console.expect_value("Version", "1.3.7-acme9").await;
        console.expect_disabled("button", "Save changes", NOTHING).await;
        console.expect_heading("Edit Terraform 1.3.7-acme9").await;
        console.expect_some_focus().await;
        assert!(sent(console).is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_choice_between_two_sides_can_be_put_off() {
    journey(Seed::Demo, async |console| {
        let id = open_edit(console, "1.3.7-acme2").await;
        console.fill("Deprecation reason", REASON).await;
        console.site().change(&id, json!({"deprecated-reason": "Theirs"})).await;
        console.click("button", "Save changes").await;
        console.expect("dialog", "This version was changed meanwhile").await;
        console.click("button", "Cancel").await;
        console.expect_no("dialog", "This version was changed meanwhile").await;
        console.expect_focus("button", "Save changes").await;
        console.expect_value("Deprecation reason", REASON).await;
        assert!(sent(console).is_empty());
    })
    .await;
}

/// Opens the form of a version as a deep link, and returns its id.
async fn open_edit(console: &Console, version: &str) -> String {
    let id = console.site().id_of(version).await;
    console.start_at(&format!("/terraform-versions/{id}/edit")).await;
    console.expect_heading(&format!("Edit Terraform {version}")).await;
    console.expect_value("Version", version).await;
    id
}

/// The attributes of every change that was sent.
fn sent(console: &Console) -> Vec<Value> {
    let calls = console.front().calls(&Method::PATCH);
    calls.into_iter().map(|call| call.body["data"]["attributes"].clone()).collect()
}
