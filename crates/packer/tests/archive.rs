//! An archive as the system's own `tar` sees it.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, process::Command};

use packer::tar::{end, header, padding};

fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (path, content) in files {
        let size = content.len() as u64;
        bytes.extend(header(path, size, path.ends_with(".sh")).unwrap());
        bytes.extend(content);
        bytes.extend(vec![0; padding(size)]);
    }
    bytes.extend(end());
    bytes
}

fn tar(folder: &Path, options: &[&str]) -> String {
    let output = Command::new("tar")
        .args(options)
        .current_dir(folder)
        .env("TZ", "UTC")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_systems_tar_unpacks_what_was_packed() {
    let long = format!("{}/{}.tf", "folder-".repeat(20), "name".repeat(30));
    let longer = format!("{}main.tf", "deep/".repeat(120));
    // As long as the header has room for, and one character beyond, which is cut in the middle there.
    let (just, over) = ("j".repeat(100), format!("o{}", "ü".repeat(50)));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a/empty", Vec::new()),
        ("a/one block", vec![b'x'; 512]),
        ("größe/模块.tf", b"resource {}\n".to_vec()),
        ("main.tf", vec![7; 513]),
        ("run.sh", b"#!/bin/sh\n".to_vec()),
        (&long, b"long".to_vec()),
        (&longer, b"longer".to_vec()),
        (&just, b"just".to_vec()),
        (&over, b"over".to_vec()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let bytes = archive(&files);
    assert_eq!(bytes.len() % 512, 0);
    fs::write(folder.path().join("archive.tar"), &bytes).unwrap();
    tar(folder.path(), &["xf", "archive.tar"]);
    for (path, content) in &files {
        assert_eq!(&fs::read(folder.path().join(path)).unwrap(), content, "{path}");
    }
    let listed = tar(folder.path(), &["--numeric-owner", "--full-time", "-tvf", "archive.tar"]);
    assert_eq!(listed.lines().count(), files.len());
    for line in listed.lines() {
        let mode = if line.ends_with(".sh") { "-rwxr-xr-x" } else { "-rw-r--r--" };
        assert!(line.starts_with(&format!("{mode} 0/0 ")), "{line}");
    }
    assert!(listed.lines().all(|line| line.contains(" 1980-01-01 00:00:00 ")), "{listed}");
}

#[test]
fn a_size_over_eight_gibibytes_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let size = 9 * 1024 * 1024 * 1024;
    fs::write(folder.path().join("archive.tar"), header("large", size, false).unwrap()).unwrap();
    let output = Command::new("tar").args(["-tvf", "archive.tar"]).current_dir(folder.path()).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains(&size.to_string()));
}

#[test]
fn what_must_not_be_in_an_archive_is_refused() {
    for path in ["", "/etc/passwd", "../x", "a/../x", "a//b", "a/", "./a", "a\0b"] {
        assert!(header(path, 0, false).is_err(), "{path:?}");
    }
}
