//! `tfe-console-server backup`: a copy of the data, also while a server writes to it.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use rusqlite::Connection;
use tfe_console_server::{AppState, EmbeddedOptions, Seed, back_up};

use crate::{
    program::{complaint, run},
    support::{Server, VERSIONS, kept_in, new_version},
};

fn count(file: &Path) -> u64 {
    let connection = Connection::open(file).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    connection.query_row("SELECT count(*) FROM terraform_versions", [], |row| row.get(0)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_of_one_moment_while_the_server_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(EmbeddedOptions { seed: Some(Seed::Synthetic(3000)), ..kept_in(&file) });
    static DONE: AtomicBool = AtomicBool::new(false);
    let writing = tokio::spawn(async move {
        let mut written = 0;
        while !DONE.load(Ordering::Relaxed) {
            server.add(new_version(&format!("0.0.{written}"))).await;
            written += 1;
        }
        (server, written)
    });
    let copies = folder.path().join("copies");
    fs::create_dir(&copies).unwrap();
    let mut before = 3000;
    for number in 0..5 {
        let copy = copies.join(format!("{number}.db"));
        let (data, target) = (file.clone(), copy.clone());
        tokio::task::spawn_blocking(move || back_up(&data, &target).unwrap()).await.unwrap();
        let now = count(&copy);
        assert!(now >= before, "{now} after {before}");
        before = now;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    DONE.store(true, Ordering::Relaxed);
    let (server, written) = writing.await.unwrap();
    assert!(written > 5, "nothing was written meanwhile");
    assert_eq!(count(&file), 3000 + written);
    assert_eq!(names(&copies), ["0.db", "1.db", "2.db", "3.db", "4.db"], "nothing else is left");
    drop(server);
}

#[tokio::test]
async fn a_copy_is_data_to_start_with() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("data.db"), folder.path().join("copy.db"));
    let server = Server::with(kept_in(&file));
    server.add(new_version("9.9.9")).await;
    let path = (file.to_str().unwrap(), copy.to_str().unwrap());
    let output = run(&["backup", path.1, "--data", path.0]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("Copied {} to {}\n", path.0, path.1));
    let expected = server.get(VERSIONS).await.json;
    assert_eq!(Server::with(kept_in(&copy)).get(VERSIONS).await.json, expected);
    drop(server);
    let output = run(&["--data", path.0, "backup", folder.path().join("other.db").to_str().unwrap()]);
    assert!(output.status.success(), "without a server as well: {output:?}");
    assert_eq!(names(folder.path()), ["copy.db", "data.db", "other.db"]);
}

#[test]
fn nothing_is_replaced_and_what_is_no_data_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    drop(AppState::open(&kept_in(at("data.db").as_ref()).into()).unwrap());
    fs::write(at("there.db"), "precious").unwrap();
    fs::write(at("notes.txt"), "my notes").unwrap();
    std::os::unix::fs::symlink(at("nowhere"), at("link.db")).unwrap();
    let before = names(folder.path());
    for (copy, data, expected) in [
        ("there.db", "data.db", format!("{} is there already; a backup replaces nothing", at("there.db"))),
        ("link.db", "data.db", format!("{} is there already; a backup replaces nothing", at("link.db"))),
        ("data.db", "data.db", format!("{} is there already; a backup replaces nothing", at("data.db"))),
        ("copy.db", "missing.db", format!("there is no data file {}", at("missing.db"))),
        (
            "copy.db",
            "notes.txt",
            format!("{} is not a data file of tfe-console; it was left as it is", at("notes.txt")),
        ),
        ("no/copy.db", "data.db", format!("cannot write {}: ", at("no/copy.db"))),
    ] {
        let line = complaint(&run(&["backup", &at(copy), "--data", &at(data)]), 1);
        assert!(line.starts_with(&expected), "{line}");
    }
    assert_eq!(complaint(&run(&["backup", &at("copy.db")]), 2), "backup needs --data, the file to copy");
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read_to_string(at("there.db")).unwrap(), "precious");
}

#[tokio::test]
async fn what_a_killed_backup_left_is_removed_by_the_next_one_and_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let data = at("data.db");
    drop(AppState::open(&kept_in(&data).into()).unwrap());
    let leave = || {
        for name in [".tfe-console-backup-aB3xyz", ".tfe-console-backup-aB3xyz-journal", ".tfe-console-backup-0-wal"] {
            fs::write(at(name), "half").unwrap();
        }
    };
    fs::create_dir(at(".tfe-console-backup-folder")).unwrap();
    let running = fs::File::create(at(".tfe-console-backup-running")).unwrap();
    running.lock().unwrap();
    fs::write(at(".tfe-console-backup-running-journal"), "of one that runs").unwrap();
    let others = [".tfe-console-backup-folder", ".tfe-console-backup-running", ".tfe-console-backup-running-journal"];
    leave();
    back_up(&data, &at("copy.db")).unwrap();
    assert_eq!(names(folder.path()), [&others[..], &["copy.db", "data.db"]].concat());
    leave();
    drop(AppState::open(&kept_in(&data).into()).unwrap());
    assert_eq!(names(folder.path()), [&others[..], &["copy.db", "data.db"]].concat());
}
