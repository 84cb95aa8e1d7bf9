//! Answers that no specification knows: none may panic, hang, or fill the screen.

use api::{ApiError, ListOptions, VersionPage, tool_versions};
use domain::Tool;
use futures_executor::block_on;
use wire::CreateToolVersion;

use crate::fake::{Fake, TOKEN, answer};

const SHOW: &str = include_str!("../../../../tests/fixtures/terraform-versions.show.json");
const BROKEN: &str = include_str!("../../../../tests/fixtures/answers/list-one-element-broken.json");
const LIST: &str = include_str!("../../../../tests/fixtures/terraform-versions.list.json");

fn read(status: u16, body: &str) -> Result<String, ApiError> {
    let fake = Fake::always(answer(status, body));
    block_on(tool_versions::read(&fake.client(), Tool::Terraform, "tool-1")).map(|it| it.attributes.version)
}

fn page(body: &str) -> Result<VersionPage, ApiError> {
    let fake = Fake::always(answer(200, body));
    block_on(tool_versions::list(&fake.client(), Tool::Terraform, &ListOptions::default()))
}

fn list(body: &str) -> Result<usize, ApiError> {
    page(body).map(|it| it.items.len())
}

fn sentences(page: &VersionPage) -> Vec<String> {
    page.unreadable.iter().map(|it| [&it.place, " ", &it.problem].concat()).collect()
}

/// Why the body of a 200 cannot be read, with its place, and the excerpt of it.
fn unreadable(body: &str) -> (String, String) {
    match read(200, body) {
        Err(ApiError::Unreadable { status: 200, excerpt, place, reason }) => {
            (place.map(|place| place + " ").unwrap_or_default() + &reason, excerpt)
        }
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
        ("null", "it is missing"),
        ("[]", "it is a list, not an object"),
        ("7", "it is 7, not an object"),
        ("{}", "data is missing"),
        (r#"{"data":null}"#, "data is missing"),
        (r#"{"data":[]}"#, "data is a list, not an object"),
        (LIST, "data is a list, not an object"),
        (r#"{"data":{"id":"1","type":"terraform-versions"}}"#, "data.attributes is missing"),
        (
            r#"{"data":{"id":{},"type":"terraform-versions","attributes":{"version":"1"}}}"#,
            "data.id is an object, not text",
        ),
        (
            r#"{"data":{"id":"1","type":"users","attributes":{"version":"1.0.0"}}}"#,
            r#"data.type is "users", not "terraform-versions""#,
        ),
        (
            r#"{"data":{"id":"1","type":"terraform-versions","attributes":{"version":[]}}}"#,
            "data.attributes.version is a list, not text",
        ),
        (r#"{"data":{"id":"1","id":"2","attributes":{"version":"1"}}}"#, "data.id is there twice"),
        (
            r#"{"data":{"id":"1","attributes":{"version":"1","usage":1,"usage":2}}}"#,
            "data.attributes.usage is there twice",
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
fn a_version_that_cannot_be_read_does_not_hide_the_others() {
    let page = page(BROKEN).unwrap();
    assert_eq!((page.items.len(), page.unreadable_count, page.pagination.total_count), (2, 1, 3));
    assert_eq!(sentences(&page), ["data[1].id is missing"]);
    let other_type = self::page(&LIST.replacen(r#""terraform-versions""#, r#""opa-versions""#, 1)).unwrap();
    assert_eq!(other_type.items.len(), 1);
    assert_eq!(sentences(&other_type), [r#"data[0].type is "opa-versions", not "terraform-versions""#]);
}

#[test]
fn only_the_first_places_of_many_are_told_and_none_holds_the_token() {
    let bad = format!(r#"{{"id":"1","attributes":{{"version":"1","usage":"{TOKEN}{}"}}}}"#, "x".repeat(1_000_000));
    let body = format!(r#"{{"data":[{}{{"id":"1","attributes":{{"version":"1"}}}}]}}"#, (bad + ",").repeat(30));
    let page = page(&body).unwrap();
    assert_eq!((page.items.len(), page.unreadable_count, page.unreadable.len()), (1, 30, 20));
    for sentence in sentences(&page) {
        assert!(sentence.contains("attributes.usage is \"$TOKEN") && sentence.chars().count() < 400, "{sentence}");
    }
    let broken = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"1","usage":"{TOKEN}"}}}}}}"#);
    assert!(unreadable(&broken).0.contains("$TOKEN"));
}

#[test]
fn a_list_of_which_nothing_can_be_read_is_an_error() {
    assert!(list(SHOW).is_err());
    assert!(list(r#"{"data":{}}"#).is_err());
    let error = list(r#"{"data":[null,{"id":"1"}]}"#).err().unwrap();
    assert!(error.message().contains("data[0] is missing (status 200)"), "{}", error.message());
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
fn very_deep_answers_are_refused_unless_the_depth_is_in_what_nobody_reads() {
    let deep = ["[".repeat(200_000), "]".repeat(200_000)].concat();
    let inside = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"1.0.0","archs":{deep}}}}}}}"#);
    let unknown = format!(r#"{{"data":{{"id":"1","attributes":{{"version":"1.0.0","tomorrow":{deep}}}}}}}"#);
    for body in [&deep, &inside] {
        assert!(matches!(read(200, body), Err(ApiError::Unreadable { .. })));
    }
    assert_eq!(read(200, &unknown).as_deref(), Ok("1.0.0"));
    let errors = format!(r#"{{"errors":{deep}}}"#);
    for body in [&deep, &inside, &unknown, &errors] {
        assert!(read(422, body).is_err());
        assert!(list(body).is_err());
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
fn very_many_messages_are_cut_and_counted() {
    let many = vec![r#""no""#; 10_000].join(",");
    let error = read(422, &format!(r#"{{"errors":[{many}]}}"#)).err().unwrap();
    let rest = error.rest(&[]);
    assert_eq!((rest.len(), rest.last().map(String::as_str)), (21, Some("and 9980 more")));
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
