//! Upload paths expire. The clock is the test's.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use tfe_console_server::{Clock, EmbeddedOptions, Options};

use super::support::{archive, options_on};
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
    assert_eq!(server.put(&used.path, archive(10)).await.status, 200);
    seconds.fetch_add(25 * 3600 - 1, Ordering::Relaxed);
    assert_eq!(server.put(&late.path, archive(10)).await.status, 200);
    assert_eq!(server.progress(&unused.token).await["status"], "pending");
    seconds.fetch_add(1, Ordering::Relaxed);
    server.put(&unused.path, archive(10)).await.is_legacy_error(404, "The upload path has expired");
    let progress = server.progress(&unused.token).await;
    assert_eq!(progress["status"], "errored");
    assert_eq!(progress["reason"], "The upload path has expired. Create a new configuration version");
    assert_eq!(server.progress(&used.token).await["status"], "uploaded", "an archive does not expire");
    server.put(&used.path, archive(10)).await.is_legacy_error(409, "This path has its archive");
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
    server.put(&created.path, archive(10)).await.is_legacy_error(404, "The upload path has expired");
}
