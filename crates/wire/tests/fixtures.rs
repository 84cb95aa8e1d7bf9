//! The specification's samples, as printed there, are read and written again without a change.
//!
//! Client and server share this crate, so they could agree and both be wrong: these bodies are from outside.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::{
    CreateToolVersion, Document, ListDocument, NewResource, ResourceList, ToolVersion, ToolVersionAttributes,
    UpdateToolVersion,
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

#[test]
fn the_samples_of_the_specification_are_written_as_they_were_read() {
    survives_unchanged::<ListDocument<ToolVersionAttributes>>(LIST);
    survives_unchanged::<Document<ToolVersion>>(SHOW);
    survives_unchanged::<Document<ToolVersion>>(CREATE);
    survives_unchanged::<Document<NewResource<CreateToolVersion>>>(CREATE_REQUEST);
    survives_unchanged::<Document<ToolVersion>>(UPDATE);
    survives_unchanged::<Document<NewResource<UpdateToolVersion>>>(UPDATE_REQUEST);
}

#[test]
fn every_member_of_the_samples_is_read() {
    let list: ResourceList<ToolVersionAttributes> = ResourceList::read(LIST).unwrap();
    let [(0, newest), (1, older)] = list.readable.as_slice() else { panic!("{list:?}") };
    assert_eq!((newest.id.as_str(), newest.kind.as_str()), ("tool-L4oe7rNwn7J4E5Yr", "terraform-versions"));
    assert_eq!(newest.attributes.created_at.as_deref(), Some("2018-08-15T22:34:24.561Z"));
    assert_eq!((older.attributes.usage, older.attributes.created_at.clone()), (Some(2), None));
    let pagination = list.pagination.unwrap();
    assert_eq!((pagination.current_page, pagination.next_page, pagination.total_count), (Some(1), Some(2), Some(70)));
}

#[test]
fn a_null_reason_is_written_and_a_missing_one_is_not() {
    let clear = UpdateToolVersion { deprecated_reason: Some(None), ..Default::default() };
    assert_eq!(serde_json::to_string(&clear).unwrap(), r#"{"deprecated-reason":null}"#);
    assert_eq!(serde_json::to_string(&UpdateToolVersion::default()).unwrap(), "{}");
}
