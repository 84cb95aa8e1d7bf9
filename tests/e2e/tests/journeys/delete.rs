//! Deleting a version: refused before it is asked where the server would refuse, and asked before it is done.

use axum::http::Method;
use e2e::{Answer, Console, RENEWED_TOKEN, Seed, journey};
use serde_json::{Value, json};

const BUTTON: &str = "Delete version";

#[tokio::test]
async fn an_official_and_a_used_version_cannot_be_deleted_and_the_button_says_why() {
    journey(Seed::Demo, async |console| {
        open(console, "0.11.8").await;
        console.expect_disabled("button", BUTTON, "It is an official version.").await;
        console.click("link", "Terraform versions").await;
        console.click("link", "1.9.8-acme1").await;
        console.expect_heading("Terraform 1.9.8-acme1").await;
        console.expect_disabled("button", BUTTON, "9 workspaces use it.").await;
        assert!(console.front().calls(&Method::DELETE).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_custom_version_that_nobody_uses_is_deleted_once_confirmed() {
    journey(Seed::Demo, async |console| {
        let id = open(console, "1.3.7-acme2").await;
        console.click("button", BUTTON).await;
        console.expect("dialog", "Delete Terraform 1.3.7-acme2?").await;
        console.expect("heading", "Delete Terraform 1.3.7-acme2?").await;
        console.click("button", "Cancel").await;
        console.expect_no("dialog", "Delete Terraform 1.3.7-acme2?").await;
        console.expect_focus("button", BUTTON).await;
        assert!(console.front().calls(&Method::DELETE).is_empty());

        console.click("button", BUTTON).await;
        console.click("button", "Delete").await;
        console.expect_heading("Terraform versions").await;
        console.expect_status("Terraform 1.3.7-acme2 was deleted.").await;
        console.expect_text("1–20 of 69").await;
        console.expect_focus("heading", "Terraform versions").await;
        assert_eq!(console.site().attributes(&id).await, Value::Null);
        assert_eq!(console.front().calls(&Method::DELETE).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_that_only_the_server_knew_of_is_told_in_the_dialog() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 422");
        let id = open(console, "1.3.7-acme2").await;
        console.site().change(&id, json!({"official": true})).await;
        console.click("button", BUTTON).await;
        console.click("button", "Delete").await;
        console.expect_alert("Official versions can't be removed").await;
        console.expect_some_focus().await;
        console.expect("dialog", "Delete Terraform 1.3.7-acme2?").await;
        console.click("button", "Cancel").await;
        console.expect_focus("button", BUTTON).await;
        assert_ne!(console.site().attributes(&id).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_delete_that_is_confirmed_in_another_way_is_a_success_if_the_version_has_gone() {
    journey(Seed::Demo, async |console| {
        let id = open(console, "1.3.7-acme2").await;
        console.expect_logged("status of 404");
        console.front().answer(Method::DELETE, &console.site().path_of(&id), 1, Answer::InPlace(200));
        console.click("button", BUTTON).await;
        console.click("button", "Delete").await;
        console.expect_status("Terraform 1.3.7-acme2 was deleted.").await;
    })
    .await;
}

#[tokio::test]
async fn a_version_that_somebody_else_deleted_meanwhile_is_told_as_gone() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        let id = open(console, "1.3.7-acme2").await;
        console.site().ask(Method::DELETE, &console.site().path_of(&id), None).await;
        console.click("button", BUTTON).await;
        console.click("button", "Delete").await;
        console.expect_status("Terraform 1.3.7-acme2 is gone already").await;
        console.expect_heading("Terraform versions").await;
        console.expect_text("1–20 of 69").await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn a_token_that_expired_before_a_delete_is_asked_for_above_the_question() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        let id = open(console, "1.3.7-acme2").await;
        console.front().renew_token();
        console.click("button", BUTTON).await;
        console.click("button", "Delete").await;
        console.expect("dialog", "Connect again").await;
        console.connect(RENEWED_TOKEN).await;
        console.expect_status("Terraform 1.3.7-acme2 was deleted.").await;
        console.expect_heading("Terraform versions").await;
        assert_eq!(console.site().attributes(&id).await, Value::Null);
    })
    .await;
}

/// Opens the page of a version as a deep link, and returns its id.
async fn open(console: &Console, version: &str) -> String {
    let id = console.site().id_of(version).await;
    console.start_at(&format!("/terraform-versions/{id}")).await;
    console.expect_heading(&format!("Terraform {version}")).await;
    id
}
