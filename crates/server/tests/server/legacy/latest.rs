//! `GET …/versions/latest`.

use serde_json::json;

use super::support::{VERSIONS, archive};
use crate::support::Server;

#[tokio::test]
async fn before_the_first_version_there_is_no_latest() {
    let server = Server::empty();
    server.create_in("hashicorp/other").await;
    let answer = server.legacy("GET", &format!("{VERSIONS}/latest"), "").await;
    answer.is_legacy_error(404, "Resource not found!");
}

#[tokio::test]
async fn the_latest_is_the_one_created_last_whatever_was_uploaded() {
    let server = Server::empty();
    let first = server.create().await;
    let body = json!({"version": {"metadata": {"foo": "bar"}}}).to_string();
    server.legacy("POST", VERSIONS, body).await;
    assert_eq!(server.put(&first.path, archive(30)).await.status, 200);
    let answer = server.legacy("GET", &format!("{VERSIONS}/latest"), "").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    let expected = json!({"version": {"version": 2, "metadata": {"foo": "bar"}, "tf_vars": [], "variables": {}}});
    assert_eq!(answer.json, expected);
}
