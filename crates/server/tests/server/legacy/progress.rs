//! `GET …/versions/progress/:token`: an upload seen from outside while it runs.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    http::Request,
};
use futures_util::stream::unfold;
use serde_json::json;
use tokio::{sync::mpsc, task::JoinHandle};

use super::support::{VERSIONS, archive, sha256};
use crate::support::{Answer, Server};

/// An upload whose bytes the test sends one by one; it ends when the sender is dropped.
fn upload(server: &Server, path: &str, length: Option<usize>) -> (mpsc::Sender<Vec<u8>>, JoinHandle<Answer>) {
    let (sender, receiver) = mpsc::channel(1);
    let pieces = unfold(receiver, async |mut receiver: mpsc::Receiver<Vec<u8>>| {
        let piece = receiver.recv().await?;
        Some((Ok::<_, Infallible>(Bytes::from(piece)), receiver))
    });
    let request = Request::put(path);
    let request = length.into_iter().fold(request, |request, length| request.header("content-length", length));
    let request = request.body(Body::from_stream(Box::pin(pieces))).unwrap();
    let server = Server(server.0.clone(), server.1);
    (sender, tokio::spawn(async move { server.send(request).await }))
}

#[tokio::test]
async fn an_upload_is_pending_then_uploading_then_uploaded() {
    let server = Server::empty();
    let created = server.create().await;
    assert_eq!(server.progress(&created.token).await, json!({"version": 1, "status": "pending"}));
    let bytes = archive(3000);
    for (length, total) in [(Some(3000), json!(3000)), (None, json!(null))] {
        let created = server.create().await;
        let version = created.version;
        let (sender, answer) = upload(&server, &created.path, length);
        for sent in [1000, 2000] {
            sender.send(bytes[sent - 1000..sent].to_vec()).await.unwrap();
            let seen = loop {
                let progress = server.progress(&created.token).await;
                if progress["uploaded"] == sent {
                    break progress;
                }
                tokio::task::yield_now().await;
            };
            assert_eq!(seen, json!({"version": version, "status": "uploading", "uploaded": sent, "total": total}));
        }
        sender.send(bytes[2000..].to_vec()).await.unwrap();
        drop(sender);
        assert_eq!(answer.await.unwrap().status, 200);
        let seen = server.progress(&created.token).await;
        let sha256 = sha256(&bytes);
        assert_eq!(seen, json!({"version": version, "status": "uploaded", "size": 3000, "sha256": sha256}));
    }
}

#[tokio::test]
async fn while_one_upload_is_under_way_another_to_its_path_is_refused_and_changes_nothing() {
    let server = Server::empty();
    let created = server.create().await;
    let (sender, first) = upload(&server, &created.path, None);
    sender.send(archive(1000)).await.unwrap();
    server.progress_until(&created.token, "uploading").await;
    server.put(&created.path, archive(2000)).await.is_legacy_error(409, "Another upload to this path is under way");
    assert_eq!(server.progress(&created.token).await["status"], "uploading");
    drop(sender);
    assert_eq!(first.await.unwrap().status, 200);
    assert_eq!(server.progress(&created.token).await["size"], 1000);
}

#[tokio::test(start_paused = true)]
async fn a_sender_that_is_silent_for_a_minute_gives_the_path_up() {
    let server = Server::empty();
    let created = server.create().await;
    let (sender, first) = upload(&server, &created.path, None);
    sender.send(archive(1000)).await.unwrap();
    first.await.unwrap().is_legacy_error(408, "Nothing arrived for 60 seconds. Try again");
    let progress = server.progress(&created.token).await;
    assert_eq!(
        (&progress["status"], &progress["reason"]),
        (&json!("errored"), &json!("Nothing arrived for 60 seconds. Try again"),)
    );
    assert_eq!(server.put(&created.path, archive(30)).await.status, 200);
}

#[tokio::test]
async fn progress_answers_head_and_is_json() {
    let server = Server::empty();
    let created = server.create().await;
    for method in ["GET", "HEAD"] {
        let answer = server.legacy(method, &format!("{VERSIONS}/progress/{}", created.token), "").await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    }
}
