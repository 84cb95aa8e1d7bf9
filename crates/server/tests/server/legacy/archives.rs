//! What stays of uploads: over a restart, after a kill, and nothing at all of data in memory.

use std::{
    fs::{self, Permissions},
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use rustix::process::Signal;
use serde_json::json;
use tfe_console_server::{AppState, OpenError, StartError};

use super::support::{VERSIONS, archive, archives_of, options_on, sha256};
use crate::{
    program::{Program, SOON, command},
    support::{DEMO_TOKEN, KEPT_TOKEN, Server},
};

#[tokio::test]
async fn versions_and_uploads_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let (uploaded, failed, pending) = (server.create().await, server.create().await, server.create().await);
    let bytes = archive(5000);
    assert_eq!(server.put(&uploaded.path, bytes.clone()).await.status, 200);
    assert_eq!(server.put(&failed.path, "no archive").await.status, 422);
    drop(server);

    let server = Server::with(options_on(&file));
    let expected = json!({"version": 1, "status": "uploaded", "size": 5000, "sha256": sha256(&bytes)});
    assert_eq!(server.progress(&uploaded.token).await, expected);
    assert_eq!(server.progress(&failed.token).await["status"], "errored");
    assert_eq!(server.progress(&pending.token).await["status"], "pending");
    assert_eq!(server.put(&uploaded.path, archive(30)).await.status, 409);
    assert_eq!(server.put(&pending.path, archive(30)).await.status, 200);
    assert_eq!(server.create().await.version, 4);
    assert_eq!(archives_of(&file), ["1.tar.gz", "3.tar.gz"]);
    let archives = folder.path().join("data.db.archives");
    assert_eq!((mode(&archives), mode(&archives.join("1.tar.gz"))), (0o700, 0o600));
}

#[tokio::test]
async fn leftovers_are_removed_at_the_start_and_what_is_unknown_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(30)).await.status, 200);
    drop(server);
    let archives = folder.path().join("data.db.archives");
    for name in ["1.part", "2.part", "7.tar.gz", "notes.txt", "backup.tar.gz", "x.part"] {
        fs::write(archives.join(name), "x").unwrap();
        fs::set_permissions(archives.join(name), Permissions::from_mode(0o666)).unwrap();
    }
    fs::create_dir(archives.join("8.tar.gz")).unwrap();
    std::os::unix::fs::symlink("nowhere", archives.join("9.tar.gz")).unwrap();
    let state = AppState::open(&options_on(&file).into()).unwrap();
    let aside = archives.join("set-aside");
    let moved = ["7.tar.gz", "9.tar.gz"].map(|name| aside.join(name).display().to_string()).join(", ");
    let told = format!("Archives that the data does not know were set aside: {moved}");
    assert_eq!(state.notices(), [told]);
    drop(state);
    assert_eq!(archives_of(&file), ["1.tar.gz", "8.tar.gz", "backup.tar.gz", "notes.txt", "set-aside", "x.part"]);

    fs::write(archives.join("7.tar.gz"), "another").unwrap();
    drop(Server::with(options_on(&file)));
    let kept = |name: &str| fs::read_to_string(aside.join(name)).unwrap();
    assert_eq!((kept("7.tar.gz").as_str(), kept("7.2.tar.gz").as_str()), ("x", "another"));
    assert_eq!(mode(&aside.join("7.tar.gz")), 0o600);
    assert!(AppState::open(&options_on(&file).into()).unwrap().notices().is_empty(), "it is told once");
}

#[tokio::test]
async fn an_archive_that_is_missing_is_not_uploaded_and_can_be_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let (lost, cut, whole) = (server.create().await, server.create().await, server.create().await);
    for created in [&lost, &cut, &whole] {
        assert_eq!(server.put(&created.path, archive(1000)).await.status, 200);
    }
    let archives = folder.path().join("data.db.archives");
    fs::remove_file(archives.join("1.tar.gz")).unwrap();
    fs::write(archives.join("2.tar.gz"), &archive(1000)[..999]).unwrap();
    let reason = "The archive was uploaded and is missing on the server";
    for created in [&lost, &cut] {
        let expected = json!({"version": created.version, "status": "errored", "reason": reason});
        assert_eq!(server.progress(&created.token).await, expected);
    }
    drop(server);

    let state = AppState::open(&options_on(&file).into()).unwrap();
    let missing = "version 1 of hashicorp/atlas (1.tar.gz), version 2 of hashicorp/atlas (2.tar.gz)";
    assert_eq!(state.notices()[1], format!("Archives that the data knows are missing: {missing}"));
    drop(state);
    let server = Server::with(options_on(&file));
    assert_eq!(server.put(&lost.path, archive(1500)).await.status, 200);
    assert_eq!(server.progress(&lost.token).await["size"], 1500);
    assert_eq!(server.progress(&cut.token).await["status"], "errored");
    assert_eq!(server.progress(&whole.token).await["status"], "uploaded");
}

#[tokio::test]
async fn no_token_of_an_upload_is_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let (used, unused) = (server.create().await, server.create().await);
    assert_eq!(server.put(&used.path, archive(1000)).await.status, 200);
    let are_nowhere = || {
        for entry in fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).filter(|it| it.is_file()) {
            let bytes = fs::read(&entry).unwrap();
            for token in [&used.token, &unused.token] {
                let is_there = bytes.windows(token.len()).any(|window| window == token.as_bytes());
                assert!(!is_there, "{} has it", entry.display());
            }
        }
    };
    are_nowhere();
    drop(server);
    are_nowhere();
}

