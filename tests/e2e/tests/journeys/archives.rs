//! What the stories of uploads have in common: archives, and the page on which they are chosen.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
    process::Command,
};

use e2e::Console;
use fantoccini::Locator;

/// The page for a new version.
pub const NEW: &str = "/configurations/hashicorp/atlas/versions/new";

/// Where versions are created.
pub const CREATE: &str = "/api/v1/terraform/configurations/hashicorp/atlas/versions";

/// Where archives are sent.
pub const UPLOADS: &str = "/api/v1/uploads/";

/// Opens the page for a new version.
pub async fn start(console: &Console) {
    console.start_at(NEW).await;
    console.expect_heading("New configuration version").await;
}

/// Opens the page, chooses this archive and sends it.
pub async fn send(console: &Console, archive: &Path) {
    start(console).await;
    choose(console, "archive", archive).await;
    console.expect_text("will be sent as it is").await;
    console.click("button", "Create and upload").await;
}

/// Chooses a file or a folder in the field with this id.
pub async fn choose(console: &Console, id: &str, path: &Path) {
    let field = console.browser().client().find(Locator::Id(id)).await.unwrap();
    field.send_keys(path.to_str().unwrap()).await.unwrap();
}

/// A small `config.tar.gz` as the system's tar makes it.
pub fn archive_of(folder: &Path) -> PathBuf {
    fs::write(folder.join("main.tf"), "terraform {}\n").unwrap();
    tar(folder, "main.tf")
}

/// A `config.tar.gz` of so many megabytes that cannot be compressed.
pub fn large_archive_of(folder: &Path, megabytes: u64) -> PathBuf {
    let mut random = File::open("/dev/urandom").unwrap().take(megabytes * 1024 * 1024);
    let mut file = File::create(folder.join("random")).unwrap();
    std::io::copy(&mut random, &mut file).unwrap();
    file.flush().unwrap();
    tar(folder, "random")
}

fn tar(folder: &Path, name: &str) -> PathBuf {
    let archive = folder.join("config.tar.gz");
    let mut tar = Command::new("tar");
    // Little compression: the content is not what is tested.
    tar.args(["--use-compress-program", "gzip -1", "-cf"]).arg(&archive).arg("-C").arg(folder).arg(name);
    assert!(tar.status().unwrap().success());
    archive
}

/// The digest as the system's `sha256sum` says it.
pub fn sha256_of(file: &Path) -> String {
    let output = Command::new("sha256sum").arg(file).output().unwrap();
    String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
}
