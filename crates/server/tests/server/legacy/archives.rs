//! What stays of uploads: over a restart, after a kill, and nothing at all of data in memory.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Stdio,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use serde_json::json;
use tfe_console_server::{AppState, OpenError, StartError};

use super::support::{VERSIONS, archive, archives_of, options_on, sha256};
use crate::{
    program::{Program, SOON, command},
    support::Server,
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
    assert_eq!(server.put(&uploaded.path, archive(10)).await.status, 409);
    assert_eq!(server.put(&pending.path, archive(10)).await.status, 200);
    assert_eq!(server.create().await.version, 4);
    assert_eq!(archives_of(&file), ["1.tar.gz", "3.tar.gz"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let archives = folder.path().join("data.db.archives");
    assert_eq!((mode(&archives), mode(&archives.join("1.tar.gz"))), (0o700, 0o600));
}

#[tokio::test]
async fn leftovers_are_removed_at_the_start_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(10)).await.status, 200);
    drop(server);
    let archives = folder.path().join("data.db.archives");
    for name in ["1.part", "2.part", "7.tar.gz", "notes.txt", "backup.tar.gz", "x.part"] {
        fs::write(archives.join(name), "x").unwrap();
    }
    drop(Server::with(options_on(&file)));
    assert_eq!(archives_of(&file), ["1.tar.gz", "backup.tar.gz", "notes.txt", "x.part"]);
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
    assert_eq!(server.put(&created.path, archive(10)).await.status, 200);
}

/// Sends a request of the administrator's, or of nobody in particular, and returns the body of the answer.
fn ask(address: &str, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head = format!(
        "{head} HTTP/1.1\r\nHost: {address}\r\nX-Atlas-Token: demo-admin-token\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

fn create(address: &str) -> (String, String) {
    let answer = ask(address, &format!("POST {VERSIONS}"), br#"{"version":{}}"#);
    let created = super::support::created(&serde_json::from_str(&answer).unwrap());
    (created.path, created.token)
}

#[test]
fn an_upload_under_way_at_a_kill_is_pending_again_and_its_leftovers_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let arguments = ["--data", file.to_str().unwrap(), "--seed", "empty"];
    let program = Program::start(&arguments);
    let (path, token) = create(&program.address);
    let mut stream = TcpStream::connect(&program.address).unwrap();
    write!(stream, "PUT {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n").unwrap();
    stream.write_all(&archive(4_000_000)).unwrap();
    let end = Instant::now() + SOON;
    while fs::metadata(folder.path().join("data.db.archives/1.part")).map_or(0, |file| file.len()) < 2_000_000 {
        assert!(Instant::now() < end, "nothing was written");
        sleep(Duration::from_millis(5));
    }
    program.end(Signal::KILL);
    let program = Program::start(&arguments);
    assert_eq!(archives_of(&file), [""; 0]);
    let progress = || ask(&program.address, &format!("GET {VERSIONS}/progress/{token}"), b"");
    assert_eq!(progress(), r#"{"version":1,"status":"pending"}"#);
    assert_eq!(ask(&program.address, &format!("PUT {path}"), &archive(10)), "");
    assert!(progress().contains(r#""status":"uploaded","size":10"#));
}

#[test]
fn data_in_memory_leaves_no_archive_behind_and_nothing_secret_is_said() {
    let temporary = tempfile::tempdir().unwrap();
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0"]).env("TMPDIR", temporary.path()).stderr(Stdio::piped());
    let mut program = Program::spawn(&mut command);
    let mut complaints = program.child.stderr.take().unwrap();
    let (path, token) = create(&program.address);
    assert!(ask(&program.address, &format!("PUT {path}"), b"no archive").contains("not gzip"));
    assert_eq!(ask(&program.address, &format!("PUT {path}"), &archive(10)), "");
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 1);
    let said = program.said.clone() + &program.end(Signal::TERM).1;
    let mut complained = String::new();
    complaints.read_to_string(&mut complained).unwrap();
    assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 0);
    assert_eq!(complained, "");
    assert!(!said.contains(&token), "{said}");
}
