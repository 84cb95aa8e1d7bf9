//! `--data FILE`: what stays, which files are refused, and that nobody else may read them. Another process on the same file:
//! `program`.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use rusqlite::Connection;
use serde_json::json;
use tfe_console_server::{AppState, Data, EmbeddedOptions, OpenError, Options, Seed, StartError, Tokens};

use crate::support::{Server, UNUSED, VERSIONS, kept_in, new_version};

fn on(path: &Path, seed: Option<Seed>) -> Options {
    EmbeddedOptions { seed, ..kept_in(path) }.into()
}

async fn count(server: &Server) -> u64 {
    server.get(VERSIONS).await.json["meta"]["pagination"]["total-count"].as_u64().unwrap()
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let server = Server::with(on(&path, None));
    let added = server.add(new_version("9.9.9")).await;
    server.patch(UNUSED, json!({"deprecated": true, "deprecated-reason": "why"})).await;
    let before = (server.get(&added).await.json, server.get(VERSIONS).await.json);
    drop(server);
    let server = Server::with(on(&path, None));
    assert_eq!((server.get(&added).await.json, server.get(VERSIONS).await.json), before);
    drop(server);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a stopped server leaves nothing but its file");
}

#[tokio::test]
async fn only_an_empty_store_is_seeded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    assert_eq!(count(&Server::with(on(&path, Some(Seed::Empty)))).await, 0);
    assert_eq!(count(&Server::with(on(&path, None))).await, 0, "who emptied it wants it empty");
    assert_eq!(count(&Server::with(on(&path, Some(Seed::Synthetic(3))))).await, 3);
    let state = AppState::open(&on(&path, Some(Seed::Demo))).unwrap();
    assert!(!state.was_seeded());
    drop(state);
    assert_eq!(count(&Server::with(on(&path, Some(Seed::Demo)))).await, 3);
}

#[tokio::test]
async fn an_empty_file_is_taken_as_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    fs::write(&path, "").unwrap();
    assert_eq!(count(&Server::with(on(&path, None))).await, 70);
}

#[test]
fn a_file_that_is_something_else_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    fs::write(&text, "my notes, which are longer than the header of a database: ".repeat(10)).unwrap();
    let short = folder.path().join("short");
    fs::write(&short, "x").unwrap();
    let foreign = folder.path().join("foreign.db");
    let connection = Connection::open(&foreign).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE terraform_versions (id)").unwrap();
    drop(connection);
    for path in [text, short, foreign] {
        let before = fs::read(&path).unwrap();
        let error = AppState::open(&on(&path, None)).err().unwrap();
        assert!(matches!(error, StartError::Data(OpenError::Foreign(_))), "{error}");
        let told = format!("{} is not a data file of tfe-console; it was left as it is", path.display());
        assert_eq!(error.to_string(), told);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "no log or journal was made");
}

#[test]
fn a_file_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    drop(AppState::open(&on(&path, None)).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = AppState::open(&on(&path, None)).err().unwrap();
    assert!(matches!(error, StartError::Data(OpenError::Newer(_, 99, 3))), "{error}");
    assert!(error.to_string().contains("was written by a newer tfe-console"), "{error}");
}

#[test]
fn a_damaged_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    drop(AppState::open(&on(&path, None)).unwrap());
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4096].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    let error = AppState::open(&on(&path, None)).err().unwrap();
    assert!(error.to_string().starts_with(&format!("cannot keep data in {}: ", path.display())), "{error}");
}

#[test]
fn a_folder_and_a_file_in_no_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = AppState::open(&on(folder.path(), None)).err().unwrap();
    assert!(matches!(error, StartError::Data(OpenError::IsFolder(_))), "{error}");
    let error = AppState::open(&on(&folder.path().join("no/data.db"), None)).err().unwrap();
    assert!(matches!(error, StartError::Data(OpenError::NoFolder(_))), "{error}");
    assert!(!folder.path().join("no").exists());
}

#[test]
fn the_demo_tokens_do_not_open_data_that_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::File(folder.path().join("data.db"));
    let demo_user = Tokens::new("s3cret", Some("demo-user-token")).unwrap();
    for tokens in [Tokens::demo(), demo_user, Tokens::new("demo-admin-token", None).unwrap()] {
        let options = EmbeddedOptions { data: data.clone(), tokens, ..EmbeddedOptions::default() };
        let error = AppState::open(&options.into()).err().unwrap();
        assert!(matches!(error, StartError::Data(OpenError::DemoTokens)), "{error}");
        assert!(error.to_string().contains("with --data give --admin-token-file"), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn files_of_an_older_version_are_taken_from_others_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    drop(AppState::open(&on(&path, None)).unwrap());
    // As a process leaves them that was killed.
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA user_version = 3").unwrap();
    let beside = ["data.db", "data.db-wal", "data.db-shm"];
    let (log, index) = (folder.path().join(beside[1]), folder.path().join(beside[2]));
    let copies = (fs::read(&log).unwrap(), fs::read(&index).unwrap());
    drop(connection);
    fs::write(&log, copies.0).unwrap();
    fs::write(&index, copies.1).unwrap();
    for name in beside {
        fs::set_permissions(folder.path().join(name), Permissions::from_mode(0o666)).unwrap();
    }
    let server = Server::with(on(&path, None));
    server.add(new_version("9.9.9")).await;
    for name in beside {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_reader_beside_the_server_sees_what_it_wrote_and_does_not_stop_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.db");
    let server = Server::with(on(&path, Some(Seed::Empty)));
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let seen = || reader.query_row("SELECT count(*) FROM terraform_versions", [], |row| row.get::<_, u64>(0)).unwrap();
    assert_eq!(seen(), 0);
    server.add(new_version("1.0.0")).await;
    assert_eq!(seen(), 0, "it looks at one moment");
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(seen(), 1);
}
