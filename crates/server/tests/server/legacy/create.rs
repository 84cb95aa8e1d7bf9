//! `POST …/versions`: what real clients send, what is refused, and how versions are counted.

use std::{collections::HashSet, net::SocketAddr};

use axum::{extract::ConnectInfo, http::Request};
use serde_json::{Value, json};
use tfe_console_server::{EmbeddedOptions, Mode, Network, Options, Seed};

use super::support::VERSIONS;
use crate::support::{Server, with};

const CURL: &str = include_str!("../../../../../tests/fixtures/configuration-versions.create.request.json");
const PUSH: &str = include_str!("../../../../../tests/fixtures/configuration-versions.terraform-push.request.json");

async fn latest(server: &Server) -> Value {
    server.legacy("GET", &format!("{VERSIONS}/latest"), "").await.json["version"].clone()
}

#[tokio::test]
async fn the_answer_has_a_number_a_token_and_an_upload_path_that_ends_with_it() {
    let answer = Server::empty().legacy("POST", VERSIONS, CURL).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    let token = answer.json["token"].as_str().unwrap();
    let upload_path = format!("http://tfe.localhost/api/v1/uploads/{token}");
    assert_eq!(answer.json, json!({"version": 1, "upload_path": upload_path, "token": token}));
    let parts: Vec<usize> = token.split('-').map(str::len).collect();
    assert_eq!(parts, [8, 4, 4, 4, 12], "{token}");
    assert!(token.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)));
}

