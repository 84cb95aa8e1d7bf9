//! The program is killed at any moment.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Instant,
};

use rusqlite::Connection;
use rustix::process::Signal;

use crate::{
    program::{Program, SOON, command},
    support::{KEPT_TOKEN, VERSIONS, document, new_version},
};

/// Adds a version over the connection; whether it was answered with 201.
fn add(stream: &mut TcpStream, version: &str) -> bool {
    let body = document(new_version(version));
    let length = body.len();
    let head = format!(
        "POST {VERSIONS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEPT_TOKEN}\r\nContent-Length: {length}\r\n\r\n"
    );
    let mut answer = [0; 4096];
    stream.write_all(format!("{head}{body}").as_bytes()).is_ok()
        && matches!(stream.read(&mut answer), Ok(count) if answer[..count].starts_with(b"HTTP/1.1 201"))
}

/// Writes until it is killed, several times over the same file: every create that was answered is there.
#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let mut answered: Vec<String> = Vec::new();
    for round in 0..4 {
        let data = ["--data", path.to_str().unwrap(), "--admin-token", KEPT_TOKEN];
        let program = Program::start(&[&data[..], &["--seed", "5", "--rate-limit", "0"]].concat());
        let mut stream = TcpStream::connect(&program.address).unwrap();
        let (told, heard) = mpsc::channel();
        let writer = thread::spawn(move || {
            let versions = (0..).map(|number| format!("{round}.0.{number}-kill"));
            for version in versions.take_while(|version| add(&mut stream, version)) {
                told.send(version).unwrap();
            }
        });
        answered.extend(heard.iter().take(10 + round * 7));
        assert_eq!(program.end(Signal::KILL).0, None);
        writer.join().unwrap();
        answered.extend(heard.iter());
        is_whole_and_has(&path, &answered);
    }
    assert!(answered.len() > 80);
}

/// Kills it while it creates and fills the file, so that it is either not begun or complete.
#[test]
fn a_kill_during_the_first_start_leaves_a_file_that_can_be_used() {
    for grown in [0, 1_000_000, 4_000_000, 8_000_000] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.db");
        let mut command = command();
        command.args(["--listen", "127.0.0.1:0", "--admin-token", KEPT_TOKEN, "--seed", "20000", "--data"]).arg(&path);
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        // SQLite's journal is there from its first write on; the file grows before the transaction is over.
        let journal = path.with_extension("db-journal");
        let size = || std::fs::metadata(&path).map_or(0, |file| file.len());
        let end = Instant::now() + SOON;
        while !journal.exists() {
            assert!(Instant::now() < end, "it did not begin to fill the file");
        }
        while size() < grown && journal.exists() {}
        child.kill().unwrap();
        child.wait().unwrap();
        let program =
            Program::start(&["--data", path.to_str().unwrap(), "--admin-token", KEPT_TOKEN, "--seed", "20000"]);
        drop(program);
        let connection = Connection::open(&path).unwrap();
        let count: u64 = connection.query_row("SELECT count(*) FROM terraform_versions", [], |row| row.get(0)).unwrap();
        assert_eq!(count, 20_000);
    }
}

#[track_caller]
fn is_whole_and_has(path: &Path, versions: &[String]) {
    let connection = Connection::open(path).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut statement = connection.prepare("SELECT count(*) FROM terraform_versions WHERE version = ?1").unwrap();
    for version in versions {
        let count: u64 = statement.query_row([version], |row| row.get(0)).unwrap();
        assert_eq!(count, 1, "{version} was answered and is lost");
    }
}
