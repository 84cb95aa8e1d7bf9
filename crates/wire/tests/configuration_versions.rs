//! The bodies of the legacy API: the samples of its documents, and what other servers may send in their place.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire::{
    ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, LatestConfigurationVersion,
    Mismatch, NewConfigurationVersion, TextMap, TfVar, Unreadable, UploadProgress, UploadStatus, read,
};

const CREATE_REQUEST: &str = include_str!("../../../tests/fixtures/configuration-versions.create.request.json");
const CREATE: &str = include_str!("../../../tests/fixtures/configuration-versions.create.json");
const LATEST: &str = include_str!("../../../tests/fixtures/configuration-versions.latest.json");

fn value(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

fn map(pairs: &[(&str, &str)]) -> TextMap {
    TextMap(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

fn sentence_of<T: DeserializeOwned + Debug>(body: &str) -> String {
    match read::<T>(body).unwrap_err() {
        Unreadable::Mismatch(Mismatch { place, problem }) => [&place, " ", &problem].concat(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_request_of_the_specification_is_written_as_printed_and_in_the_order_entered() {
    let metadata = map(&[("git_branch", "master"), ("remote_type", "atlas"), ("remote_slug", "hashicorp/atlas")]);
    let variables = map(&[
        ("ami_id", "ami-123456"),
        ("target_region", "us-east-1"),
        ("consul_count", "5"),
        ("consul_ami", "ami-123456"),
    ]);
    let request = NewConfigurationVersion { version: CreateConfigurationVersion { metadata, variables } };
    assert_eq!(serde_json::to_string_pretty(&request).unwrap(), CREATE_REQUEST.trim_end());
}

#[test]
fn what_is_empty_is_not_written() {
    let request = NewConfigurationVersion::default();
    assert_eq!(serde_json::to_string(&request).unwrap(), r#"{"version":{}}"#);
}

#[test]
fn the_answers_of_the_documents_are_written_as_they_were_read() {
    let created: CreatedConfigurationVersion = read(CREATE).unwrap();
    assert_eq!(serde_json::to_value(&created).unwrap(), value(CREATE));
    let latest: LatestConfigurationVersion = read(LATEST).unwrap();
    assert_eq!(serde_json::to_value(&latest).unwrap(), value(LATEST));
}

#[test]
fn what_a_server_leaves_out_or_spells_differently_is_read_all_the_same() {
    let body = r#"{"version":"7","upload_path":"https://x/abc","more":{}}"#;
    let created: CreatedConfigurationVersion = read(body).unwrap();
    assert_eq!((created.version, created.token.as_str()), (7, "abc"));

    let empty = ConfigurationVersion { version: 1, ..ConfigurationVersion::default() };
    for body in [r#"{"version":1}"#, r#"{"version":"1","metadata":null,"tf_vars":null,"variables":[]}"#] {
        assert_eq!(read(body), Ok(empty.clone()), "{body}");
    }
    let body = r#"{"version":1.0,"metadata":{"b":5,"a":true,"c":null,"d":1.5,"e":[1],"f":{"g":1}},
        "tf_vars":[{"key":"k","value":2,"hcl":"1"},{"key":"l","hcl":null}]}"#;
    let version: ConfigurationVersion = read(body).unwrap();
    let kinds = [("d", "(a number)"), ("e", "(a list)"), ("f", "(an object)")];
    assert_eq!(version.metadata, map(&[[("b", "5"), ("a", "true"), ("c", "")], kinds].concat()));
    let var = |key: &str, value: &str, hcl| TfVar { key: key.to_owned(), value: value.to_owned(), hcl };
    assert_eq!(version.tf_vars, [var("k", "2", true), var("l", "", false)]);
}

#[test]
fn what_cannot_be_a_configuration_version_is_told_with_its_place() {
    for (body, sentence) in [
        (r#"{}"#, "version is missing"),
        (r#"{"version":{}}"#, "version.version is missing"),
        (r#"{"version":{"version":1,"metadata":"x"}}"#, r#"version.metadata is "x", not an object"#),
        (r#"{"version":{"version":1,"metadata":[1]}}"#, "version.metadata is a list, not an object"),
        (r#"{"version":{"version":1,"tf_vars":[{"key":"a"},{}]}}"#, "version.tf_vars[1].key is missing"),
        (r#"{"version":{"version":1,"tf_vars":[{"key":"a"},["b"]]}}"#, "version.tf_vars[1] is a list, not an object"),
        (r#"{"version":{"version":1,"variables":{"a":1,"a":2}}}"#, "version.variables.a is there twice"),
        (r#"{"version":3}"#, "version is 3, not an object"),
    ] {
        assert_eq!(sentence_of::<LatestConfigurationVersion>(body), sentence, "{body}");
    }
    for (body, sentence) in [
        (r#"{"version":1}"#, "upload_path is missing"),
        (r#"{"upload_path":"x"}"#, "version is missing"),
        (r#"{"version":1,"upload_path":null}"#, "upload_path is missing"),
        (r#"{"version":-1,"upload_path":"/u"}"#, "version is -1, not a count"),
    ] {
        assert_eq!(sentence_of::<CreatedConfigurationVersion>(body), sentence, "{body}");
    }
}

#[test]
fn progress_has_one_shape_for_each_status() {
    let uploading = |total| UploadStatus::Uploading { uploaded: 1024, total };
    let uploaded = UploadStatus::Uploaded { size: 9, sha256: "00ff".to_owned() };
    for (status, expected) in [
        (UploadStatus::Pending, json!({"version": 6, "status": "pending"})),
        (uploading(Some(4096)), json!({"version": 6, "status": "uploading", "uploaded": 1024, "total": 4096})),
        (uploading(None), json!({"version": 6, "status": "uploading", "uploaded": 1024, "total": null})),
        (uploaded, json!({"version": 6, "status": "uploaded", "size": 9, "sha256": "00ff"})),
        (
            UploadStatus::Errored { reason: "Why".to_owned() },
            json!({"version": 6, "status": "errored", "reason": "Why"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(UploadProgress { version: 6, status }).unwrap(), expected);
    }
}