/// A data file of the version before, with these tokens.
fn older(file: &Path, tokens: &[&str]) {
    drop(AppState::open(&options_on(file).into()).unwrap());
    let connection = Connection::open(file).unwrap();
    connection
        .execute_batch(
            "DROP TABLE configurations; DROP INDEX configuration_versions_without_archive;
             ALTER TABLE configuration_versions RENAME COLUMN digest TO token; PRAGMA user_version = 2;",
        )
        .unwrap();
    for (index, token) in tokens.iter().enumerate() {
        let insert = "INSERT INTO configuration_versions
             (username, name, version, token, metadata, variables, tf_vars, expires_at)
             VALUES ('hashicorp', 'atlas', ?1, ?2, '{}', '{}', '[]', 4000000000)";
        connection.execute(insert, (index + 1, token)).unwrap();
    }
}

#[tokio::test]
async fn paths_of_an_older_version_stay_valid_and_their_tokens_leave_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let tokens = ["63fc7e18-3911-4853-8b17-7fdc28f158f2", "ddbd7db6-f96c-4633-beb6-22fe2d74eeed"];
    older(&file, &tokens);
    let server = Server::with(options_on(&file));
    for token in tokens {
        assert_eq!(server.progress(token).await["status"], "pending");
        assert_eq!(server.put(&format!("/api/v1/uploads/{token}"), archive(100)).await.status, 200);
    }
    assert_eq!(server.create().await.version, 3);
    for name in ["data.db", "data.db-wal"] {
        let bytes = fs::read(folder.path().join(name)).unwrap();
        for token in tokens {
            assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{name} has it");
        }
    }
}

#[test]
fn something_else_in_the_place_of_the_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let archives = folder.path().join("data.db.archives");
    fs::write(&archives, "x").unwrap();
    let error = AppState::open(&options_on(&file).into()).err().unwrap();
    assert!(matches!(&error, StartError::Data(OpenError::Io(path, _)) if *path == archives), "{error}");
}

#[tokio::test]
async fn an_archive_that_cannot_be_written_is_a_fault_that_is_noted_and_leaves_the_path_valid() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let created = server.create().await;
    let archives = folder.path().join("data.db.archives");
    fs::write(&archives, "in the way").unwrap();
    server.put(&created.path, archive(3_000_000)).await.is_legacy_error(500, "The server failed");
    assert_eq!(server.progress(&created.token).await["reason"], "The server failed");
    fs::remove_file(&archives).unwrap();
    assert_eq!(server.put(&created.path, archive(30)).await.status, 200);
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Sends a request of the administrator's, or of nobody in particular, and returns the body of the answer.
fn ask(address: &str, token: &str, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!(
        "{head} HTTP/1.1\r\nHost: {address}\r\nX-Atlas-Token: {token}\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

fn create(address: &str, token: &str) -> (String, String) {
    let answer = ask(address, token, &format!("POST {VERSIONS}"), br#"{"version":{}}"#);
    let created = super::support::created(&serde_json::from_str(&answer).unwrap());
    (created.path, created.token)
}

#[test]
fn an_upload_under_way_at_a_kill_is_pending_again_and_its_leftovers_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let arguments = ["--data", file.to_str().unwrap(), "--seed", "empty", "--admin-token", KEPT_TOKEN];
    let program = Program::start(&arguments);
    let (path, token) = create(&program.address, KEPT_TOKEN);
    let mut stream = TcpStream::connect(&program.address).unwrap();
    write!(stream, "PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n\r\n").unwrap();
    stream.write_all(&archive(4_000_000)).unwrap();
    let end = Instant::now() + SOON;
    while fs::metadata(folder.path().join("data.db.archives/1.part")).map_or(0, |file| file.len()) < 2_000_000 {
        assert!(Instant::now() < end, "nothing was written");
        sleep(Duration::from_millis(5));
    }
    program.end(Signal::KILL);
    let program = Program::start(&arguments);
    assert_eq!(archives_of(&file), [""; 0]);
    let progress = || ask(&program.address, KEPT_TOKEN, &format!("GET {VERSIONS}/progress/{token}"), b"");
    assert_eq!(progress(), r#"{"version":1,"status":"pending"}"#);
    assert_eq!(ask(&program.address, "", &format!("PUT {path}"), &archive(30)), "");
    assert!(progress().contains(r#""status":"uploaded","size":30"#));
}

#[test]
fn data_in_memory_leaves_no_archive_behind_and_nothing_secret_is_said() {
    let temporary = tempfile::tempdir().unwrap();
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0"]).env("TMPDIR", temporary.path()).stderr(Stdio::piped());
    let mut program = Program::spawn(&mut command);
    let mut complaints = program.child.stderr.take().unwrap();
    let (path, token) = create(&program.address, DEMO_TOKEN);
    assert!(ask(&program.address, DEMO_TOKEN, &format!("PUT {path}"), b"no archive").contains("not gzip"));
    assert_eq!(ask(&program.address, "", &format!("PUT {path}"), &archive(30)), "");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);
    let said = program.said.clone() + &program.end(Signal::TERM).1;
    let mut complained = String::new();
    complaints.read_to_string(&mut complained).unwrap();
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert_eq!(complained, "");
    assert!(!said.contains(&token), "{said}");
}
