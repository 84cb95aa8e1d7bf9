//! What is told before anything is sent: what rules, names and archives do that may surprise.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use axum::http::Method;
use e2e::{Console, Seed, journey};
use serde_json::json;

use crate::archives::{choose, start};

/// Makes a file, and the folders that it is in.
fn write(folder: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// A `NAME.tar.gz` of these things in a folder.
fn tar(folder: &Path, name: &str, things: &[&str]) -> PathBuf {
    let archive = folder.join(format!("{name}.tar.gz"));
    let made = Command::new("tar").arg("-C").arg(folder).arg("-czf").arg(&archive).args(things).status();
    assert!(made.unwrap().success());
    archive
}

async fn expect_told(console: &Console, told: &[&str]) {
    for told in told {
        console.expect_text(told).await;
    }
}

#[tokio::test]
async fn what_surprises_in_a_folder_is_told_and_sent_as_terraform_sends_it() {
    journey(Seed::Demo, async |console| {
        let place = tempfile::tempdir().unwrap();
        let module = place.path().join("module");
        let rules = "./keys/\nsecrets\n!*.tfstate\n   \nnode_modules/\ngr\u{fc}n/";
        write(&module, ".terraformignore", rules);
        for path in ["main.tf", "Main.tf", "._main.tf", "keys/a.pem", "secrets/b.pem", ".terraform/terraform.tfstate"] {
            write(&module, path, "terraform {}\n");
        }
        // As macOS names it.
        write(&module, "gru\u{308}n/key.pem", "secret");
        write(&module, "run.sh", "#!/bin/sh\n");
        write(&module, "node_modules/a/b.js", "");
        start(console).await;
        choose(console, "folder", &module).await;
        console.expect_text("8 files of module will be packed and sent").await;
        let told = [
            "2 folders left out by Terraform's ignore rules",
            "Made executable, for beginning with “#!”: run.sh",
            "A browser does not show links",
            "Line 1, “./keys/”, has “./”",
            "Line 2, “secrets”, leaves out no folder: secrets/b.pem is sent.",
            "Line 3, “!*.tfstate”, brings back what Terraform leaves out by itself: .terraform/terraform.tfstate is sent.",
            "Line 4 is white space only, at which Terraform crashes.",
            "main.tf: differs from Main.tf in upper and lower case only",
            "._main.tf: is of macOS itself",
        ];
        expect_told(console, &told).await;
        console.expect_accessible("a folder with surprises").await;
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;
        let sent = console.front().calls(&Method::PUT).pop().unwrap().bytes;
        fs::write(place.path().join("sent.tar.gz"), sent).unwrap();
        let listed = Command::new("tar").arg("-tvzf").arg(place.path().join("sent.tar.gz")).output().unwrap();
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        assert_eq!(listed.lines().count(), 8, "{listed}");
        for line in listed.lines() {
            let mode = if line.ends_with(" run.sh") { "-rwxr-xr-x" } else { "-rw-r--r--" };
            assert!(line.starts_with(mode), "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_dropped_folder_is_not_entered_where_the_rules_leave_it_out() {
    journey(Seed::Demo, async |console| {
        let place = tempfile::tempdir().unwrap();
        let module = place.path().join("module");
        write(&module, ".terraformignore", "node_modules/\n");
        write(&module, "main.tf", "terraform {}\n");
        write(&module, "modules/a/main.tf", "");
        fs::create_dir(module.join("empty")).unwrap();
        for number in 0..3_000 {
            write(&module, &format!("node_modules/p{number}/index.js"), "");
        }
        symlink("main.tf", module.join("link.tf")).unwrap();
        start(console).await;
        let field = "const box = document.getElementById('archive').getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]";
        let point = console.script(field, Vec::new()).await.unwrap();
        let data = json!({"items": [], "files": [module], "dragOperationsMask": 1});
        for kind in ["dragEnter", "dragOver", "drop"] {
            let event = json!({"type": kind, "x": point[0], "y": point[1], "data": data});
            console.browser().devtools("Input.dispatchDragEvent", event).await;
        }
        console.expect_text("3 files of module will be packed and sent").await;
        expect_told(console, &["1 folder left out by Terraform's ignore rules", "empty: is an empty folder"]).await;
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;
    })
    .await;
}

#[tokio::test]
async fn what_an_archive_holds_is_told_before_it_is_sent() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        write(folder, "main.tf", "terraform {}\n");
        write(folder, "README", "none");
        write(folder, "app/main.tf", "terraform {}\n".repeat(10_000));
        symlink("../outside", folder.join("link")).unwrap();
        let good = tar(folder, "good", &["main.tf", "app"]);
        let around = tar(folder, "around", &["app"]);
        let link = tar(folder, "link", &["main.tf", "link"]);
        let none = tar(folder, "none", &["README"]);
        let whole = fs::read(&good).unwrap();
        let cut = folder.join("cut.tar.gz");
        fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
        let gzip = Command::new("gzip").arg("-c").arg(folder.join("README")).output().unwrap();
        let no_tar = folder.join("no-tar.tar.gz");
        fs::write(&no_tar, gzip.stdout).unwrap();
        start(console).await;
        for (archive, told) in [
            (&good, None),
            (&around, Some("Everything in it is in the folder app, and Terraform looks for .tf files at the top.")),
            (&link, Some("link: is a link that leaves the archive, to ../outside, which Terraform refuses")),
            (&none, Some("There is no .tf file in it.")),
            (&cut, Some("It cannot be decompressed to its end: it is cut, damaged or made of several parts.")),
            (&no_tar, Some("It is no tar archive: nobody can unpack it.")),
        ] {
            choose(console, "archive", archive).await;
            let name = archive.file_name().unwrap().to_string_lossy().into_owned();
            console.expect_text(&format!("{name} will be sent as it is")).await;
            match told {
                Some(told) => console.expect_text(told).await,
                None => console.expect_nowhere("to know before it is sent").await,
            }
        }
        console.expect_accessible("an archive that is none").await;
        // Only the installation knows what it takes.
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;
    })
    .await;
}
