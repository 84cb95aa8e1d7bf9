//! Upload paths expire. The clock is the test's.

use std::{
    convert::Infallible,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use axum::body::Body;
use futures_util::stream::unfold;
use rusqlite::Connection;
use serde_json::json;
use tfe_console_server::{Clock, EmbeddedOptions, Options};
use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};

use super::support::{VERSIONS, archive, options_on};
use crate::support::Server;

/// A clock, and the seconds that it says.
fn clock() -> (Clock, Arc<AtomicU64>) {
    let seconds = Arc::new(AtomicU64::new(1_800_000_000));
    let told = Arc::clone(&seconds);
    (Clock::new(move || UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed))), seconds)
}

#[tokio::test]
async fn a_path_is_valid_for_25_hours_and_then_says_that_it_was() {
    let (clock, seconds) = clock();
    let server = Server::with(Options { clock, ..Options::default() });
    let (used, unused, late) = (server.create().await, server.create().await, server.create().await);
    assert_eq!(server.put(&used.path, archive(30)).await.status, 200);
    seconds.fetch_add(25 * 3600 - 1, Ordering::Relaxed);
    assert_eq!(server.put(&late.path, archive(30)).await.status, 200);
    assert_eq!(server.progress(&unused.token).await["status"], "pending");
    seconds.fetch_add(1, Ordering::Relaxed);
    server.put(&unused.path, archive(30)).await.is_legacy_error(404, "The upload path has expired");
    let progress = server.progress(&unused.token).await;
    assert_eq!(progress["status"], "errored");
    assert_eq!(progress["reason"], "The upload path has expired. Create a new configuration version");
    assert_eq!(server.progress(&used.token).await["status"], "uploaded", "an archive does not expire");
    server.put(&used.path, archive(30)).await.is_legacy_error(409, "This path has its archive");
}

#[tokio::test]
async fn expiry_survives_a_restart_and_is_that_of_the_creation() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let (clock, seconds) = clock();
    let expires = Duration::from_secs(60);
    let embedded = EmbeddedOptions { upload_expires: expires, ..options_on(&file) };
    let server = Server::with(Options { clock: clock.clone(), ..embedded.into() });
    let created = server.create().await;
    drop(server);
    let server = Server::with(Options { clock, ..options_on(&file).into() });
    seconds.fetch_add(59, Ordering::Relaxed);
    server.put(&created.path, "no archive").await.is_legacy_error(422, "");
    seconds.fetch_add(1, Ordering::Relaxed);
    server.put(&created.path, archive(30)).await.is_legacy_error(404, "The upload path has expired");
}

/// How many rows and bytes of variables there are.
fn kept(file: &Path) -> (u64, u64) {
    let connection = Connection::open(file).unwrap();
    let sums = "SELECT count(*), coalesce(sum(length(variables)), 0) FROM configuration_versions";
    connection.query_row(sums, [], |row| row.try_into()).unwrap()
}

#[tokio::test]
async fn what_expired_is_removed_at_the_start_and_its_number_is_not_given_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let (clock, seconds) = clock();
    let with_clock = || Options { clock: clock.clone(), ..options_on(&file).into() };
    let server = Server::with(with_clock());
    let used = server.create().await;
    assert_eq!(server.put(&used.path, archive(30)).await.status, 200);
    let body = json!({"version": {"variables": {"secret": "s3cret-value".repeat(1000)}}}).to_string();
    for _ in 0..5 {
        assert_eq!(server.legacy("POST", VERSIONS, body.clone()).await.status, 200);
    }
    drop(server);
    assert_eq!(kept(&file).0, 6);
    seconds.fetch_add(25 * 3600, Ordering::Relaxed);
    let server = Server::with(with_clock());
    assert_eq!(server.progress(&used.token).await["status"], "uploaded");
    assert_eq!(server.create().await.version, 7);
    drop(server);
    assert_eq!(kept(&file).0, 2);
    let bytes = fs::read(&file).unwrap();
    assert!(!bytes.windows(12).any(|window| window == b"s3cret-value"), "the file still has it");
}

#[tokio::test]
async fn what_expired_is_removed_while_the_server_runs_unless_it_is_arriving() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let (clock, seconds) = clock();
    let embedded = EmbeddedOptions { upload_expires: Duration::from_secs(1), ..options_on(&file) };
    let server = Server::with(Options { clock, ..embedded.into() });
    let (forgotten, arriving) = (server.create().await, server.create().await);
    let (sender, receiver) = mpsc::channel(1);
    let body = Body::from_stream(Box::pin(unfold(receiver, async |mut receiver: mpsc::Receiver<Vec<u8>>| {
        let piece = receiver.recv().await?;
        Some((Ok::<_, Infallible>(piece), receiver))
    })));
    let (sending, path) = (Server(server.0.clone(), server.1), arriving.path.clone());
    let answer = tokio::spawn(async move { sending.put(&path, body).await.status });
    sender.send(archive(30)[..20].to_vec()).await.unwrap();
    server.progress_until(&arriving.token, "uploading").await;
    seconds.fetch_add(1, Ordering::Relaxed);
    let removed = async {
        while kept(&file).0 > 1 {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(30), removed).await.unwrap();
    let progress = format!("{VERSIONS}/progress/{}", forgotten.token);
    server.legacy("GET", &progress, "").await.is_legacy_error(404, "Resource not found!");
    sender.send(archive(30)[20..].to_vec()).await.unwrap();
    drop(sender);
    assert_eq!(answer.await.unwrap(), 200);
    assert_eq!(server.progress(&arriving.token).await["status"], "uploaded");
}
