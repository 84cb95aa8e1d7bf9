//! `PATCH /admin/terraform-versions/:id`.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{OTHER_SHA, Server, UNUSED, URL, USED, new_version, with};

#[tokio::test]
async fn the_sample_of_the_specification_updates_what_it_says() {
    let request = include_str!("../../../../tests/fixtures/terraform-versions.update.request.json");
    let sample = include_str!("../../../../tests/fixtures/terraform-versions.update.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    let answer = Server::demo().ask(Method::PATCH, UNUSED, request).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/vnd.api+json"));
    for (name, value) in sample["data"]["attributes"].as_object().unwrap() {
        assert_eq!(&answer.attributes()[name], value, "{name}");
    }
}

#[tokio::test]
async fn each_attribute_changes_alone_and_stays_changed() {
    let server = Server::empty();
    let path = server.add(with(new_version("1.0.0"), json!({"deprecated": true, "deprecated-reason": "old"}))).await;
    let mut expected = server.get(&path).await.attributes().clone();
    for (name, value) in [
        ("version", json!("1.0.1-acme1")),
        ("official", json!(true)),
        ("enabled", json!(false)),
        ("beta", json!(true)),
        ("deprecated-reason", json!("older")),
        ("deprecated-reason", Value::Null),
    ] {
        expected[name] = value.clone();
        let answer = server.patch(&path, json!({name: value})).await;
        assert_eq!((answer.status.as_u16(), answer.attributes()), (200, &expected), "{name}");
        assert_eq!(server.get(&path).await.attributes(), &expected, "{name} did not stay");
    }
}

#[tokio::test]
async fn an_update_of_nothing_changes_nothing() {
    let server = Server::demo();
    let before = server.get(USED).await;
    for body in [
        r#"{"data":{"type":"terraform-versions"}}"#,
        r#"{"data":{"type":"terraform-versions","attributes":{}}}"#,
        r#"{"data":{"type":"terraform-versions","attributes":{"usage":0,"created-at":"now","archs":null}}}"#,
        r#"{"data":{"type":"terraform-versions","id":"tool-qcbYn12vuRKPgPpy","attributes":{"version":"0.11.7"}}}"#,
    ] {
        let answer = server.ask(Method::PATCH, USED, body).await;
        assert_eq!((answer.status.as_u16(), &answer.json), (200, &before.json), "{body}");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_changes() {
    let server = Server::demo();
    let before = server.get(USED).await;
    let answer = server
        .patch(
            USED,
            json!({"version": "0.11.8", "url": null, "sha": "x", "enabled": false, "beta": "yes", "official": false}),
        )
        .await;
    answer.is_refused_with(422);
    assert_eq!(
        answer.problems(),
        [
            ("/data/attributes/url", "Url can't be blank"),
            ("/data/attributes/sha", "Sha must be a SHA-256: 64 hexadecimal digits"),
            ("/data/attributes/beta", "Beta must be true or false"),
            ("/data/attributes/enabled", "Enabled can't be false while 2 workspaces use it"),
            ("/data/attributes/version", "Version has already been taken"),
        ]
    );
    assert_eq!(server.get(USED).await.json, before.json);
}

#[tokio::test]
async fn a_used_version_cannot_be_disabled_and_an_unused_one_can() {
    let server = Server::demo();
    let answer = server.patch(USED, json!({"enabled": false})).await;
    answer.is_refused_with(422);
    assert_eq!(answer.pointers(), ["/data/attributes/enabled"]);
    assert_eq!(server.get(USED).await.attributes()["enabled"], true);
    for enabled in [false, true] {
        let answer = server.patch(UNUSED, json!({"enabled": enabled})).await;
        assert_eq!((answer.status.as_u16(), &answer.attributes()["enabled"]), (200, &json!(enabled)));
    }
}

#[tokio::test]
async fn a_version_that_is_no_longer_deprecated_has_no_reason() {
    let server = Server::demo();
    let reason = json!({"deprecated": true, "deprecated-reason": "CVE-2021-1"});
    let answer = server.patch(UNUSED, reason).await;
    assert_eq!(answer.attributes()["deprecated-reason"], "CVE-2021-1");
    let answer = server.patch(UNUSED, json!({"deprecated": false})).await;
    assert_eq!(answer.attributes()["deprecated"], false);
    assert_eq!(answer.attributes()["deprecated-reason"], Value::Null);
    let answer = server.patch(UNUSED, json!({"deprecated": true})).await;
    assert_eq!(answer.attributes()["deprecated-reason"], Value::Null, "the old reason came back");
    let answer = server.patch(USED, json!({"deprecated-reason": "why"})).await;
    assert_eq!(answer.attributes()["deprecated-reason"], Value::Null, "it is not deprecated");
}

#[tokio::test]
async fn a_url_or_a_digest_changes_without_the_other() {
    let server = Server::empty();
    let path = server.add(new_version("1.0.0")).await;
    let answer = server.patch(&path, json!({"url": "https://app.terraform.io/"})).await;
    assert_eq!(answer.attributes()["url"], "https://app.terraform.io/");
    assert_eq!(answer.attributes()["sha"], crate::support::SHA);
    let answer = server.patch(&path, json!({"sha": OTHER_SHA})).await;
    assert_eq!(answer.attributes()["url"], "https://app.terraform.io/");
    assert_eq!(answer.attributes()["sha"], OTHER_SHA);
    assert_eq!(server.patch(&path, json!({"url": URL})).await.attributes()["archs"][0]["url"], URL);
}

#[tokio::test]
async fn an_update_that_names_another_version_than_its_address_changes_neither() {
    let server = Server::demo();
    let (one, other) = (server.get(UNUSED).await.json, server.get(USED).await.json);
    for id in [json!("tool-qcbYn12vuRKPgPpy"), json!("tool-l4oe7rnwn7j4e5yr"), json!("nobody"), json!(7), json!([])] {
        let body = json!({"data": {"type": "terraform-versions", "id": id, "attributes": {"beta": true, "sha": "x"}}});
        let answer = server.ask(Method::PATCH, UNUSED, body.to_string()).await;
        answer.is_refused_with(422);
        assert_eq!(answer.pointers(), ["/data/id", "/data/attributes/sha"], "{id}");
    }
    assert_eq!((server.get(UNUSED).await.json, server.get(USED).await.json), (one, other));
    for id in [json!("tool-L4oe7rNwn7J4E5Yr"), Value::Null, json!("")] {
        let body = json!({"data": {"type": "terraform-versions", "id": id, "attributes": {"beta": true}}});
        assert_eq!(server.ask(Method::PATCH, UNUSED, body.to_string()).await.status, 200, "{id}");
    }
}
