//! Which error each refusal becomes.

use api::{ApiError, TransportError, tool_versions};
use domain::Tool;
use futures_executor::block_on;
use wire::CreateToolVersion;

use crate::fake::{Fake, Step, answer, fails};

/// The error of a write, which is sent once.
fn error_of(step: Step) -> ApiError {
    let fake = Fake::script([step]);
    block_on(tool_versions::create(&fake.client(), Tool::Terraform, &CreateToolVersion::default())).err().unwrap()
}

const TWO_ERRORS: &str = r#"{"errors":[
    {"status":"422","title":"invalid attribute","detail":"Version has already been taken","source":{"pointer":"/data/attributes/version"}},
    {"status":422,"title":"invalid attribute","detail":"Url is not a URL","source":{"pointer":"/data/attributes/archs/0/url"}}
]}"#;

#[test]
fn the_invalid_attributes_of_a_422_are_known_by_name() {
    let error = error_of(answer(422, TWO_ERRORS));
    assert_eq!(error.field("version").as_deref(), Some("Version has already been taken"));
    assert_eq!(error.field("archs").as_deref(), Some("Url is not a URL"));
    assert_eq!(error.field("url"), None);
    assert_eq!(error.rest(&["version", "url"]), ["Url is not a URL"]);
    assert!(error.rest(&["version", "archs"]).is_empty());
}

#[test]
fn several_messages_about_one_attribute_stand_on_lines_of_their_own() {
    let body = r#"{"errors":{"deprecated_reason":["is too long","is not English"],"sha":["is invalid"]}}"#;
    let error = error_of(answer(422, body));
    assert_eq!(error.field("deprecated-reason").as_deref(), Some("is too long\nis not English"));
    assert_eq!(error.field("sha").as_deref(), Some("is invalid"));
}

#[test]
fn errors_about_architectures_are_known_by_their_place() {
    let body = r#"{"errors":[
        {"detail":"Url is not a URL","source":{"pointer":"/data/attributes/archs/1/url"}},
        {"detail":"is invalid","source":{"pointer":"/data/attributes/archs[0].sha"}},
        {"detail":"Archs are odd","source":{"pointer":"/data/attributes/archs"}},
        {"detail":"Not now","source":{"pointer":"/data/attributes/archs_2"}}
    ]}"#;
    let error = error_of(answer(422, body));
    let expected = [
        (Some((1, "url")), "Url is not a URL"),
        (Some((0, "sha")), "is invalid"),
        (None, "Archs are odd"),
        (None, "Not now"),
    ];
    assert_eq!(error.rest_by_arch(&["version", "url", "sha"]), expected);
    assert_eq!((error.field("url"), error.field("sha")), (None, None));
}

#[test]
fn a_list_of_texts_is_read_as_errors_whatever_the_status() {
    let body = include_str!("../../../../tests/fixtures/answers/error-list-of-texts.json");
    assert_eq!(error_of(answer(422, body)).rest(&["version"]), ["include parameter is invalid"]);
    for status in [400, 403, 422, 500] {
        let message = error_of(answer(status, body)).message();
        assert!(message.ends_with("include parameter is invalid"), "{status}: {message}");
    }
}

#[test]
fn each_of_several_errors_stands_on_a_line_of_its_own() {
    let body = r#"{"errors":["Version is odd.","URL is odd."]}"#;
    let table = [
        (422, "The server did not accept this:\nVersion is odd.\nURL is odd."),
        (409, "The server refused this because of a conflict:\nVersion is odd.\nURL is odd."),
        (403, "The server does not allow this with this token (status 403). It says:\nVersion is odd.\nURL is odd."),
    ];
    for (status, message) in table {
        assert_eq!(error_of(answer(status, body)).message(), message);
    }
}

