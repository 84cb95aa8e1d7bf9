//! Uploads that are slow, cut, refused, offline or in the way of each other.

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Answer, Console, Gate, Seed, journey};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::archives::{CREATE, UPLOADS, archive_of, large_archive_of, send, sha256_of};

const MEGABYTE: usize = 1024 * 1024;

#[tokio::test]
async fn a_large_archive_is_seen_on_its_way_and_arrives_whole() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 100);
        let gate = Gate::closed();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::HeldAt(20 * MEGABYTE, gate.clone()));
        send(console, &archive).await;
        let seen = expect_progress(console, 0.05).await;
        assert!(seen < 0.9, "{seen}");
        console.expect_text("Sending the archive").await;
        console.expect_accessible("an upload on its way").await;
        gate.open();
        console.expect_text("was uploaded.").await;
        console.unfold("What the installation says, as it came").await;
        console.expect_text(&sha256_of(&archive)).await;
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_is_cut_is_tried_again_without_a_second_version() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("net::ERR_");
        // A proxy tells of the cut in this way.
        console.expect_logged("status of 502");
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 20);
        // More than once: Chromium itself sends again what was cut on a connection that it had used before.
        console.front().answer(Method::PUT, UPLOADS, usize::MAX, Answer::CutAt(5 * MEGABYTE));
        send(console, &archive).await;
        console.expect_alert("Sending failed.").await;
        console.expect_accessible("an upload that was cut").await;
        console.front().behave();
        console.click("button", "Try again").await;
        console.expect_text("was uploaded.").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
        console.unfold("What the installation says, as it came").await;
        console.expect_text(&sha256_of(&archive)).await;
    })
    .await;
}

#[tokio::test]
async fn a_failed_create_is_tried_again() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 5");
        let folder = tempfile::tempdir().unwrap();
        console.front().answer(Method::POST, CREATE, 1, Answer::status(503));
        send(console, &archive_of(folder.path())).await;
        console.expect_alert("Creating failed.").await;
        console.click("button", "Try again").await;
        console.expect_text("was uploaded.").await;
        assert_eq!(console.front().calls(&Method::PUT).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_refused_meanwhile_can_be_replaced() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        let folder = tempfile::tempdir().unwrap();
        console.front().answer(Method::POST, CREATE, 1, Answer::status(401));
        send(console, &archive_of(folder.path())).await;
        console.expect("dialog", "Connect again").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_text("was uploaded.").await;
    })
    .await;
}

#[tokio::test]
async fn an_unknown_user_is_refused_and_nothing_is_sent() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        let folder = tempfile::tempdir().unwrap();
        let unknown = json!({"errors": ["Resource not found!"]});
        console.front().answer(Method::POST, CREATE, 1, Answer::json(404, &unknown));
        send(console, &archive_of(folder.path())).await;
        console.expect_alert("knows no configuration hashicorp/atlas").await;
        assert!(console.front().calls(&Method::PUT).is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_upload_path_that_has_expired_says_what_to_do() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        let folder = tempfile::tempdir().unwrap();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::json(404, &json!({"errors": ["Resource not found!"]})));
        send(console, &archive_of(folder.path())).await;
        console.expect_alert("Create another configuration version.").await;
    })
    .await;
}

