//! Configuration versions: created, uploaded, followed.

use std::{fs, path::Path, process::Command};

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Console, Seed, journey};

use crate::archives::{archive_of, choose, sha256_of, start};

#[tokio::test]
async fn an_archive_is_uploaded_and_arrives_as_it_is() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let archive = archive_of(folder.path());
        start(console).await;
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
        expect_said(console, &sha256_of(&archive)).await;
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
        start(console).await;
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

#[tokio::test]
async fn a_folder_arrives_byte_by_byte_and_is_packed_alike_each_time() {
    journey(Seed::Demo, async |console| {
        let place = tempfile::tempdir().unwrap();
        let module = place.path().join("module");
        let long = format!("{}/{}", "folder".repeat(20), "file".repeat(40));
        let files = [
            ("main.tf", "terraform {}\n".repeat(5_000)),
            ("empty.tf", String::new()),
            ("modules/grün 日本/ファイル.tf", "# ü\n".to_owned()),
            (long.as_str(), "deep".to_owned()),
            (".terraform/modules/vpc/main.tf", "module".to_owned()),
            ("kept/.gitignore", "*".to_owned()),
        ];
        let left_out = [(".git/config", ""), (".terraform/providers/x", ""), ("secret/key.pem", ""), ("big.zip", "")];
        for (path, text) in &files {
            write(&module, path, text);
        }
        write(place.path(), "module/.terraformignore", "secret/\n*.zip\n");
        for (path, text) in left_out {
            write(&module, path, text);
        }
        for _ in 0..2 {
            start(console).await;
            choose(console, "folder", &module).await;
            console.expect_text("will be packed and sent").await;
            console.click("button", "Create and upload").await;
            console.expect_text("was uploaded.").await;
        }
        let sent = console.front().calls(&Method::PUT);
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].bytes, sent[1].bytes);

        let unpacked = place.path().join("unpacked");
        fs::create_dir(&unpacked).unwrap();
        fs::write(place.path().join("sent.tar.gz"), &sent[0].bytes).unwrap();
        let tar =
            Command::new("tar").arg("xzf").arg(place.path().join("sent.tar.gz")).arg("-C").arg(&unpacked).status();
        assert!(tar.unwrap().success());
        for (path, _) in left_out {
            fs::remove_file(module.join(path)).unwrap();
        }
        for emptied in [".git", ".terraform/providers", "secret"] {
            fs::remove_dir(module.join(emptied)).unwrap();
        }
        let difference = Command::new("diff").arg("-r").arg(&module).arg(&unpacked).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&difference.stdout), "");
        assert!(difference.status.success());
    })
    .await;
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Opens what the installation says, and finds this in it.
async fn expect_said(console: &Console, text: &str) {
    console.unfold("What the installation says, as it came").await;
    console.expect_text(text).await;
}
