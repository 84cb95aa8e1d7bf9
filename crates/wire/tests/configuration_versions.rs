//! The bodies of the legacy API: the samples of its documents, and what other servers may send in their place.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use wire::{
    AnyJson, ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, FromJson,
    LatestConfigurationVersion, NewConfigurationVersion, TextMap, TfVar, UploadProgress, UploadStatus,
};

const CREATE_REQUEST: &str = include_str!("../../../tests/fixtures/configuration-versions.create.request.json");
const CREATE: &str = include_str!("../../../tests/fixtures/configuration-versions.create.json");
const LATEST: &str = include_str!("../../../tests/fixtures/configuration-versions.latest.json");

fn any(body: &str) -> AnyJson {
    serde_json::from_str(body).unwrap()
}

fn value(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

fn map(pairs: &[(&str, &str)]) -> TextMap {
    TextMap(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
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
    let created = CreatedConfigurationVersion::from_json(&any(CREATE)).unwrap();
    assert_eq!(serde_json::to_value(&created).unwrap(), value(CREATE));
    let latest = LatestConfigurationVersion::from_json(&any(LATEST)).unwrap();
    assert_eq!(serde_json::to_value(&latest).unwrap(), value(LATEST));
}

#[test]
fn what_a_server_leaves_out_or_spells_differently_is_read_all_the_same() {
    let created = any(r#"{"version":"7","upload_path":"https://x/abc","more":{}}"#);
    let created = CreatedConfigurationVersion::from_json(&created).unwrap();
    assert_eq!((created.version, created.token.as_str()), (7, "abc"));

    let empty = ConfigurationVersion { version: 1, ..ConfigurationVersion::default() };
    for body in [r#"{"version":1}"#, r#"{"version":"1","metadata":null,"tf_vars":null,"variables":[]}"#] {
        assert_eq!(ConfigurationVersion::from_json(&any(body)), Some(empty.clone()), "{body}");
    }
    let body = r#"{"version":1,"metadata":{"a":5,"b":true,"c":null},"tf_vars":[{"key":"k","value":2},{"key":"l"}]}"#;
    let read = ConfigurationVersion::from_json(&any(body)).unwrap();
    assert_eq!(read.metadata, map(&[("a", "5"), ("b", "true"), ("c", "")]));
    let var = |key: &str, value: &str| TfVar { key: key.to_owned(), value: value.to_owned(), hcl: false };
    assert_eq!(read.tf_vars, [var("k", "2"), var("l", "")]);
}

#[test]
fn what_cannot_be_a_configuration_version_is_not_read() {
    for body in [r#"{}"#, r#"{"version":{}}"#, r#"{"version":{"version":1,"metadata":"x"}}"#, r#"{"version":3}"#] {
        assert_eq!(LatestConfigurationVersion::from_json(&any(body)), None, "{body}");
    }
    for body in [r#"{"version":1}"#, r#"{"upload_path":"x"}"#, r#"{"version":1,"upload_path":null}"#] {
        assert_eq!(CreatedConfigurationVersion::from_json(&any(body)), None, "{body}");
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