#[tokio::test]
async fn an_upload_waits_while_the_browser_is_offline() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("net::ERR_");
        console.expect_logged("status of 409");
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 20);
        let gate = Gate::closed();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::HeldAt(5 * MEGABYTE, gate.clone()));
        send(console, &archive).await;
        expect_progress(console, 0.05).await;
        console.set_online(false).await;
        console.expect_text("The browser is offline").await;
        gate.open();
        console.set_online(true).await;
        console.expect_text("was uploaded.").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn leaving_asks_first_and_cancelling_lets_go() {
    journey(Seed::Demo, async |console| {
        // The server may still hold the connection of the attempt that was cancelled.
        console.expect_logged("status of 409");
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 20);
        let gate = Gate::closed();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::HeldAt(5 * MEGABYTE, gate.clone()));
        send(console, &archive).await;
        expect_progress(console, 0.05).await;
        console.click("link", "Terraform versions").await;
        console.click("button", "Stay").await;
        console.click("button", "Cancel").await;
        console.expect_text("Cancelled.").await;
        console.click("button", "Try again").await;
        console.expect_text("Sending the archive").await;
        gate.open();
        console.expect_text("was uploaded.").await;
        console.click("link", "Terraform versions").await;
        console.expect_heading("Terraform versions").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_archive_that_is_there_already_counts_as_sent() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 409");
        let folder = tempfile::tempdir().unwrap();
        let archive = archive_of(folder.path());
        let gate = Gate::closed();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::After(gate.clone()));
        send(console, &archive).await;
        console.expect_calls(Method::PUT, 1).await;
        // As when the answer to an attempt before was lost on its way.
        let path = console.front().calls(&Method::PUT).pop().unwrap().path;
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--fail", "--upload-file"]).arg(&archive).arg(console.site().url(&path));
        assert!(curl.status().await.unwrap().success());
        gate.open();
        console.expect_text("was uploaded.").await;
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_uploads_at_once_do_not_meet() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 20);
        let gate = Gate::closed();
        console.front().answer(Method::PUT, UPLOADS, 1, Answer::HeldAt(5 * MEGABYTE, gate.clone()));
        send(console, &archive).await;
        expect_progress(console, 0.05).await;

        let other = create(console).await;
        assert_eq!(other["version"], 2);
        gate.open();
        console.expect_text("Configuration version 1 was uploaded.").await;
        console.start_at(&progress_page(&other)).await;
        console.expect_text("pending").await;
        let other_folder = tempfile::tempdir().unwrap();
        let other_archive = archive_of(other_folder.path());
        let sent = Command::new("curl")
            .args(["--silent", "--fail", "--upload-file"])
            .arg(&other_archive)
            .arg(other["upload_path"].as_str().unwrap())
            .status()
            .await;
        assert!(sent.unwrap().success());
        console.expect_text("Uploaded").await;
        console.unfold("What the installation says, as it came").await;
        console.expect_text(&sha256_of(&other_archive)).await;
    })
    .await;
}

#[tokio::test]
async fn pages_that_cannot_be_loaded_can_be_loaded_again() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("net::ERR_");
        console.expect_logged("Failed to fetch");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        console.block(&["*.wasm"]).await;
        console.click("link", "Configuration versions").await;
        console.expect_alert("cannot be loaded").await;
        console.expect_accessible("a page that could not be loaded").await;
        console.block(&[]).await;
        console.click("button", "Try again").await;
        console.expect_heading("Configuration versions").await;
        console.expect("field", "Username").await;
    })
    .await;
}

/// Waits until the bar is further than this, and returns how far.
async fn expect_progress(console: &Console, least: f64) -> f64 {
    console
        .until("the bar to move", async || {
            let script = "return document.querySelector('progress[aria-label=Upload]')?.position ?? -1";
            let position = console.script(script, Vec::new()).await?.as_f64().unwrap_or(-1.0);
            if position > least { Ok(position) } else { Err(format!("it is at {position}")) }
        })
        .await
}

fn progress_page(created: &Value) -> String {
    format!("/configurations/hashicorp/atlas/versions/progress/{}", created["token"].as_str().unwrap())
}

/// Creates a version with a script beside the console, and returns the answer.
async fn create(console: &Console) -> Value {
    let output = Command::new("curl")
        .args(["--silent", "--fail", "--header"])
        .arg(format!("X-Atlas-Token: {ADMIN_TOKEN}"))
        .args(["--json", "{\"version\":{}}"])
        .arg(console.site().url(CREATE))
        .output();
    serde_json::from_slice(&output.await.unwrap().stdout).unwrap()
}
