//! A token that expires while the console is in use.

use axum::http::Method;
use e2e::{Key, LIST, RENEWED_TOKEN, Seed, journey};

const DIALOG: &str = "Connect again";

#[tokio::test]
async fn a_token_that_expires_in_the_middle_of_an_edit_loses_nothing() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        let id = console.site().id_of("1.3.7-acme2").await;
        console.start_at(&format!("/terraform-versions/{id}/edit")).await;
        console.fill("Deprecation reason", "Use 1.5.7-acme1").await;
        console.front().renew_token();
        console.click("button", "Save changes").await;
        console.expect("dialog", DIALOG).await;
        console.expect("heading", DIALOG).await;
        console.fill("API token", "mistyped").await;
        console.click("button", "Connect").await;
        console.expect_field_error("API token", "was refused as well").await;
        console.expect_focus("textbox", "API token").await;
        console.fill("API token", RENEWED_TOKEN).await;
        console.click("button", "Connect").await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
        console.expect_status("Terraform 1.3.7-acme2 was saved.").await;
        assert_eq!(console.site().attributes(&id).await["deprecated-reason"], "Use 1.5.7-acme1");
        console.expect_nowhere(RENEWED_TOKEN).await;
        console.click("link", "Terraform versions").await;
        console.expect_text("1–20 of 70").await;
    })
    .await;
}

#[tokio::test]
async fn a_token_that_expires_before_a_create_is_renewed_and_the_version_is_added_once() {
    journey(Seed::Empty, async |console| {
        console.expect_logged("status of 401");
        console.start_at("/terraform-versions/new").await;
        console.fill("Version", "1.99.0").await;
        console.fill("URL", "https://artifacts.example/terraform.zip").await;
        console.fill("SHA-256", &"0".repeat(64)).await;
        console.front().renew_token();
        console.click("button", "Create version").await;
        console.expect("dialog", DIALOG).await;
        console.connect(RENEWED_TOKEN).await;
        console.expect_heading("Terraform 1.99.0").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 2);
        console.click("link", "Terraform versions").await;
        console.expect_text("1–1 of 1").await;
    })
    .await;
}

#[tokio::test]
async fn a_token_that_expires_while_reading_is_renewed_and_the_answer_comes() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        console.expect_status("70 versions").await;
        let asked = || console.front().calls(&Method::GET).into_iter().filter(|call| call.path == LIST).count();
        let before = asked();
        console.front().renew_token();
        console.click("button", "Refresh").await;
        console.expect("dialog", DIALOG).await;
        console.connect(RENEWED_TOKEN).await;
        console.expect_no("dialog", DIALOG).await;
        console.expect_no_alert().await;
        assert_eq!(asked() - before, 2, "once with each token");
    })
    .await;
}

#[tokio::test]
async fn giving_up_on_a_new_token_keeps_the_page_and_tries_again_later() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        let id = console.site().id_of("1.3.7-acme2").await;
        console.start_at(&format!("/terraform-versions/{id}/edit")).await;
        console.fill("Deprecation reason", "Use 1.5.7-acme1").await;
        console.front().renew_token();
        console.click("button", "Save changes").await;
        console.expect("dialog", DIALOG).await;
        console.press(Key::Escape.into()).await;
        console.expect_no("dialog", DIALOG).await;
        console.expect_alert("does not accept the token").await;
        console.expect_value("Deprecation reason", "Use 1.5.7-acme1").await;
        console.click("button", "Save changes").await;
        console.expect("dialog", DIALOG).await;
        console.connect(RENEWED_TOKEN).await;
        console.expect_status("was saved").await;
    })
    .await;
}
