//! While something is being sent: what can be done meanwhile, and where the outcome is told.

use axum::http::{Method, StatusCode};
use e2e::{Answer, Console, Gate, LIST, Seed, journey};
use serde_json::Value;

const URL: &str = "https://artifacts.example/terraform.zip";

#[tokio::test]
async fn a_form_that_is_being_sent_is_not_sent_twice() {
    journey(Seed::Empty, async |console| {
        let gate = send_slowly(console).await;
        console.click("heading", "Add a Terraform version").await;
        assert!(!console.is_enabled("button", "Sending…").await);
        console.fill("SHA-256", &"1".repeat(64)).await;
        console.type_text("\u{E007}").await;
        gate.open();
        console.expect_heading("Terraform 1.99.0").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn sending_can_be_cancelled_and_everything_typed_stays() {
    journey(Seed::Empty, async |console| {
        let _gate = send_slowly(console).await;
        console.click("button", "Cancel").await;
        console.expect_alert("The request was cancelled before the server answered.").await;
        console.expect_text("may have saved it all the same").await;
        console.expect_some_focus().await;
        console.expect_value("Version", "1.99.0").await;
        assert!(console.is_enabled("button", "Create version").await);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_left_while_it_sends_still_tells_the_outcome_and_does_not_navigate() {
    journey(Seed::Empty, async |console| {
        let gate = send_slowly(console).await;
        console.click("link", "Terraform versions").await;
        console.click("button", "Leave").await;
        console.expect_heading("Terraform versions").await;
        gate.open();
        console.expect_status("Terraform 1.99.0 was added.").await;
        console.expect_heading("Terraform versions").await;
        console.expect_path("/terraform-versions").await;
    })
    .await;
}

#[tokio::test]
async fn a_failure_of_a_page_that_was_left_is_told_as_well() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 422");
        let id = console.site().id_of("1.3.7-acme2").await;
        console.start_at(&format!("/terraform-versions/{id}/edit")).await;
        console.fill("Version", "0.11.8").await;
        let gate = Gate::closed();
        console.front().answer(Method::PATCH, &console.site().path_of(&id), 1, Answer::After(gate.clone()));
        console.click("button", "Save changes").await;
        console.expect_calls(Method::PATCH, 1).await;
        console.click("link", "Terraform versions").await;
        console.click("button", "Leave").await;
        console.expect_heading("Terraform versions").await;
        gate.open();
        console.expect_alert("was not saved").await;
        console.click("button", "Dismiss").await;
        console.expect_no_alert().await;
        console.expect_some_focus().await;
    })
    .await;
}

#[tokio::test]
async fn what_became_of_writes_whose_answers_were_lost_is_found_out() {
    journey(Seed::Demo, async |console| {
        for status in ["status of 504", "status of 422", "status of 502", "status of 500", "status of 404"] {
            console.expect_logged(status);
        }
        console.start_at("/terraform-versions/new").await;
        console.fill("Version", "1.99.0").await;
        console.fill("URL", URL).await;
        console.fill("SHA-256", &"0".repeat(64)).await;
        console.front().answer(Method::POST, LIST, 1, Answer::InPlace(504));
        console.click("button", "Create version").await;
        console.expect_text("may have saved it all the same").await;
        console.click("button", "Create version").await;
        console.expect_status("Terraform 1.99.0 is there already. The first try").await;
        console.click("link", "Open Terraform 1.99.0").await;
        console.click("button", "Leave").await;
        console.expect_heading("Terraform 1.99.0").await;

        let path = console.site().path_of(&console.site().id_of("1.99.0").await);
        console.click("link", "Edit").await;
        console.tick("Beta").await;
        console.front().answer(Method::PATCH, &path, 1, Answer::InPlace(502));
        console.click("button", "Save changes").await;
        console.expect_status("Terraform 1.99.0 was saved, although no answer said so.").await;

        console.click("button", "Delete version").await;
        console.front().answer(Method::DELETE, &path, 1, Answer::status(500));
        console.click("button", "Delete").await;
        console.expect_alert("The version is still there, as it was.").await;
        console.front().answer(Method::DELETE, &path, 1, Answer::InPlace(500));
        console.click("button", "Delete").await;
        console.expect_status("Terraform 1.99.0 was deleted, although no answer said so.").await;
        console.expect_text("1–20 of 70").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 2);
        assert_eq!(console.front().calls(&Method::PATCH).len(), 1);
        assert_eq!(console.front().calls(&Method::DELETE).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_version_that_was_added_is_the_first_of_the_list_and_opens_again() {
    journey(Seed::Demo, async |console| {
        let gate = send_slowly(console).await;
        gate.open();
        console.expect_heading("Terraform 1.99.0").await;
        console.click("link", "Terraform versions").await;
        console.expect_rows("Terraform versions", "the new version", |rows| rows[0][0] == "1.99.0").await;
        let created = "const time = document.querySelector('tbody time');
            return [time.title, Date.parse(time.dateTime) > Date.now() - 600_000]";
        let created = console.script(created, Vec::new()).await.unwrap();
        assert!(created[0].as_str().is_some_and(|utc| utc.ends_with('Z')), "{created}");
        assert_eq!(created[1], true, "{created}");

        let id = console.site().id_of("1.99.0").await;
        let (status, _) = console.site().ask(Method::DELETE, &console.site().path_of(&id), None).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(console.site().attributes(&id).await, Value::Null);
    })
    .await;
}

/// Fills in the form and sends it, to a server that waits for the gate.
async fn send_slowly(console: &Console) -> Gate {
    console.start_at("/terraform-versions/new").await;
    console.fill("Version", "1.99.0").await;
    console.fill("URL", URL).await;
    console.fill("SHA-256", &"0".repeat(64)).await;
    let gate = Gate::closed();
    console.front().answer(Method::POST, LIST, 1, Answer::After(gate.clone()));
    console.click("button", "Create version").await;
    console.expect_calls(Method::POST, 1).await;
    gate
}