#[tokio::test]
async fn what_real_clients_send_is_taken() {
    let spec: Value = serde_json::from_str(CURL).unwrap();
    let push: Value = serde_json::from_str(PUSH).unwrap();
    let table = [
        (
            "the specification's curl",
            CURL,
            json!({"metadata": spec["version"]["metadata"], "variables": spec["version"]["variables"]}),
        ),
        ("terraform push", PUSH, json!({"tf_vars": push["version"]["tf_vars"]})),
        (
            "older terraform push, and packer's shape",
            r#"{"version":{"version":0,"remotes":["origin"],"metadata":{"a":"b"},"variables":null,"builds":[]}}"#,
            json!({"metadata": {"a": "b"}}),
        ),
        ("nothing but the wrapper", r#"{"version":{}}"#, json!({})),
        ("all null", r#"{"version":{"metadata":null,"variables":null,"tf_vars":null,"remotes":null}}"#, json!({})),
        ("unknown members", r#"{"version":{"x":{"y":[1]}},"commit":"c0ffee"}"#, json!({})),
        (
            "scripts that do not quote",
            r#"{"version":{"variables":{"count":5,"ratio":0.5,"on":true}}}"#,
            json!({"variables": {"count": "5", "ratio": "0.5", "on": "true"}}),
        ),
        (
            "a variable with a key alone",
            r#"{"version":{"tf_vars":[{"key":"k"},{"key":"l","value":1,"hcl":null,"z":0}]}}"#,
            json!({"tf_vars": [{"key": "k", "value": "", "hcl": false}, {"key": "l", "value": "1", "hcl": false}]}),
        ),
    ];
    let server = Server::empty();
    for (number, (client, body, kept)) in table.into_iter().enumerate() {
        let answer = server.legacy("POST", VERSIONS, body).await;
        assert_eq!(answer.status, 200, "{client}: {}", answer.text);
        let nothing = json!({"version": number + 1, "metadata": {}, "tf_vars": [], "variables": {}});
        let expected = with(nothing, kept);
        assert_eq!(latest(&server).await, expected, "{client}");
    }
}

#[tokio::test]
async fn versions_are_counted_for_each_configuration_and_no_two_tokens_are_the_same() {
    let server = Server::empty();
    let mut tokens = HashSet::new();
    for (configuration, version) in
        [("a/x", 1), ("a/x", 2), ("a/y", 1), ("b/x", 1), ("a/x", 3), ("A/x", 1), ("-._0/50.of-them_", 1)]
    {
        let created = server.create_in(configuration).await;
        assert_eq!(created.version, version, "{configuration}");
        assert!(tokens.insert(created.token));
    }
}

#[tokio::test]
async fn creates_at_the_same_time_get_numbers_of_their_own() {
    let server = Server::empty();
    let creates: Vec<_> = (0..20)
        .map(|_| {
            let server = Server(server.0.clone(), server.1);
            tokio::spawn(async move { server.create().await.version })
        })
        .collect();
    let mut versions = Vec::new();
    for create in creates {
        versions.push(create.await.unwrap());
    }
    versions.sort_unstable();
    assert_eq!(versions, (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn names_that_break_the_rules_are_told_by_field() {
    let server = Server::empty();
    let long = "x".repeat(51);
    for (configuration, field, message) in [
        ("hashicorp/at%20las".to_owned(), "name", "may only contain letters, digits, -, _ and ."),
        ("hashicorp/at%2Flas".to_owned(), "name", "may only contain letters, digits, -, _ and ."),
        ("hashi%C3%A9/atlas".to_owned(), "username", "may only contain letters, digits, -, _ and ."),
        ("hashicorp/%2E%2E".to_owned(), "name", "can't be of dots alone"),
        (format!("hashicorp/{long}"), "name", "is too long (maximum is 50 characters)"),
        (format!("{long}/atlas"), "username", "is too long (maximum is 50 characters)"),
    ] {
        let path = format!("/api/v1/terraform/configurations/{configuration}/versions");
        let answer = server.legacy("POST", &path, CURL).await;
        assert_eq!((answer.status.as_u16(), &answer.json), (422, &json!({"errors": {field: [message]}})), "{path}");
        assert_eq!(server.legacy("GET", &format!("{path}/latest"), "").await.status, 404);
    }
    assert_eq!(server.create_in(&format!("hashicorp/{}", "x".repeat(50))).await.version, 1);
    let not_text = "/api/v1/terraform/configurations/hashicorp/%FF/versions";
    server.legacy("POST", not_text, CURL).await.is_legacy_error(404, "Resource not found!");
}

#[tokio::test]
async fn attributes_that_are_no_texts_are_told_by_field() {
    let server = Server::empty();
    for (body, field, message) in [
        ("{}".to_owned(), "version", "must be an object"),
        ("[]".to_owned(), "version", "must be an object"),
        (r#"{"variables":{"a":"b"}}"#.to_owned(), "version", "must be an object"),
        (r#"{"version":null}"#.to_owned(), "version", "must be an object"),
        (r#"{"version":{"variables":[]}}"#.to_owned(), "variables", "must be an object of texts"),
        (r#"{"version":{"variables":{"a":{}}}}"#.to_owned(), "variables", "has a value at \"a\" that is no text"),
        (r#"{"version":{"metadata":{"a":[1]}}}"#.to_owned(), "metadata", "has a value at \"a\" that is no text"),
        (r#"{"version":{"metadata":{"a":"\ud800"}}}"#.to_owned(), "metadata", "has a value at \"a\" that is no text"),
        (r#"{"version":{"metadata":{"a":"1","a":"2"}}}"#.to_owned(), "metadata", "has the key \"a\" twice"),
        (r#"{"version":{"metadata":{"a":null,"a":1}}}"#.to_owned(), "metadata", "has the key \"a\" twice"),
        (r#"{"version":{"variables":{"a":1},"variables":null}}"#.to_owned(), "variables", "is there twice"),
        (r#"{"version":null,"version":{}}"#.to_owned(), "version", "is there twice"),
        (
            r#"{"version":{"tf_vars":[{"key":"k","hcl":null,"hcl":true}]}}"#.to_owned(),
            "tf_vars",
            "has a member twice at \"k\"",
        ),
        (r#"{"version":{"tf_vars":[{"key":null,"key":"k"}]}}"#.to_owned(), "tf_vars", "has a member twice at \"k\""),
        (r#"{"version":{"variables":{},"variables":{"a":1}}}"#.to_owned(), "variables", "is there twice"),
        (r#"{"version":{},"version":{"variables":{"a":1}}}"#.to_owned(), "version", "is there twice"),
        (r#"{"version":{"tf_vars":[{"key":null}]}}"#.to_owned(), "tf_vars", "must have a key in each item"),
        (
            r#"{"version":{"tf_vars":[{"key":"k","value":1,"value":2}]}}"#.to_owned(),
            "tf_vars",
            "has a member twice at \"k\"",
        ),
        (r#"{"version":{"metadata":{"":"b"}}}"#.to_owned(), "metadata", "has an empty key"),
        (r#"{"version":{"tf_vars":{}}}"#.to_owned(), "tf_vars", "must be a list"),
        (r#"{"version":{"tf_vars":[7]}}"#.to_owned(), "tf_vars", "must have a key in each item"),
        (
            r#"{"version":{"tf_vars":[{"key":"k","hcl":"yes"}]}}"#.to_owned(),
            "tf_vars",
            "has a mark hcl at \"k\" that is neither true nor false",
        ),
        (
            json!({"version": {"metadata": {"k".repeat(256): "v"}}}).to_string(),
            "metadata",
            "has a key that is too long (maximum is 255 bytes)",
        ),
        (
            json!({"version": {"variables": {"k": "v".repeat(262_145)}}}).to_string(),
            "variables",
            "has a value at \"k\" that is too long (maximum is 262144 bytes)",
        ),
    ] {
        let answer = server.legacy("POST", VERSIONS, body).await;
        assert_eq!((answer.status.as_u16(), answer.json), (422, json!({"errors": {field: [message]}})));
    }
    assert_eq!(server.create().await.version, 1, "a refused create created");
    let answer = server.legacy("POST", VERSIONS, r#"{"version":{"metadata":1,"tf_vars":2}}"#).await;
    assert_eq!(answer.json["errors"].as_object().unwrap().len(), 2, "all problems are told at once");
}

#[tokio::test]
async fn numbers_are_kept_as_they_were_written() {
    let server = Server::empty();
    for number in ["1.10", "1.0", "-0", "12345678901234567890123", "0.1000000000000000055", "1e400", "1E+2", "007"] {
        let body = format!(
            r#"{{"version":{{"variables":{{"a":{number}}},"metadata":{{"a": {number} }},"tf_vars":[{{"key":"a","value":{number}}}]}}}}"#
        );
        let answer = server.legacy("POST", VERSIONS, body).await;
        if number == "007" {
            answer.is_legacy_error(400, "The body is not JSON");
            continue;
        }
        assert_eq!(answer.status, 200, "{}", answer.text);
        let latest = latest(&server).await;
        for kept in [&latest["variables"]["a"], &latest["metadata"]["a"], &latest["tf_vars"][0]["value"]] {
            assert_eq!(kept, number);
        }
    }
}

#[tokio::test]
async fn null_is_the_same_as_not_there_wherever_it_stands() {
    let server = Server::empty();
    let body = r#"{"version":{"metadata":{"a":null},"variables":{"b":null,"c":"d"},
        "tf_vars":[{"key":"k","value":null,"hcl":null}]}}"#;
    let answer = server.legacy("POST", VERSIONS, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let expected = json!({
        "version": 1, "metadata": {}, "variables": {"c": "d"}, "tf_vars": [{"key": "k", "value": "", "hcl": false}]
    });
    assert_eq!(latest(&server).await, expected);
}

#[tokio::test]
async fn nesting_without_end_in_what_is_ignored_is_no_trouble() {
    let nested = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let server = Server::empty();
    let body = format!(r#"{{"version":{{"remotes":{nested}}},"x":{nested}}}"#);
    assert_eq!(server.legacy("POST", VERSIONS, body).await.status, 200);
    let body = format!(r#"{{"version":{{"variables":{{"a":{nested}}}}}}}"#);
    assert_eq!(server.legacy("POST", VERSIONS, body).await.status, 422);
}

#[tokio::test]
async fn texts_are_kept_as_they_were_meant() {
    let server = Server::empty();
    let texts = json!({"quote \"": "line\nline", "": "\u{1f600}\u{0}", "1.10": " 1.10 "});
    let mut body = json!({"version": {"variables": texts}});
    assert_eq!(
        server.legacy("POST", VERSIONS, body.to_string()).await.json["errors"]["variables"][0],
        "has an empty key"
    );
    body["version"]["variables"].as_object_mut().unwrap().remove("");
    assert_eq!(server.legacy("POST", VERSIONS, body.to_string()).await.status, 200);
    assert_eq!(latest(&server).await["variables"], body["version"]["variables"]);
}

#[tokio::test]
async fn of_many_problems_some_are_told_and_the_others_counted() {
    let server = Server::empty();
    let variables: serde_json::Map<_, _> = (0..50_000).map(|number| (number.to_string(), json!([]))).collect();
    let body = json!({"version": {"variables": variables, "tf_vars": vec![7; 50_000]}});
    let answer = server.legacy("POST", VERSIONS, body.to_string()).await;
    assert_eq!(answer.status, 422);
    for field in ["variables", "tf_vars"] {
        let told = answer.json["errors"][field].as_array().unwrap();
        assert_eq!((told.len(), &told[20]), (21, &json!("has 49980 more problems")), "{field}");
    }
    assert!(answer.text.len() < 5_000, "{} bytes", answer.text.len());
}

#[tokio::test]
async fn the_longest_value_is_taken_and_a_body_beyond_the_limit_is_not() {
    let server = Server::empty();
    let value = "v".repeat(262_144);
    let answer = server.legacy("POST", VERSIONS, json!({"version": {"variables": {"k": value}}}).to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(latest(&server).await["variables"]["k"], value);
    let answer = server.legacy("POST", VERSIONS, " ".repeat(8 * 1024 * 1024 + 1)).await;
    answer.is_legacy_error(413, "The body is longer than 8388608 bytes");
    for body in ["", "{", "version=1", "\"", "{}x"] {
        server.legacy("POST", VERSIONS, body).await.is_legacy_error(400, "The body is not JSON: ");
    }
}

#[tokio::test]
async fn the_upload_path_has_the_host_of_the_request_and_the_scheme_of_a_proxy_that_tells() {
    let trusted_proxies = ["127.0.0.1".parse::<Network>().unwrap()].into_iter().collect();
    let mode = Mode::Embedded(EmbeddedOptions { seed: Some(Seed::Empty), ..EmbeddedOptions::default() });
    let server = Server::with(Options { trusted_proxies, mode, ..Options::default() });
    for (host, scheme, start) in [
        ("127.0.0.1:8080", None, "http://127.0.0.1:8080/api/v1/uploads/"),
        ("[::1]:8080", Some("http"), "http://[::1]:8080/api/v1/uploads/"),
        ("tfe.localhost", Some("https"), "https://tfe.localhost/api/v1/uploads/"),
        ("tfe.localhost", Some("javascript"), "http://tfe.localhost/api/v1/uploads/"),
    ] {
        let request = Request::post(VERSIONS).header("x-atlas-token", "demo-admin-token").header("host", host);
        let request = scheme.into_iter().fold(request, |request, scheme| request.header("x-forwarded-proto", scheme));
        let request = request.extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4711))));
        let answer = server.send(request.body(CURL.into()).unwrap()).await;
        assert!(answer.json["upload_path"].as_str().unwrap().starts_with(start), "{}", answer.text);
    }
    let nowhere = Request::post(VERSIONS).header("x-atlas-token", "demo-admin-token").body(CURL.into()).unwrap();
    server.send(nowhere).await.is_legacy_error(400, "The request has no Host");
}
