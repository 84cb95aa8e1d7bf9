//! The document around the attributes: what is no JSON, no resource, or too much.

use axum::http::Method;
use serde_json::json;

use crate::support::{SHA, Server, UNUSED, URL, VERSIONS, document, new_version};

const WRITES: [(Method, &str); 2] = [(Method::POST, VERSIONS), (Method::PATCH, UNUSED)];

#[tokio::test]
async fn a_body_that_is_no_json_is_a_bad_request() {
    let server = Server::demo();
    for (method, path) in WRITES {
        for body in ["", "{", "version=1.0.0", "{\"data\":}", "{\"data\":{}}x", "\u{feff}{}"] {
            let answer = server.ask(method.clone(), path, body).await;
            answer.is_refused_with(400);
            assert!(answer.problems()[0].1.starts_with("The body is not JSON: "), "{}", answer.text);
        }
        let binary = server.ask(method, path, vec![b'"', 0xff, b'"']).await;
        binary.is_refused_with(400);
    }
}

#[tokio::test]
async fn a_body_nested_without_end_is_a_bad_request() {
    let body = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    Server::demo().ask(Method::POST, VERSIONS, body).await.is_refused_with(400);
}

#[tokio::test]
async fn a_body_that_is_no_document_says_what_is_missing() {
    let server = Server::demo();
    for (method, path) in WRITES {
        for body in ["[]", "null", "7", "{}", r#"{"data":null}"#, r#"{"data":[]}"#] {
            let answer = server.ask(method.clone(), path, body).await;
            answer.is_refused_with(422);
            assert_eq!(answer.pointers()[0], "/data", "{body}");
        }
        let answer = server.ask(method, path, r#"{"data":{"type":"terraform-versions","attributes":[]}}"#).await;
        answer.is_refused_with(422);
        assert_eq!(answer.pointers()[0], "/data/attributes");
    }
}

#[tokio::test]
async fn a_wrong_or_missing_type_is_told_together_with_the_attributes() {
    let server = Server::demo();
    for (method, path) in WRITES {
        for kind in [json!("terraform-version"), json!(null), json!(7)] {
            let body = json!({"data": {"type": kind, "attributes": {"version": "1"}}}).to_string();
            let answer = server.ask(method.clone(), path, body).await;
            answer.is_refused_with(422);
            assert_eq!(answer.problems()[0], ("/data/type", "Type must be \"terraform-versions\""));
            assert_eq!(answer.pointers()[1], "/data/attributes/version");
        }
        let answer = server.ask(method, path, r#"{"data":{"attributes":{}}}"#).await;
        assert_eq!(answer.pointers()[0], "/data/type");
    }
    assert_eq!(server.get(UNUSED).await.attributes()["version"], "0.11.8");
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_without_being_read() {
    let server = Server::demo();
    for (method, path) in WRITES {
        let answer = server.ask(method, path, document(new_version(&"1".repeat(64 * 1024)))).await;
        answer.is_refused_with(413);
        assert_eq!(answer.problems()[0].1, "The body is longer than 65536 bytes");
    }
}

#[tokio::test]
async fn the_longest_valid_body_is_not_too_long() {
    let sha = SHA.replace('8', "\\u0038");
    let arch = |arch: &str| {
        let url = format!("{URL}?{}", "\\u0078".repeat(2048 - URL.len() - 1));
        format!(r#"{{"url":"{url}","sha":"{sha}","arch":"{arch}"}}"#)
    };
    let archs = format!("{},{},{}", arch("amd64"), arch("arm64"), arch("s390x"));
    let version = format!("1.0.0-{}", "\\u0078".repeat(94));
    let reason = "\\ud83d\\ude00".repeat(1000);
    let attributes =
        format!(r#"{{"version":"{version}","archs":[{archs}],"deprecated":true,"deprecated-reason":"{reason}"}}"#);
    let body = format!(r#"{{"data":{{"type":"terraform-versions","attributes":{attributes}}}}}"#);
    let answer = Server::empty().ask(Method::POST, VERSIONS, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
}

#[tokio::test]
async fn no_content_type_is_asked_for() {
    let server = Server::empty();
    let request = axum::http::Request::post(VERSIONS).header("authorization", "Bearer demo-admin-token");
    let answer = server.send(request.body(document(new_version("1.0.0")).into()).unwrap()).await;
    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn a_member_that_is_there_twice_is_refused_wherever_it_is() {
    let server = Server::demo();
    let id = UNUSED.rsplit('/').next().unwrap();
    let whole = |resource: &str| format!(r#"{{"data":{{"type":"terraform-versions",{resource}}}}}"#);
    for (body, pointer, detail) in [
        (whole(&format!(r#""id":"tool-other","id":"{id}","attributes":{{}}"#)), "/data/id", "Id is there twice"),
        (whole(&format!(r#""id":null,"id":"{id}","attributes":{{}}"#)), "/data/id", "Id is there twice"),
        (whole(r#""type":"terraform-versions""#), "/data/type", "Type is there twice"),
        (whole(r#""attributes":{"beta":true},"attributes":{}"#), "/data/attributes", "Attributes is there twice"),
        (whole(r#""attributes":{"beta":true,"beta":false}"#), "/data/attributes/beta", "Beta is there twice"),
        (
            whole(r#""attributes":{"deprecated-reason":null,"deprecated-reason":"old"}"#),
            "/data/attributes/deprecated-reason",
            "Deprecated reason is there twice",
        ),
        (
            whole(&format!(r#""attributes":{{"archs":[{{"url":"{URL}","sha":"{SHA}","sha":"{SHA}"}}]}}"#)),
            "/data/attributes/archs/0/sha",
            "Sha is there twice",
        ),
        (
            r#"{"data":{},"data":{"type":"terraform-versions","attributes":{}}}"#.to_owned(),
            "/data",
            "Data is there twice",
        ),
    ] {
        let answer = server.ask(Method::PATCH, UNUSED, body.clone()).await;
        answer.is_refused_with(422);
        assert!(answer.problems().contains(&(pointer, detail)), "{body}: {}", answer.text);
        let answer = server.ask(Method::POST, VERSIONS, body.clone()).await;
        answer.is_refused_with(422);
        assert!(answer.problems().contains(&(pointer, detail)), "{body}: {}", answer.text);
    }
    assert_eq!(server.get(UNUSED).await.attributes()["beta"], false);
}
