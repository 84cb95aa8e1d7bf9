//! What is typed into the form of a version, and what becomes of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::version_draft::{Field, VersionDraft};
use wire::ToolVersionAttributes;

const SHA: &str = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";

/// A version of an installation, with more attributes or others in place of the usual ones.
fn known(more: &str) -> ToolVersionAttributes {
    let body = format!(r#"{{"version":"1.5.0","url":"https://example.com/a.zip","sha":"{SHA}","usage":0{more}}}"#);
    // Of equal keys the last counts here: `wire` would refuse them.
    let attributes: serde_json::Value = serde_json::from_str(&body).unwrap();
    wire::read(&attributes.to_string()).unwrap()
}

fn update(draft: &VersionDraft, known: &ToolVersionAttributes) -> String {
    serde_json::to_string(&draft.to_update(known).unwrap()).unwrap()
}

#[test]
fn a_new_version_is_enabled_and_nothing_else() {
    let draft = VersionDraft::default();
    assert!(!draft.is_touched());
    assert!(draft.enabled && !draft.official && !draft.beta && !draft.deprecated);
}

#[test]
fn every_field_that_is_not_right_is_told_at_once() {
    let draft = VersionDraft { version: "v1.5".to_owned(), url: "ftp://x".to_owned(), ..Default::default() };
    let wrong: Vec<Field> = draft.to_create().unwrap_err().into_iter().map(|(field, _)| field).collect();
    assert_eq!(wrong, [Field::Version, Field::Url, Field::Sha]);
}

#[test]
fn a_create_sends_what_was_typed_without_the_white_space_of_pasting() {
    let draft = VersionDraft {
        version: " 1.5.0\n".to_owned(),
        url: "\thttps://example.com/a.zip ".to_owned(),
        sha: format!(" {} ", SHA.to_uppercase()),
        reason: "not deprecated, so not sent".to_owned(),
        ..Default::default()
    };
    let sent = serde_json::to_string(&draft.to_create().unwrap()).unwrap();
    let expected = format!(
        r#"{{"version":"1.5.0","url":"https://example.com/a.zip","sha":"{SHA}","official":false,"enabled":true,"beta":false}}"#
    );
    assert_eq!(sent, expected);
}

#[test]
fn what_was_not_touched_is_no_change_and_never_wrong() {
    let odd = known(r#","url":null,"sha":"40 digits or none","deprecated":false,"deprecated-reason":null"#);
    let mut draft = VersionDraft::from(&odd);
    assert_eq!((draft.changes(&odd), update(&draft, &odd).as_str()), (Vec::new(), "{}"));
    draft.beta = true;
    assert_eq!(update(&draft, &odd), r#"{"beta":true}"#);
}

#[test]
fn what_was_touched_must_be_right() {
    let known = known("");
    let draft = VersionDraft { sha: "abc".to_owned(), ..VersionDraft::from(&known) };
    let problems = draft.to_update(&known).unwrap_err();
    assert_eq!(problems.into_iter().map(|(field, _)| field).collect::<Vec<_>>(), [Field::Sha]);
}

#[test]
fn changes_are_told_as_a_reader_sees_them() {
    let known = known(r#","deprecated":false,"deprecated-reason":null"#);
    let draft = VersionDraft { deprecated: true, reason: " CVE ".to_owned(), ..VersionDraft::from(&known) };
    let told: Vec<_> = draft.changes(&known).into_iter().map(|it| (it.field.label(), it.now, it.new)).collect();
    let text = |text: &str| text.to_owned();
    assert_eq!(told, [("Deprecated", text("No"), text("Yes")), ("Deprecation reason", text(""), text("CVE"))]);
    assert_eq!(update(&draft, &known), r#"{"deprecated":true,"deprecated-reason":"CVE"}"#);
}

#[test]
fn a_version_that_is_no_longer_deprecated_loses_its_reason() {
    let known = known(r#","deprecated":true,"deprecated-reason":"CVE""#);
    let draft = VersionDraft { deprecated: false, ..VersionDraft::from(&known) };
    assert_eq!(update(&draft, &known), r#"{"deprecated":false,"deprecated-reason":null}"#);
}

#[test]
fn what_became_of_an_edit_is_told_by_what_the_installation_has_then() {
    let before = known(r#","deprecated":false,"deprecated-reason":null"#);
    let draft = VersionDraft { beta: true, sha: SHA.replace('8', "9"), ..VersionDraft::from(&before) };
    let with = |beta: bool, sha: &str| {
        let other = r#","official":true,"usage":7,"deprecated":false,"deprecated-reason":null"#;
        known(&format!(r#"{other},"beta":{beta},"sha":"{sha}""#))
    };
    let (new_sha, third_sha) = (SHA.replace('8', "9"), SHA.replace('8', "7"));
    let table = [
        (with(true, &new_sha), Some(true)),
        (with(true, &new_sha.to_uppercase()), Some(true)),
        (with(false, SHA), Some(false)),
        (with(true, SHA), None),
        (with(false, &new_sha), None),
        (with(true, &third_sha), None),
    ];
    for (latest, saved) in table {
        assert_eq!(draft.is_saved(&before, &latest), saved, "{latest:?}");
    }
}
