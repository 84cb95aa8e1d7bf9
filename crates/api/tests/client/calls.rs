//! What each call sends, and what it makes of the specification's answer.

use std::time::Duration;

use api::{
    ApiError, Client, Dialect, ListOptions, Method, accounts,
    tool_versions::{self, Deletion},
};
use domain::Tool;
use futures_executor::block_on;
use serde_json::{Value, json};
use wire::{CreateToolVersion, UpdateToolVersion};

use crate::fake::{Fake, TOKEN, answer, header};

const LIST: &str = include_str!("../../../../tests/fixtures/terraform-versions.list.json");
const SHOW: &str = include_str!("../../../../tests/fixtures/terraform-versions.show.json");
const CREATE: &str = include_str!("../../../../tests/fixtures/terraform-versions.create.json");
const CREATE_REQUEST: &str = include_str!("../../../../tests/fixtures/terraform-versions.create.request.json");
const UPDATE: &str = include_str!("../../../../tests/fixtures/terraform-versions.update.json");
const UPDATE_REQUEST: &str = include_str!("../../../../tests/fixtures/terraform-versions.update.request.json");

const ID: &str = "tool-L4oe7rNwn7J4E5Yr";

fn listed_at(options: &ListOptions) -> String {
    let fake = Fake::script([answer(200, LIST)]);
    block_on(tool_versions::list(&fake.client(), Tool::Terraform, options)).unwrap();
    fake.only_request().url
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_request_has_the_headers_of_the_specification() {
    let fake = Fake::always(answer(200, SHOW));
    let client = fake.client();
    block_on(async {
        tool_versions::read(&client, Tool::Terraform, ID).await.unwrap();
        tool_versions::create(&client, Tool::Terraform, &CreateToolVersion::default()).await.unwrap();
        tool_versions::update(&client, Tool::Terraform, ID, &UpdateToolVersion::default()).await.unwrap();
        tool_versions::delete(&client, Tool::Terraform, ID).await.unwrap();
    });
    for request in fake.sent() {
        assert_eq!(header(&request, "Authorization"), ["Bearer ", TOKEN].concat());
        assert_eq!(header(&request, "Content-Type"), "application/vnd.api+json");
        assert_eq!(header(&request, "Accept"), "application/vnd.api+json");
    }
}

#[test]
fn a_list_asks_for_its_page_with_encoded_brackets() {
    let first = listed_at(&ListOptions::default());
    assert_eq!(first, "/api/v2/admin/terraform-versions?page%5Bnumber%5D=1&page%5Bsize%5D=20");
    let third = listed_at(&ListOptions { page: 3, size: 100 });
    assert_eq!(third, "/api/v2/admin/terraform-versions?page%5Bnumber%5D=3&page%5Bsize%5D=100");
}

#[test]
fn a_list_never_asks_for_what_the_api_does_not_have() {
    let none = listed_at(&ListOptions { page: 0, size: 0 });
    assert!(none.ends_with("?page%5Bnumber%5D=1&page%5Bsize%5D=1"), "{none}");
    let all = listed_at(&ListOptions { page: u64::MAX, size: u64::MAX });
    assert!(all.ends_with("?page%5Bnumber%5D=18446744073709551615&page%5Bsize%5D=100"), "{all}");
}

#[test]
fn a_list_has_the_versions_and_where_they_stand() {
    let fake = Fake::script([answer(200, LIST)]);
    let page = block_on(tool_versions::list(&fake.client(), Tool::Terraform, &ListOptions::default())).unwrap();
    let versions: Vec<&str> = page.items.iter().map(|it| it.attributes.version.as_str()).collect();
    assert_eq!(versions, ["0.11.8", "0.11.7"]);
    assert_eq!((page.pagination.total_count, page.pagination.total_pages, page.first), (70, 4, 1));
    let request = fake.only_request();
    assert_eq!((request.method, request.body), (Method::Get, None));
    assert_eq!(request.timeout, Duration::from_secs(9));
}

#[test]
fn a_version_is_read_by_its_id() {
    let fake = Fake::script([answer(200, SHOW)]);
    let version = block_on(tool_versions::read(&fake.client(), Tool::Terraform, ID)).unwrap();
    assert_eq!((version.id.as_str(), version.attributes.usage), (ID, Some(0)));
    let request = fake.only_request();
    assert_eq!((request.method, request.body), (Method::Get, None));
    assert_eq!(request.url, "/api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr");
}

#[test]
fn a_create_sends_the_payload_of_the_specification() {
    let new = CreateToolVersion {
        version: "0.11.8".to_owned(),
        url: Some("https://releases.hashicorp.com/terraform/0.11.8/terraform_0.11.8_linux_amd64.zip".to_owned()),
        sha: Some("84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7".to_owned()),
        official: true,
        enabled: true,
        ..CreateToolVersion::default()
    };
    for status in [200, 201, 202] {
        let fake = Fake::script([answer(status, CREATE)]);
        let created = block_on(tool_versions::create(&fake.client(), Tool::Terraform, &new)).unwrap();
        assert_eq!(created.id, ID);
        let request = fake.only_request();
        assert_eq!((request.method, request.url.as_str()), (Method::Post, "/api/v2/admin/terraform-versions"));
        assert_eq!(json_of(&request.body.unwrap()), json_of(CREATE_REQUEST));
        assert_eq!(request.timeout, Duration::from_secs(30));
    }
}

#[test]
fn an_update_sends_only_what_changes() {
    let fake = Fake::script([answer(200, UPDATE)]);
    let changes = UpdateToolVersion { official: Some(true), beta: Some(false), ..Default::default() };
    block_on(tool_versions::update(&fake.client(), Tool::Terraform, ID, &changes)).unwrap();
    let request = fake.only_request();
    assert_eq!(request.method, Method::Patch);
    assert_eq!(request.url, "/api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr");
    assert_eq!(json_of(&request.body.unwrap()), json_of(UPDATE_REQUEST));
}

#[test]
fn an_update_can_take_a_reason_away() {
    let fake = Fake::script([answer(200, UPDATE)]);
    let changes = UpdateToolVersion { deprecated_reason: Some(None), ..Default::default() };
    block_on(tool_versions::update(&fake.client(), Tool::Terraform, ID, &changes)).unwrap();
    let sent = json_of(&fake.only_request().body.unwrap());
    assert_eq!(sent.pointer("/data/attributes"), Some(&json!({ "deprecated-reason": null })));
}

#[test]
fn a_delete_is_done_by_a_204_and_claimed_by_any_other_success() {
    let claimed = |status| Deletion::Claimed(status);
    let table = [
        (204, "", Deletion::Done),
        (200, "{}", claimed(200)),
        (202, "", claimed(202)),
        (200, " \n", claimed(200)),
        (200, r#"{"data":null}"#, claimed(200)),
    ];
    for (status, body, expected) in table {
        let fake = Fake::script([answer(status, body)]);
        let outcome = block_on(tool_versions::delete(&fake.client(), Tool::Terraform, ID));
        assert_eq!(outcome, Ok(expected), "{status} {body}");
        let request = fake.only_request();
        assert_eq!((request.method, request.body), (Method::Delete, None));
        assert_eq!(request.url, "/api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr");
    }
}

#[test]
fn an_id_cannot_lead_to_another_path() {
    let fake = Fake::script([answer(204, "")]);
    block_on(tool_versions::delete(&fake.client(), Tool::Terraform, "../account?x#ä")).unwrap();
    assert_eq!(fake.only_request().url, "/api/v2/admin/terraform-versions/..%2Faccount%3Fx%23%C3%A4");
    let silent = Fake::silent();
    for id in ["", ".", ".."] {
        assert_eq!(block_on(tool_versions::delete(&silent.client(), Tool::Terraform, id)), Err(ApiError::NotFound));
        assert_eq!(block_on(tool_versions::read(&silent.client(), Tool::Terraform, id)), Err(ApiError::NotFound));
    }
    assert!(silent.sent().is_empty());
}

#[test]
fn the_owner_of_the_token_is_read() {
    let body = r#"{"data":{"id":"user-1","type":"users","attributes":{"username":"ada","is-site-admin":true}}}"#;
    let fake = Fake::script([answer(200, body)]);
    let account = block_on(accounts::read(&fake.client())).unwrap().attributes;
    assert_eq!((account.username.as_deref(), account.is_administrator()), (Some("ada"), Some(true)));
    let request = fake.only_request();
    assert_eq!((request.method, request.url.as_str()), (Method::Get, "/api/v2/account/details"));
}

#[test]
fn a_slash_behind_the_base_is_not_doubled() {
    let fake = Fake::script([answer(204, "")]);
    let client = Client::new(fake.clone(), crate::fake::Keys::new(Some(TOKEN), &[]), "/tfe/api/v2/", Dialect::JsonApi);
    block_on(tool_versions::delete(&client, Tool::Terraform, ID)).unwrap();
    assert_eq!(fake.only_request().url, "/tfe/api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr");
}

#[test]
fn a_request_is_aborted_when_its_call_is_dropped() {
    let fake = Fake::silent();
    let client = fake.client();
    let mut call = Box::pin(tool_versions::read(&client, Tool::Terraform, ID));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    assert_eq!((fake.sent().len(), fake.dropped()), (1, 0));
    drop(call);
    assert_eq!(fake.dropped(), 1);
}

#[test]
fn a_request_is_printed_without_its_token() {
    let fake = Fake::script([answer(204, "")]);
    block_on(tool_versions::delete(&fake.client(), Tool::Terraform, ID)).unwrap();
    let printed = format!("{:?}", fake.only_request());
    assert_eq!(printed, "DELETE /api/v2/admin/terraform-versions/tool-L4oe7rNwn7J4E5Yr");
}
