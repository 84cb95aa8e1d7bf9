//! Answers that no specification knows: none may panic, hang, or fill the screen.

use api::{ApiError, ListOptions, tool_versions};
use domain::Tool;
use futures_executor::block_on;
use wire::CreateToolVersion;

use crate::fake::{Fake, answer};

const SHOW: &str = include_str!("../../../../tests/fixtures/terraform-versions.show.json");
const LIST: &str = include_str!("../../../../tests/fixtures/terraform-versions.list.json");

fn read(status: u16, body: &str) -> Result<String, ApiError> {
    let fake = Fake::always(answer(status, body));
    block_on(tool_versions::read(&fake.client(), Tool::Terraform, "tool-1")).map(|it| it.attributes.version)
}

fn list(body: &str) -> Result<usize, ApiError> {
    let fake = Fake::always(answer(200, body));
    block_on(tool_versions::list(&fake.client(), Tool::Terraform, &ListOptions::default())).map(|it| it.items.len())
}

/// Why the body of a 200 cannot be read, and the excerpt of it.
fn unreadable(body: &str) -> (String, String) {
    match read(200, body) {
        Err(ApiError::Unreadable { status: 200, excerpt, reason }) => (reason, excerpt),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sign_in_page_in_place_of_an_answer_is_told_as_such() {
    let (reason, excerpt) = unreadable("\n<!doctype html>\n<title>Sign in</title>\0\x1b[31m");
    assert_eq!(reason, "it is a web page, often the sign-in page of a network or proxy");
    assert_eq!(excerpt, "<!doctype html> <title>Sign in</title>\\u{0}\\u{1b}[31m");
    let fake = Fake::script([answer(200, "<html>")]);
    let error = block_on(tool_versions::delete(&fake.client(), Tool::Terraform, "tool-1")).err().unwrap();
    assert!(matches!(error, ApiError::Unreadable { status: 200, .. }), "{error:?}");
}

#[test]
fn other_answers_that_cannot_be_read_say_why() {
    let half = SHOW.get(..SHOW.len() / 2).unwrap();
    let table = [
        ("", "it is empty"),
        ("  \n", "it is empty"),
        (half, "it breaks off in the middle"),
        ("OK", "it is not JSON"),
        ("{'data': 1}", "it is not JSON"),
        ("null", "it is not what was asked for"),
        ("[]", "it is not what was asked for"),
        ("{}", "it is not what was asked for"),
        (r#"{"data":null}"#, "it is not what was asked for"),
        (r#"{"data":[]}"#, "it is not what was asked for"),
        (LIST, "it is not what was asked for"),
        (r#"{"data":{"id":"1","type":"terraform-versions"}}"#, "it is not what was asked for"),
        (
            r#"{"data":{"id":{},"type":"terraform-versions","attributes":{"version":"1"}}}"#,
            "it is not what was asked for",
        ),
        (r#"{"data":{"id":"1","type":"users","attributes":{"version":"1.0.0"}}}"#, "it is not what was asked for"),
        (
            r#"{"data":{"id":"1","type":"terraform-versions","attributes":{"version":[]}}}"#,
            "it is not what was asked for",
        ),
    ];
    for (body, reason) in table {
        assert_eq!(unreadable(body).0, reason, "{body}");
    }
}

#[test]
fn a_write_whose_answer_cannot_be_read_may_have_been_done() {
    for status in [200, 201, 204] {
        let fake = Fake::script([answer(status, "")]);
        let created = block_on(tool_versions::create(&fake.client(), Tool::Terraform, &CreateToolVersion::default()));
        assert!(created.err().unwrap().leaves_doubt());
    }
}

#[test]
fn a_list_with_another_type_in_it_is_not_shown() {
    assert!(list(&LIST.replacen(r#""terraform-versions""#, r#""opa-versions""#, 1)).is_err());
    assert!(list(SHOW).is_err());
    assert!(list(r#"{"data":{}}"#).is_err());
    assert!(list(r#"{"data":[null]}"#).is_err());
    assert_eq!(list(r#"{"data":[]}"#), Ok(0));
}

#[test]
fn a_mistake_in_the_meta_of_a_list_does_not_hide_the_versions() {
    for meta in ["null", "[]", "7", r#"{"pagination":[]}"#, r#"{"pagination":{"current-page":-1,"total-pages":"x"}}"#] {
        let body = format!(r#"{{"data":[{{"id":1,"attributes":{{"version":"1.0.0"}}}}],"links":[],"meta":{meta}}}"#);
        assert_eq!(list(&body), Ok(1), "{meta}");
    }
}

#[test]
fn very_deep_answers_are_refused() {
    let deep = ["[".repeat(200_000), "]".repeat(200_000)].concat();
    let inside = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"1.0.0","archs":{deep}}}}}}}"#);
    let unknown = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"1.0.0","tomorrow":{deep}}}}}}}"#);
    for body in [&deep, &inside, &unknown] {
        assert!(matches!(read(200, body), Err(ApiError::Unreadable { .. })));
        assert!(read(422, body).is_err());
    }
}

#[test]
fn very_long_messages_are_cut() {
    let long = "x".repeat(5_000_000);
    assert!(unreadable(&long).1.chars().count() <= 301);
    let error = read(403, &format!(r#"{{"errors":["{long}"]}}"#)).err().unwrap();
    assert!(error.message().len() < 1_000);
    let pointer = format!(r#"{{"errors":[{{"detail":"no","source":{{"pointer":"/data/attributes/{long}"}}}}]}}"#);
    let error = read(422, &pointer).err().unwrap();
    assert!(format!("{error:?}").len() < 1_000);
    assert_eq!(error.rest(&["version"]), ["no"]);
}

#[test]
fn very_many_messages_are_cut() {
    let many = vec![r#""no""#; 10_000].join(",");
    let error = read(422, &format!(r#"{{"errors":[{many}]}}"#)).err().unwrap();
    assert_eq!(error.rest(&[]).len(), 20);
}

#[test]
fn invisible_characters_in_messages_are_made_visible() {
    let error = read(403, "{\"errors\":[\"a\\u0000b\u{202E}c\\nd\"]}").err().unwrap();
    assert!(error.message().ends_with("It says: a\\u{0}b\\u{202e}c d"), "{}", error.message());
}

#[test]
fn a_very_long_attribute_of_a_version_is_kept_whole() {
    let long = "9".repeat(5_000_000);
    let body = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"{long}"}}}}}}"#);
    assert_eq!(read(200, &body).map(|it| it.len()), Ok(5_000_000));
}
