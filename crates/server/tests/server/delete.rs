//! `DELETE /admin/terraform-versions/:id`.

use serde_json::json;

use crate::support::{Server, UNUSED, USED, VERSIONS, new_version};

#[tokio::test]
async fn a_custom_version_that_nobody_uses_is_gone() {
    let server = Server::demo();
    let found = server.get(&format!("{VERSIONS}?filter[version]=0.11.15-oci")).await;
    let path = format!("{VERSIONS}/{}", found.json["data"][0]["id"].as_str().unwrap());
    let answer = server.delete(&path).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    server.get(&path).await.is_refused_with(404);
    server.delete(&path).await.is_refused_with(404);
    assert_eq!(server.get(VERSIONS).await.json["meta"]["pagination"]["total-count"], 69);
    server.add(new_version("0.11.15-oci")).await;
}

#[tokio::test]
async fn an_official_version_stays() {
    let server = Server::demo();
    let answer = server.delete(UNUSED).await;
    answer.is_refused_with(422);
    assert_eq!(answer.problems(), [("", "Official versions can't be removed")]);
    assert_eq!(server.get(UNUSED).await.status, 200);
}

#[tokio::test]
async fn a_used_version_stays_even_if_it_is_not_official() {
    let server = Server::demo();
    let answer = server.delete(USED).await;
    let used = "The version can't be removed while 2 workspaces use it";
    assert_eq!(answer.problems(), [("", "Official versions can't be removed"), ("", used)]);
    server.patch(USED, json!({"official": false})).await;
    let answer = server.delete(USED).await;
    answer.is_refused_with(422);
    assert_eq!(answer.problems(), [("", used)]);
    assert_eq!(server.get(USED).await.status, 200);
}

#[tokio::test]
async fn an_official_version_can_be_made_unofficial_and_removed() {
    let server = Server::demo();
    server.patch(UNUSED, json!({"official": false})).await;
    assert_eq!(server.delete(UNUSED).await.status, 204);
}
