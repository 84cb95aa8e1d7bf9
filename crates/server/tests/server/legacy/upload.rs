//! `PUT` of an archive: what is taken, what is refused, and that a path takes one archive.

use std::{convert::Infallible, fs};

use axum::{
    body::{Body, Bytes},
    http::Request,
};
use serde_json::json;
use tfe_console_server::EmbeddedOptions;

use super::support::{archive, archives_of, options_on, sha256};
use crate::support::Server;

/// A body that arrives in pieces and whose length nobody tells.
fn pieces(pieces: Vec<Vec<u8>>) -> Body {
    let pieces = pieces.into_iter().map(|piece| Ok::<_, Infallible>(Bytes::from(piece)));
    Body::from_stream(futures_util::stream::iter(pieces))
}

#[tokio::test]
async fn an_archive_is_kept_byte_by_byte_whatever_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    for (number, size) in [23, 24, 1000, (1 << 20) - 1, 1 << 20, (5 << 20) + 7].into_iter().enumerate() {
        let bytes = archive(size);
        let created = server.create().await;
        let answer = server.put(&created.path, bytes.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
        let kept = folder.path().join(format!("data.db.archives/{}.tar.gz", number + 1));
        assert_eq!(fs::read(kept).unwrap(), bytes);
        let expected = json!({
            "version": created.version, "status": "uploaded", "size": size, "sha256": sha256(&bytes)
        });
        assert_eq!(server.progress(&created.token).await, expected);
    }
    assert_eq!(archives_of(&file).len(), 6, "nothing else is there");
}

#[tokio::test]
async fn an_archive_may_come_in_pieces_of_any_size() {
    let server = Server::empty();
    let bytes = archive(100_000);
    for size in [1, 2, 3, 4096] {
        let created = server.create().await;
        let body = pieces(bytes.chunks(size).map(<[u8]>::to_vec).collect());
        assert_eq!(server.put(&created.path, body).await.status, 200);
        assert_eq!(server.progress(&created.token).await["sha256"], sha256(&bytes));
    }
}

#[tokio::test]
async fn what_is_not_gzip_is_refused_and_the_path_can_be_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let created = server.create().await;
    const NOT_GZIP: &str = "The archive is not gzip. It must be a .tar.gz file";
    const DAMAGED: &str = "The archive is damaged: its gzip data cannot be read";
    const CUT: &str = "The archive is cut: its gzip data has no end";
    let header = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    for (body, reason) in [
        (Body::empty(), NOT_GZIP),
        (Body::from(vec![0x1f]), NOT_GZIP),
        (Body::from("PK\u{3}\u{4} a zip"), NOT_GZIP),
        (pieces(vec![vec![0x1f], vec![], vec![0x8c, 0]]), NOT_GZIP),
        (pieces(vec![vec![0; 4 << 20]]), NOT_GZIP),
        (Body::from(b"\x1f\x8bis not all of it".to_vec()), NOT_GZIP),
        (pieces(vec![header.clone(), vec![0; 4 << 20]]), DAMAGED),
        (Body::from(header), CUT),
        (Body::from(archive(30_000)[..29_999].to_vec()), CUT),
    ] {
        server.put(&created.path, body).await.is_legacy_error(422, reason);
        let progress = server.progress(&created.token).await;
        assert_eq!((&progress["status"], &progress["reason"]), (&json!("errored"), &json!(reason)));
        assert_eq!(archives_of(&file), [""; 0]);
    }
    assert_eq!(server.put(&created.path, archive(30)).await.status, 200);
    assert_eq!(server.progress(&created.token).await["status"], "uploaded");
}

#[tokio::test]
async fn what_is_too_long_is_refused_whether_its_length_was_told_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(EmbeddedOptions { upload_limit: 1000, ..options_on(&file) });
    let created = server.create().await;
    let told = Request::put(&created.path).header("content-length", "1001").body(Body::empty()).unwrap();
    let by_its_length = server.send(told).await;
    let by_its_bytes = server.put(&created.path, pieces(vec![archive(1000), vec![0]])).await;
    for answer in [by_its_length, by_its_bytes] {
        answer.is_legacy_error(413, "The archive is longer than 1000 bytes, the limit of this server");
    }
    let reason = "The archive is longer than 1000 bytes, the limit of this server";
    assert_eq!(server.progress(&created.token).await, json!({"version": 1, "status": "errored", "reason": reason}));
    assert_eq!(archives_of(&file), [""; 0]);
    assert_eq!(server.put(&created.path, archive(1000)).await.status, 200);
}

#[tokio::test]
async fn a_second_archive_for_the_same_path_is_refused() {
    let server = Server::empty();
    let created = server.create().await;
    assert_eq!(server.put(&created.path, archive(30)).await.status, 200);
    let before = server.progress(&created.token).await;
    for body in [archive(40), archive(30), vec![0]] {
        server.put(&created.path, body).await.is_legacy_error(409, "This path has its archive");
    }
    assert_eq!(server.progress(&created.token).await, before);
}

#[tokio::test]
async fn of_many_at_once_one_wins_and_the_others_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.db");
    let server = Server::with(options_on(&file));
    let created = server.create().await;
    let puts: Vec<_> = (0..8_usize)
        .map(|number| {
            let (server, path) = (Server(server.0.clone(), server.1), created.path.clone());
            tokio::spawn(async move { server.put(&path, archive(2_000_000 + number)).await.status.as_u16() })
        })
        .collect();
    let mut statuses = Vec::new();
    for put in puts {
        statuses.push(put.await.unwrap());
    }
    let winner = statuses.iter().position(|status| *status == 200).unwrap();
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
    assert_eq!(server.progress(&created.token).await["sha256"], sha256(&archive(2_000_000 + winner)));
    assert_eq!(archives_of(&file), ["1.tar.gz"]);
}

#[tokio::test]
async fn a_part_of_an_archive_is_not_taken_for_the_whole() {
    let server = Server::empty();
    let created = server.create().await;
    let part = Request::put(&created.path).header("content-range", "bytes 10-19/20").body(archive(30).into()).unwrap();
    server.send(part).await.is_legacy_error(400, "An archive is uploaded whole, not in ranges");
    assert_eq!(server.progress(&created.token).await["status"], "pending");
}

#[tokio::test]
async fn a_query_at_the_path_changes_nothing() {
    let server = Server::empty();
    let created = server.create().await;
    assert_eq!(server.put(&format!("{}?x=y", created.path), archive(30)).await.status, 200);
}
