//! Adding a version: what is checked here, what the server refuses, and what is sent.

use axum::http::Method;
use e2e::{Answer, Console, LIST, Seed, journey};
use serde_json::json;

const SHA: &str = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";
const URL: &str = "https://artifacts.example/terraform_1.99.0-acme1_linux_amd64.zip";

#[tokio::test]
async fn mistakes_are_told_at_their_fields_before_anything_is_sent() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.click("link", "Add version").await;
        console.expect_heading("Add a Terraform version").await;
        console.click("button", "Create version").await;
        console.expect_field_error("Version", "Enter a version").await;
        console.expect_field_error("URL", "Enter the URL").await;
        console.expect_field_error("SHA-256", "Enter the SHA-256").await;
        console.expect_focus("textbox", "Version").await;

        fill(console, "v1.99.0", "ftp://artifacts.example/a.zip", "84ccfb").await;
        console.expect_no_field_error("Version").await;
        console.click("button", "Create version").await;
        console.expect_field_error("Version", "Leave out the “v”: 1.99.0.").await;
        console.expect_field_error("URL", "must begin with https:// or http://").await;
        console.expect_field_error("SHA-256", "This has 6.").await;

        console.fill("Version", "1.99.0-acme1").await;
        console.click("button", "Create version").await;
        console.expect_focus("textbox", "URL").await;
        assert!(console.front().calls(&Method::POST).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_is_refused_at_its_field_and_once_corrected_added() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 422");
        console.start_at("/terraform-versions/new").await;
        fill(console, " 0.11.8 ", URL, &format!(" {SHA} ")).await;
        console.click("button", "Create version").await;
        console.expect_field_error("Version", "has already been taken").await;
        console.expect_focus("textbox", "Version").await;
        console.expect_value("URL", URL).await;

        console.fill("Version", "1.99.0-acme1").await;
        console.expect_no_field_error("Version").await;
        console.click("button", "Create version").await;
        console.expect_heading("Terraform 1.99.0-acme1").await;
        console.expect_status("Terraform 1.99.0-acme1 was added.").await;
        console.expect_focus("heading", "Terraform 1.99.0-acme1").await;

        let id = console.site().id_of("1.99.0-acme1").await;
        console.expect_path(&format!("/terraform-versions/{id}")).await;
        let sent = console.front().calls(&Method::POST);
        assert_eq!(sent.len(), 2);
        let attributes = json!({
            "version": "1.99.0-acme1", "url": URL, "sha": SHA, "official": false, "enabled": true, "beta": false
        });
        assert_eq!(sent[1].body, json!({"data": {"type": "terraform-versions", "attributes": attributes}}));
    })
    .await;
}

#[tokio::test]
async fn a_deprecated_version_is_added_with_its_reason() {
    journey(Seed::Empty, async |console| {
        console.start_at("/terraform-versions/new").await;
        fill(console, "1.99.0", URL, SHA).await;
        console.expect_no("field", "Deprecation reason").await;
        console.tick("Deprecated").await;
        console.fill("Deprecation reason", "Use 2.0").await;
        console.tick("Enabled").await;
        console.tick("Beta").await;
        console.click("button", "Create version").await;
        console.expect_heading("Terraform 1.99.0").await;
        console.expect_text("Use 2.0").await;
        let known = console.site().attributes(&console.site().id_of("1.99.0").await).await;
        assert_eq!(known["deprecated"], true);
        assert_eq!(known["deprecated-reason"], "Use 2.0");
        assert_eq!(
            [&known["enabled"], &known["beta"], &known["official"]],
            [&json!(false), &json!(true), &json!(false)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_create_that_fails_is_sent_once_keeps_everything_typed_and_can_be_sent_again() {
    journey(Seed::Empty, async |console| {
        console.expect_logged("status of 500");
        console.start_at("/terraform-versions/new").await;
        fill(console, "1.99.0", URL, SHA).await;
        console.front().answer(Method::POST, LIST, 1, Answer::status(500));
        console.click("button", "Create version").await;
        console.expect_alert("The server failed to do this").await;
        console.expect_text("may have saved it all the same").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
        console.expect_value("Version", "1.99.0").await;
        console.expect_value("URL", URL).await;
        console.expect_value("SHA-256", SHA).await;
        console.click("button", "Create version").await;
        console.expect_heading("Terraform 1.99.0").await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_loses_nothing_that_was_typed() {
    journey(Seed::Empty, async |console| {
        console.expect_logged("net::ERR_INTERNET_DISCONNECTED");
        console.start_at("/terraform-versions/new").await;
        fill(console, "1.99.0", URL, SHA).await;
        console.set_online(false).await;
        console.click("button", "Create version").await;
        console.expect_alert("The server cannot be reached.").await;
        console.expect_value("Version", "1.99.0").await;
        console.set_online(true).await;
        console.click("button", "Create version").await;
        console.expect_heading("Terraform 1.99.0").await;
    })
    .await;
}

async fn fill(console: &Console, version: &str, url: &str, sha: &str) {
    console.fill("Version", version).await;
    console.fill("URL", url).await;
    console.fill("SHA-256", sha).await;
}
