//! Error bodies, in every shape that was seen.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use wire::{ErrorDocument, ErrorObject};

const ERROR_TEXTS: &str = include_str!("../../../tests/fixtures/answers/error-list-of-texts.json");

#[test]
fn every_shape_of_error_that_was_seen_is_read() {
    let told = |body: &str| -> Vec<(Option<String>, Option<String>)> {
        let told = |error: ErrorObject| (error.attribute().map(str::to_owned), error.message().map(str::to_owned));
        ErrorDocument::read(body).errors.into_iter().map(told).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        told(
            r#"{"errors":[{"status":"422","title":"invalid attribute","detail":"Url is bad","source":{"pointer":"/data/attributes/url"}},
                {"status":429,"title":"Too many requests"},{"title":"odd","detail":[],"source":"url"}]}"#
        ),
        [(some("url"), some("Url is bad")), (None, some("Too many requests")), (None, some("odd"))]
    );
    assert_eq!(told(ERROR_TEXTS), [(None, some("include parameter is invalid"))]);
    assert_eq!(told(r#"{"success":false,"errors":["Resource not found!"]}"#), [(None, some("Resource not found!"))]);
    assert_eq!(told(r#"{"errors":"no"}"#), [(None, some("no"))]);
    assert_eq!(
        told(r#"{"errors":{"name":["has already been taken","is too long"],"a":"is odd","b":null}}"#),
        [
            (some("name"), some("has already been taken")),
            (some("name"), some("is too long")),
            (some("a"), some("is odd"))
        ]
    );
    for nothing in ["", "<html>", "[]", "null", r#"{"errors":null}"#, r#"{"errors":[null,true,1.5,[]]}"#] {
        assert_eq!(told(nothing), [], "{nothing}");
    }
    let doubled = r#"{"errors":["a",{"title":"b","title":"c"},"d"]}"#;
    assert_eq!(told(doubled), [(None, some("a")), (None, some("d"))]);
    assert_eq!(told(r#"{"errors":["a"],"errors":["b"]}"#), []);
}

#[test]
fn the_words_of_an_error_are_read_wherever_they_stand() {
    let told = |body: &str| -> Vec<String> {
        let errors = ErrorDocument::read(body).errors;
        errors.iter().map(|it| it.message().unwrap_or("(nothing)").to_owned()).collect()
    };
    for body in [
        r#""a""#,
        r#"["a"]"#,
        r#"{"error":"a"}"#,
        r#"{"message":"a"}"#,
        r#"{"error":["a"]}"#,
        r#"{"error":{"code":7,"message":"a"}}"#,
        r#"{"errors":[{"message":"a"}]}"#,
        r#"{"errors":{"message":"a"}}"#,
        r#"{"errors":[],"message":"a"}"#,
        r#"{"errors":[{"code":7}],"message":"a"}"#,
        // Spring, RFC 6749 and RFC 9457.
        r#"{"timestamp":1,"status":500,"error":"Internal Server Error","message":"a","path":"/"}"#,
        r#"{"error":"invalid_request","error_description":"a"}"#,
        r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"a"}"#,
    ] {
        assert_eq!(told(body), ["a"], "{body}");
    }
    assert_eq!(told(r#"["a","b"]"#), ["a", "b"]);
    assert_eq!(told(r#"{"message":["a","b"]}"#), ["a", "b"]);
    assert_eq!(told(r#"{"title":"Forbidden"}"#), ["Forbidden"]);
    for nothing in ["{}", "true", r#"{"message":""}"#, r#"{"message":null}"#, r#"{"id":"a","data":{"detail":"b"}}"#] {
        assert_eq!(told(nothing), [""; 0], "{nothing}");
    }
    assert_eq!(told(&["{\"error\":".repeat(100_000), "}".repeat(100_000)].concat()), [""; 0]);
}

#[test]
fn an_error_without_a_word_is_one_only_where_it_is_about_something() {
    let count = |body: &str| ErrorDocument::read(body).errors.len();
    assert_eq!(count(r#"{"errors":[{}]}"#), 0);
    assert_eq!(count(r#"{"errors":[{},{"title":" "},{"detail":"a"},{"source":{}}]}"#), 1);
    assert_eq!(count(r#"{"errors":[{"detail":"a"},{"source":{"pointer":"/data/attributes/url"}}]}"#), 2);
}

#[test]
fn the_attribute_of_an_error_is_known_however_it_is_pointed_at() {
    let error = |source: &str| {
        let errors = ErrorDocument::read(&format!(r#"{{"errors":[{{"detail":"a","source":{source}}}]}}"#)).errors;
        errors.into_iter().next().unwrap()
    };
    for source in [
        r#"{"pointer":"/data/attributes/url"}"#,
        r#"{"pointer":"data/attributes/url"}"#,
        r##"{"pointer":"#/data/attributes/url"}"##,
        r#"{"pointer":"/data/attributes/url/0"}"#,
        r#"{"parameter":"url"}"#,
    ] {
        assert_eq!(error(source).attribute(), Some("url"), "{source}");
    }
    for source in [r#"{"pointer":"/data"}"#, r#"{"pointer":"/data/attributes/"}"#, r#"{"parameter":""}"#, "{}"] {
        assert_eq!(error(source).attribute(), None, "{source}");
    }
    for pointer in ["#/data/attributes/archs/1/url", "data/attributes/archs[1].url"] {
        assert_eq!(error(&format!(r#"{{"pointer":"{pointer}"}}"#)).arch(), Some((1, "url")), "{pointer}");
    }
}
