//! The specification's samples, as printed there, are read and written again without a change.
//!
//! Client and server share this crate, so they could agree and both be wrong: these bodies are from outside.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::{
    AnyJson, CreateToolVersion, Document, ErrorDocument, FromJson, ListDocument, NewResource, ToolVersion,
    ToolVersionAttributes, UpdateToolVersion,
};

const LIST: &str = include_str!("../../../tests/fixtures/terraform-versions.list.json");
const SHOW: &str = include_str!("../../../tests/fixtures/terraform-versions.show.json");
const CREATE: &str = include_str!("../../../tests/fixtures/terraform-versions.create.json");
const CREATE_REQUEST: &str = include_str!("../../../tests/fixtures/terraform-versions.create.request.json");
const UPDATE: &str = include_str!("../../../tests/fixtures/terraform-versions.update.json");
const UPDATE_REQUEST: &str = include_str!("../../../tests/fixtures/terraform-versions.update.request.json");

fn survives_unchanged<T: DeserializeOwned + Serialize>(sample: &str) {
    let read: T = serde_json::from_str(sample).unwrap();
    let before: Value = serde_json::from_str(sample).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), before);
}

/// As [`survives_unchanged`], of an answer.
fn answer_survives_unchanged<T: FromJson + Serialize>(sample: &str) {
    let before: Value = serde_json::from_str(sample).unwrap();
    assert_eq!(serde_json::to_value(answer::<T>(sample).unwrap()).unwrap(), before);
}

fn answer<T: FromJson>(body: &str) -> Option<T> {
    T::from_json(&serde_json::from_str(body).unwrap())
}

/// A list as the server writes it, made of what the console and other clients read.
fn list(sample: &str) -> ListDocument<ToolVersionAttributes> {
    let json: AnyJson = serde_json::from_str(sample).unwrap();
    let value: Value = serde_json::from_str(sample).unwrap();
    let links = serde_json::from_value(value.get("links").unwrap().clone()).unwrap();
    let meta = serde_json::from_value(value.get("meta").unwrap().clone()).unwrap();
    ListDocument { data: Vec::from_json(json.get("data").unwrap()).unwrap(), links, meta }
}

fn version(attributes: &str) -> Option<ToolVersion> {
    answer(&format!(r#"{{"id":"tool-1","type":"terraform-versions","attributes":{attributes}}}"#))
}

#[test]
fn the_samples_of_the_specification_are_written_as_they_were_read() {
    let printed: Value = serde_json::from_str(LIST).unwrap();
    assert_eq!(serde_json::to_value(list(LIST)).unwrap(), printed);
    answer_survives_unchanged::<Document<ToolVersion>>(SHOW);
    answer_survives_unchanged::<Document<ToolVersion>>(CREATE);
    survives_unchanged::<Document<NewResource<CreateToolVersion>>>(CREATE_REQUEST);
    answer_survives_unchanged::<Document<ToolVersion>>(UPDATE);
    survives_unchanged::<Document<NewResource<UpdateToolVersion>>>(UPDATE_REQUEST);
}

#[test]
fn the_samples_mean_what_they_say() {
    let list = list(LIST);
    let newest = list.data.first().unwrap();
    assert_eq!((newest.id.as_str(), newest.kind.as_str()), ("tool-L4oe7rNwn7J4E5Yr", "terraform-versions"));
    assert_eq!(newest.attributes.created_at.as_deref(), Some("2018-08-15T22:34:24.561Z"));
    let older = list.data.last().unwrap();
    assert_eq!((older.attributes.usage, older.attributes.created_at.clone()), (Some(2), None));
    let pagination = list.meta.unwrap().pagination.unwrap();
    assert_eq!((pagination.current_page, pagination.next_page, pagination.total_count), (1, Some(2), 70));
}

#[test]
fn todays_attributes_are_read() {
    let read = version(
        r#"{"version":"1.9.0","url":null,"sha":null,"deprecated":true,"deprecated-reason":"CVE","usage":3,
            "archs":[{"url":"https://x/a.zip","sha":"00","os":"linux","arch":"arm64"},{"url":null}]}"#,
    )
    .unwrap()
    .attributes;
    assert_eq!((read.deprecated, read.deprecated_reason), (Some(true), Some(Some("CVE".to_owned()))));
    let archs = read.archs.unwrap();
    assert_eq!(archs.iter().map(|arch| arch.arch.as_str()).collect::<Vec<_>>(), ["arm64", "amd64"]);
}

#[test]
fn what_an_installation_leaves_out_or_spells_differently_is_read_all_the_same() {
    let read = version(r#"{"version":15,"enabled":null,"usage":"7","archs":null,"tomorrow":{"x":[1]}}"#).unwrap();
    let read = read.attributes;
    assert_eq!((read.version.as_str(), read.enabled, read.official, read.usage), ("15", true, false, Some(7)));
    assert_eq!((read.url, read.sha, read.created_at, read.archs), (None, None, None, None));
    let numbered: ToolVersion = answer(r#"{"id":7,"attributes":{"version":"1"}}"#).unwrap();
    assert_eq!((numbered.id.as_str(), numbered.kind.as_str()), ("7", ""));
}

#[test]
fn what_cannot_be_a_version_is_an_error() {
    for attributes in [
        r#"{}"#,
        r#"{"version":null}"#,
        r#"{"version":[]}"#,
        r#"{"version":1.5}"#,
        r#"{"version":"1","enabled":"maybe"}"#,
    ] {
        assert!(version(attributes).is_none(), "{attributes} was read");
    }
}

#[test]
fn a_null_reason_is_written_and_a_missing_one_is_not() {
    let clear = UpdateToolVersion { deprecated_reason: Some(None), ..Default::default() };
    assert_eq!(serde_json::to_string(&clear).unwrap(), r#"{"deprecated-reason":null}"#);
    assert_eq!(serde_json::to_string(&UpdateToolVersion::default()).unwrap(), "{}");
}

#[test]
fn every_shape_of_error_that_was_seen_is_read() {
    let told = |body: &str| -> Vec<(Option<String>, Option<String>)> {
        let told =
            |error: wire::ErrorObject| (error.attribute().map(str::to_owned), error.message().map(str::to_owned));
        ErrorDocument::read(body).errors.into_iter().map(told).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        told(
            r#"{"errors":[{"status":"422","title":"invalid attribute","detail":"Url is bad","source":{"pointer":"/data/attributes/url"}},
                {"status":429,"title":"Too many requests"}]}"#
        ),
        [(some("url"), some("Url is bad")), (None, some("Too many requests"))]
    );
    assert_eq!(told(r#"{"success":false,"errors":["Resource not found!"]}"#), [(None, some("Resource not found!"))]);
    assert_eq!(
        told(r#"{"errors":{"name":["has already been taken","is too long"]}}"#),
        [(some("name"), some("has already been taken")), (some("name"), some("is too long"))]
    );
    for nothing in ["", "<html>", "[]", "null", r#"{"errors":null}"#, r#"{"errors":[null,true,1.5,[]]}"#] {
        assert_eq!(told(nothing), [], "{nothing}");
    }
}
