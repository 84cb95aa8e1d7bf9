//! `--upload-quota`: how much all archives together may take.

use std::fs;

use axum::{body::Body, http::Request};
use tfe_console_server::EmbeddedOptions;

use super::support::{archive, archives_of, options_on};
use crate::support::Server;

const REACHED: &str = "There is no room for the archive: all archives together may take 10000 bytes on this server";

fn limited() -> EmbeddedOptions {
    EmbeddedOptions { upload_quota: 10_000, ..EmbeddedOptions::default() }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_what_still_fits_is_taken() {
    let server = Server::with(limited());
    let (first, second, third) = (server.create().await, server.create().await, server.create().await);
    assert_eq!(server.put(&first.path, archive(6000)).await.status, 200);
    let unknown_length =
        Body::from_stream(futures_util::stream::iter([Ok::<_, std::convert::Infallible>(archive(4001))]));
    for body in [Body::from(archive(4001)), unknown_length] {
        server.put(&second.path, body).await.is_legacy_error(507, REACHED);
        assert_eq!(server.progress(&second.token).await["reason"], REACHED);
    }
    assert_eq!(server.put(&second.path, archive(3000)).await.status, 200);
    assert_eq!(server.put(&third.path, archive(1001)).await.status, 507);
    assert_eq!(server.put(&third.path, archive(1000)).await.status, 200);
}

#[tokio::test]
async fn what_was_announced_and_not_sent_keeps_nobody_out() {
    let server = Server::with(limited());
    let (liar, honest) = (server.create().await, server.create().await);
    let announced = Request::put(&liar.path).header("host", "localhost").header("content-length", "10001");
    server.send(announced.body(Body::empty()).unwrap()).await.is_legacy_error(507, REACHED);
    let failed = server.put(&liar.path, archive(9000)[..8999].to_vec()).await;
    failed.is_legacy_error(422, "The archive is cut");
    assert_eq!(server.put(&honest.path, archive(10_000)).await.status, 200);
}

#[tokio::test]
async fn of_many_that_arrive_at_once_no_more_are_taken_than_fit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(EmbeddedOptions { upload_quota: 5_000_000, ..options_on(&file) });
    let mut puts = Vec::new();
    for _ in 0..8 {
        let (created, server) = (server.create().await, Server(server.0.clone(), server.1));
        puts.push(tokio::spawn(async move {
            // In pieces, so that all are under way before one is whole.
            let pieces = archive(1_500_000).chunks(100_000).map(<[u8]>::to_vec).collect::<Vec<_>>();
            let pieces = futures_util::stream::unfold(pieces.into_iter(), async |mut pieces| {
                tokio::task::yield_now().await;
                pieces.next().map(|piece| (Ok::<_, std::convert::Infallible>(piece), pieces))
            });
            server.put(&created.path, Body::from_stream(Box::pin(pieces))).await.status.as_u16()
        }));
    }
    let mut taken = 0;
    for put in puts {
        match put.await.unwrap() {
            200 => taken += 1,
            status => assert_eq!(status, 507),
        }
    }
    assert!(taken <= 3, "{taken} were taken");
    assert_eq!(archives_of(&file).len(), taken, "the others left nothing");
    // What the refused ones had is free again.
    for _ in taken..3 {
        let created = server.create().await;
        assert_eq!(server.put(&created.path, archive(1_500_000)).await.status, 200);
    }
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(1_500_000)).await.status, 507);
}

#[tokio::test]
async fn what_is_there_at_the_start_counts_and_so_does_what_was_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let options = || EmbeddedOptions { upload_quota: 10_000, ..options_on(&file) };
    let server = Server::with(options());
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(4000)).await.status, 200);
    drop(server);
    fs::write(folder.path().join("data.db.archives/9.tar.gz"), archive(3000)).unwrap();
    for _ in 0..2 {
        let server = Server::with(options());
        let created = server.create().await;
        server.put(&created.path, archive(3001)).await.is_legacy_error(507, REACHED);
    }
    let server = Server::with(options());
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(3000)).await.status, 200);
}

#[tokio::test]
async fn of_two_that_announce_more_than_fits_together_one_is_taken() {
    let server = Server::with(EmbeddedOptions { upload_quota: 1_000_000, ..EmbeddedOptions::default() });
    let mut sending = Vec::new();
    for _ in 0..2 {
        let created = server.create().await;
        let pieces = archive(600_000).chunks(10_000).map(<[u8]>::to_vec).collect::<Vec<_>>();
        let pieces = futures_util::stream::unfold(pieces.into_iter(), async |mut pieces| {
            // By turns.
            tokio::task::yield_now().await;
            pieces.next().map(|piece| (Ok::<_, std::convert::Infallible>(piece), pieces))
        });
        let request = Request::put(&created.path).header("host", "localhost").header("content-length", "600000");
        let request = request.body(Body::from_stream(Box::pin(pieces))).unwrap();
        let server = Server(server.0.clone(), server.1);
        sending.push(async move { server.send(request).await.status.as_u16() });
    }
    let (one, other) = (sending.pop().unwrap(), sending.pop().unwrap());
    let (one, other) = tokio::join!(one, other);
    assert_eq!((one.min(other), one.max(other)), (200, 507));
}
