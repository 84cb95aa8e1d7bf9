//! Configuration versions: created, uploaded, followed.

use std::{fs, path::Path, process::Command};

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Answer, Console, Seed, journey};
use fantoccini::Locator;

const NEW: &str = "/configurations/hashicorp/atlas/versions/new";

#[tokio::test]
async fn an_archive_is_uploaded_and_arrives_as_it_is() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive_of(folder.path());
        console.start_at(NEW).await;
        console.expect_heading("New configuration version").await;
        console.click("button", "Add variable").await;
        console.fill("Key", "region").await;
        console.fill("Value", "eu-1").await;
        choose(console, "archive", &archive).await;
        console.expect_text("config.tar.gz will be sent as it is").await;
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;

        let created = console.front().calls(&Method::POST).pop().unwrap();
        assert_eq!(created.body["version"]["variables"]["region"], "eu-1");
        console.click("link", "Upload progress").await;
        console.expect_heading("Upload progress").await;
        console.expect_text("Uploaded").await;
        let summary = console.browser().client().find(Locator::Css("details > summary")).await.unwrap();
        summary.click().await.unwrap();
        console.expect_text(&sha256_of(&archive)).await;
    })
    .await;
}

#[tokio::test]
async fn a_folder_is_packed_here_and_uploaded() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("module");
        fs::create_dir_all(module.join(".terraform")).unwrap();
        fs::write(module.join("main.tf"), "terraform {}\n").unwrap();
        fs::write(module.join(".terraform/cache"), "no part of it").unwrap();
        console.start_at(NEW).await;
        console.expect_heading("New configuration version").await;
        choose(console, "folder", &module).await;
        console.expect_text("1 file of module will be packed and sent").await;
        console.expect_text("left out by Terraform's ignore rules").await;
        console.expect_accessible("a new configuration version with a folder").await;
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;
        console.expect_accessible("an upload that has ended").await;
    })
    .await;
}

#[tokio::test]
async fn a_failed_upload_goes_on_without_a_second_version() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 5");
        let folder = tempfile::tempdir().unwrap();
        let archive = archive_of(folder.path());
        console.start_at(NEW).await;
        console.expect_heading("New configuration version").await;
        choose(console, "archive", &archive).await;
        console.expect_text("will be sent as it is").await;
        console.front().answer(Method::POST, CREATE, 1, Answer::status(503));
        console.click("button", "Create and upload").await;
        console.expect_alert("Creating failed.").await;
        console.click("button", "Try again").await;
        console.expect_text("was uploaded.").await;
        assert_eq!(console.front().calls(&Method::PUT).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_to_an_upload_that_nobody_knows_says_so() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        console.start_at("/configurations/hashicorp/atlas/versions/progress/no-such-token").await;
        console.expect_heading("Upload progress").await;
        console.expect_text("Unknown token").await;
        console.expect_accessible("an unknown upload").await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_before_everything_is_right() {
    journey(Seed::Demo, async |console| {
        // Nothing was pushed to the configuration yet.
        console.expect_logged("status of 404");
        console.open("/configurations").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_heading("Configuration versions").await;
        console.expect_accessible("opening a configuration").await;
        console.fill("Username", "hashicorp").await;
        console.fill("Configuration name", "atlas").await;
        console.click("button", "Open").await;
        console.expect_heading("hashicorp/atlas").await;
        console.expect_accessible("a configuration").await;
        console.click("link", "New configuration version").await;
        console.expect_heading("New configuration version").await;
        console.set_width(320).await;
        console.expect_no_sideways_scrolling("a new configuration version").await;
        console.click("button", "Create and upload").await;
        console.expect_text("Choose an archive or a folder.").await;
        console.expect_accessible("a new configuration version with an error").await;
        console.expect_calls(Method::POST, 0).await;
    })
    .await;
}

/// Where versions are created.
const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

/// Chooses a file or a folder in the field with this id.
async fn choose(console: &Console, id: &str, path: &Path) {
    let field = console.browser().client().find(Locator::Id(id)).await.unwrap();
    field.send_keys(path.to_str().unwrap()).await.unwrap();
}

/// A `config.tar.gz` as the system's tar makes it.
fn archive_of(folder: &Path) -> std::path::PathBuf {
    fs::write(folder.join("main.tf"), "terraform {}\n").unwrap();
    let archive = folder.join("config.tar.gz");
    let tar = Command::new("tar").arg("czf").arg(&archive).arg("-C").arg(folder).arg("main.tf").status().unwrap();
    assert!(tar.success());
    archive
}

/// The digest as the system's `sha256sum` says it.
fn sha256_of(file: &Path) -> String {
    let output = Command::new("sha256sum").arg(file).output().unwrap();
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}