#[test]
fn what_is_left_out_of_many_errors_is_counted() {
    let body = |count: usize| format!(r#"{{"errors":[{}]}}"#, vec![r#""odd""#; count].join(","));
    for status in [422, 409, 403] {
        let message = error_of(answer(status, &body(32))).message();
        assert!(message.ends_with("odd\nand 12 more"), "{status}: {message}");
        assert_eq!(message.matches("odd").count(), 20);
        assert!(!error_of(answer(status, &body(20))).message().contains("more"));
    }
    assert_eq!(error_of(answer(422, &body(21))).rest(&["version"]).last().map(String::as_str), Some("and 1 more"));
}

#[test]
fn a_parameter_that_is_refused_is_named() {
    let body = |detail: &str, parameter: &str| {
        format!(r#"{{"errors":[{{"detail":"{detail}","source":{{"parameter":"{parameter}"}}}}]}}"#)
    };
    for (status, detail, parameter, expected) in [
        (403, "is not known", "page[size]", "page[size]: is not known"),
        (422, "is not known", "include", "include: is not known"),
        (422, "The include is not known", "include", "The include is not known"),
    ] {
        let message = error_of(answer(status, &body(detail, parameter))).message();
        assert!(message.ends_with(expected), "{message}");
    }
    let at_field = error_of(answer(422, &body("Version is odd", "version")));
    assert_eq!((at_field.field("version").as_deref(), at_field.rest(&["version"])), (Some("Version is odd"), vec![]));
    let endless = error_of(answer(422, &body("is odd", &"x".repeat(10_000))));
    assert_eq!(endless.rest(&[]), ["is odd"]);
}

#[test]
fn an_error_without_a_word_is_no_line_of_its_own() {
    let error = error_of(answer(422, r#"{"errors":[{},{"detail":"Version is odd"}]}"#));
    assert_eq!(error.message(), "The server did not accept this: Version is odd");
    assert_eq!(error.rest(&["version"]), ["Version is odd"]);
}

#[test]
fn the_words_of_a_gateway_are_told() {
    for (status, body) in
        [(403, r#"{"message":"Blocked."}"#), (502, r#"{"error":"Blocked."}"#), (422, r#"["Blocked."]"#)]
    {
        let message = error_of(answer(status, body)).message();
        assert!(message.ends_with(": Blocked."), "{status}: {message}");
    }
}

#[test]
fn a_400_about_fields_is_like_a_422_and_any_other_is_a_refusal() {
    assert_eq!(error_of(answer(400, TWO_ERRORS)).field("version").as_deref(), Some("Version has already been taken"));
    let error = error_of(answer(400, r#"{"errors":["bad JSON"]}"#));
    assert_eq!(error, ApiError::Refused { status: 400, messages: vec!["bad JSON".to_owned()] });
}

#[test]
fn a_422_without_a_word_is_not_silent() {
    for body in ["", "{}", "<html>", r#"{"errors":[]}"#, r#"{"errors":[{}]}"#, r#"{"errors":[{"title":" "}]}"#] {
        let error = error_of(answer(422, body));
        assert!(matches!(error, ApiError::Invalid(_)), "{error:?}");
        assert_eq!(error.rest(&["version"]), ["The server did not accept this and does not say why."], "{body}");
        assert!(error.message().contains("does not say why"));
    }
}

#[test]
fn each_status_is_its_own_kind_of_error() {
    let not_found = r#"{"errors":[{"status":"404","title":"not found"}]}"#;
    assert_eq!(error_of(answer(404, not_found)), ApiError::NotFound);
    assert_eq!(error_of(answer(404, "")), ApiError::NotFound);
    assert_eq!(error_of(answer(401, "")), ApiError::Unauthorized);
    assert_eq!(error_of(answer(409, r#"{"errors":["taken"]}"#)), ApiError::Conflict(vec!["taken".to_owned()]));
    assert_eq!(error_of(answer(409, "")), ApiError::Conflict(Vec::new()));
    for status in [302, 307, 400, 402, 403, 405, 410, 413, 418, 500, 502, 599] {
        let body = r#"{"errors":[{"status":403,"title":"forbidden","detail":"Ask an owner"}]}"#;
        let messages = vec!["Ask an owner".to_owned()];
        assert_eq!(error_of(answer(status, body)), ApiError::Refused { status, messages });
        assert_eq!(error_of(answer(status, "<html>")), ApiError::Refused { status, messages: Vec::new() });
    }
}

#[test]
fn failures_without_an_answer_are_kept_apart() {
    assert_eq!(error_of(fails(TransportError::Unreachable)), ApiError::Unreachable);
    assert_eq!(error_of(fails(TransportError::TimedOut)), ApiError::TimedOut);
    assert_eq!(error_of(fails(TransportError::Cancelled)), ApiError::Cancelled);
    let redirected = error_of(fails(TransportError::Redirected));
    assert_eq!(redirected, ApiError::Refused { status: 0, messages: Vec::new() });
    assert!(redirected.message().contains("sent on to another address"));
    let large = error_of(fails(TransportError::TooLarge { status: 200 }));
    assert!(matches!(large, ApiError::Unreadable { status: 200, .. }), "{large:?}");
}
