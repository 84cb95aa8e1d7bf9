//! Leaving a form with something in it.

use e2e::{Console, Seed, journey};

const DIALOG: &str = "Leave without saving?";
const TYPED: &str = "1.99.0-acme1";

#[tokio::test]
async fn a_link_out_of_a_form_asks_first() {
    journey(Seed::Demo, async |console| {
        type_something(console).await;
        console.click("link", "Terraform versions").await;
        stay(console).await;
        console.expect_focus("link", "Terraform versions").await;
        console.click("link", "Terraform versions").await;
        console.click("button", "Leave").await;
        console.expect_heading("Terraform versions").await;
        console.click("link", "Add version").await;
        console.expect_value("Version", "").await;
    })
    .await;
}

#[tokio::test]
async fn back_out_of_a_form_asks_first() {
    journey(Seed::Demo, async |console| {
        type_something(console).await;
        console.back().await;
        stay(console).await;
        console.back().await;
        stay(console).await;
        console.back().await;
        console.click("button", "Leave").await;
        console.expect_heading("Terraform versions").await;
        console.expect_path("/terraform-versions?page=2").await;
        console.back().await;
        console.expect_path("/terraform-versions").await;
    })
    .await;
}

#[tokio::test]
async fn disconnecting_asks_first() {
    journey(Seed::Demo, async |console| {
        type_something(console).await;
        console.click("button", "Sign out").await;
        stay(console).await;
        console.click("button", "Sign out").await;
        console.click("button", "Leave").await;
        console.expect_heading("Connect").await;
    })
    .await;
}

#[tokio::test]
async fn cancelling_a_form_asks_first() {
    journey(Seed::Demo, async |console| {
        type_something(console).await;
        console.click("link", "Cancel").await;
        stay(console).await;
        console.fill("Version", "").await;
        console.tick("Beta").await;
        console.click("link", "Cancel").await;
        console.expect_heading("Terraform versions").await;
    })
    .await;
}

#[tokio::test]
async fn a_reload_by_mistake_is_asked_about_by_the_browser() {
    journey(Seed::Demo, async |console| {
        type_something(console).await;
        console.reload_and_dismiss().await;
        console.expect_value("Version", TYPED).await;
        console.expect_path("/terraform-versions/new").await;
    })
    .await;
}

#[tokio::test]
async fn an_edit_is_guarded_as_long_as_something_is_changed() {
    journey(Seed::Demo, async |console| {
        let id = console.site().id_of("1.3.7-acme2").await;
        console.start_at(&format!("/terraform-versions/{id}")).await;
        console.click("link", "Edit").await;
        console.expect_value("Version", "1.3.7-acme2").await;
        console.back().await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
        console.forward().await;
        console.expect_heading("Edit Terraform 1.3.7-acme2").await;
        console.fill("Version", TYPED).await;
        console.back().await;
        stay(console).await;
    })
    .await;
}

/// Two steps into the console, into the form, and something typed there.
async fn type_something(console: &Console) {
    console.start_at("/terraform-versions").await;
    console.expect_text("1–20 of 70").await;
    console.click("button", "Next page").await;
    console.expect_text("21–40 of 70").await;
    console.click("link", "Add version").await;
    console.expect_heading("Add a Terraform version").await;
    console.fill("Version", TYPED).await;
    console.tick("Beta").await;
}

/// Answers the question with "Stay", and finds everything as it was.
async fn stay(console: &Console) {
    console.expect("dialog", DIALOG).await;
    console.click("button", "Stay").await;
    console.expect_no("dialog", DIALOG).await;
    console.expect_value("Version", TYPED).await;
}
