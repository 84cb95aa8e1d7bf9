//! Archives as the system's `tar` makes them, cut, and made by hand.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{fs, os::unix::fs::symlink, path::Path, process::Command};

use tar::{EntryType, Header};

use super::*;
use crate::tar as packing;

/// What is told of a tar archive that comes in pieces of this size.
fn told_in(bytes: &[u8], piece: usize, end: End) -> Vec<String> {
    let mut inspection = Inspection::default();
    bytes.chunks(piece).for_each(|bytes| inspection.feed(bytes));
    let problems = inspection.finish(end).into_iter();
    problems.map(|(path, reason)| if path.is_empty() { reason } else { format!("{path} {reason}") }).collect()
}

/// What is told of it, however it comes.
fn told(bytes: &[u8]) -> Vec<String> {
    let told = told_in(bytes, 65_536, End::Reached);
    for piece in [1, 511, 513] {
        assert_eq!(told_in(bytes, piece, End::Reached), told, "in pieces of {piece}");
    }
    told
}

/// An archive of empty files, as it is packed here.
fn packed(paths: &[&str]) -> Vec<u8> {
    let mut bytes: Vec<u8> = paths.iter().flat_map(|path| packing::header(path, 0, false).unwrap()).collect();
    bytes.extend(packing::end());
    bytes
}

/// What the system's `tar` makes of a folder with these options.
fn tar(folder: &Path, options: &[&str]) -> Vec<u8> {
    let output = Command::new("tar").arg("-C").arg(folder).args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn expect(told: &[String], expected: &[&str]) {
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for expected in expected {
        assert!(told.iter().any(|it| it.contains(expected)), "{expected:?} in {told:?}");
    }
}

#[test]
fn of_a_good_archive_nothing_is_told_whoever_wrote_it() {
    let folder = tempfile::tempdir().unwrap();
    let long = format!("{}/{}", "folder".repeat(20), "name".repeat(30));
    for path in ["main.tf", "modules/a/main.tf", &long] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x".repeat(1000)).unwrap();
    }
    symlink("../main.tf", folder.path().join("modules/link.tf")).unwrap();
    symlink("x".repeat(150), folder.path().join("long-link")).unwrap();
    for format in ["gnu", "pax", "v7", "ustar"] {
        let mut options = vec!["--format", format, "-cf", "-"];
        if matches!(format, "v7" | "ustar") {
            options.extend(["--exclude", "folder*", "--exclude", "long-link"]);
        }
        options.push(".");
        assert_eq!(told(&tar(folder.path(), &options)), [""; 0], "{format}");
    }
    assert_eq!(told(&packed(&["main.tf", &long])), [""; 0]);
}

#[test]
fn a_folder_around_everything_is_told() {
    expect(&told(&packed(&["app/main.tf", "app/b/c.tf"])), &["Everything in it is in the folder app,"]);
    expect(&told(&packed(&["./app/main.tf".trim_start_matches("./"), "README"])), &["No .tf file is at its top"]);
    expect(&told(&packed(&["app/README"])), &["There is no .tf file in it."]);
    expect(&told(&packing::end()), &["There is no file in it."]);
}

#[test]
fn what_is_cut_or_no_tar_is_told() {
    let whole = packed(&["main.tf"]);
    let mut with_content = packing::header("main.tf", 3000, false).unwrap();
    with_content.resize(with_content.len() + 1000, b'x');
    expect(&told(&with_content), &["It is cut"]);
    expect(&told(&whole[..300]), &["It is no tar archive"]);
    expect(&told(&[&whole[..512], &[1; 100]].concat()), &["It is cut"]);
    expect(&told(&[&whole[..512], &[1; 512]].concat()), &["It is damaged"]);
    expect(&told(&[7; 5_000]), &["It is no tar archive"]);
    expect(&told(b""), &["It is no tar archive"]);
    expect(&told_in(&whole[..512], 9, End::Broken), &["It cannot be decompressed to its end"]);
    expect(&told_in(b"", 9, End::Broken), &["It cannot be decompressed to its end"]);
    expect(&told_in(&whole, 9, End::Broken), &["It cannot be decompressed to its end"]);
    expect(&told_in(&whole[..512], 9, End::GivenUp(3_000_000)), &["Only its first 3 MB were looked at"]);
    assert_eq!(told_in(&whole, 9, End::GivenUp(3_000_000)), [""; 0], "what follows its end does not count");
}

#[test]
fn links_that_leave_it_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("main.tf"), "").unwrap();
    for (name, target) in [("a/good", "../main.tf"), ("a/bad", "../../x"), ("abs", "/etc/passwd"), ("a/up", "../..")] {
        symlink(target, folder.path().join(name)).unwrap();
    }
    let told = told(&tar(folder.path(), &["-cf", "-", "."]));
    expect(
        &told,
        &["a/bad is a link that leaves the archive, to ../../x", "abs is a link", "a/up is a link that leaves"],
    );
}

/// A header by hand: names that no packer writes.
fn member(path: &str, kind: EntryType, target: &str) -> Vec<u8> {
    let mut header = Header::new_gnu();
    let old = header.as_old_mut();
    old.name.iter_mut().zip(path.bytes()).for_each(|(place, byte)| *place = byte);
    old.linkname.iter_mut().zip(target.bytes()).for_each(|(place, byte)| *place = byte);
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(0o644);
    header.set_cksum();
    header.as_bytes().to_vec()
}

#[test]
fn paths_that_leave_it_and_strange_members_are_told() {
    let members = [
        member("main.tf", EntryType::Regular, ""),
        member("../x", EntryType::Regular, ""),
        member("/etc/passwd", EntryType::Regular, ""),
        member("hard", EntryType::Link, "../shadow"),
        member("good", EntryType::Link, "main.tf"),
        member("pipe", EntryType::Fifo, ""),
        member("main.tf", EntryType::Regular, ""),
        packing::end(),
    ];
    expect(
        &told(&members.concat()),
        &["../x leads out", "/etc/passwd leads out", "hard is a link", "pipe is no file", "main.tf is there twice"],
    );
}

#[test]
fn twins_and_what_macos_leaves_are_told() {
    expect(
        &told(&packed(&["main.tf", "Main.tf", "e\u{301}.tf", "\u{e9}.tf", "._main.tf"])),
        &["Main.tf differs from main.tf in upper and lower case", "in the form of Unicode", "._main.tf is of macOS"],
    );
    // What macOS adds beside a folder around everything does not hide it.
    expect(&told(&packed(&["._app", "app/main.tf"])), &["Everything in it is in the folder app", "._app is of macOS"]);
}

#[test]
fn hostile_archives_are_bounded() {
    let began = std::time::Instant::now();
    // A name of 4 GB is skipped, not kept.
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::GNULongName);
    header.set_size(4 << 30);
    header.set_cksum();
    let mut inspection = Inspection::default();
    inspection.feed(header.as_bytes());
    for _ in 0..100 {
        inspection.feed(&[b'a'; 1 << 20]);
    }
    expect(&inspection.finish(End::Reached).into_iter().map(|(_, reason)| reason).collect::<Vec<_>>(), &["It is cut"]);
    // Many names, each wrong.
    let mut inspection = Inspection::default();
    for number in 0..100_000 {
        inspection.feed(&member(&format!("../{number}"), EntryType::Regular, ""));
    }
    inspection.feed(&packing::end());
    let problems = inspection.finish(End::Reached);
    assert!(problems.len() < 210 && problems.last().unwrap().1 == "99800 more like these.", "{:?}", problems.last());
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}
