//! The legacy calls: what a create and a look at the latest version send, and what each response becomes.

use std::{sync::Arc, time::Duration};

use api::{ApiError, Client, Dialect, Method, TransportError, configuration_versions};
use futures_executor::block_on;
use serde_json::{Value, json};
use wire::{ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, TextMap, TfVar};

use crate::fake::{Fake, Keys, Step, TOKEN, answer, fails, header};

const LATEST: &str = include_str!("../../../../tests/fixtures/configuration-versions.latest.json");
const CREATED: &str = include_str!("../../../../tests/fixtures/configuration-versions.create.json");
const CREATE_REQUEST: &str = include_str!("../../../../tests/fixtures/configuration-versions.create.request.json");

/// A client of the legacy API with [`TOKEN`] that nobody renews.
pub fn legacy(fake: &Arc<Fake>) -> Client {
    Client::new(fake.clone(), Arc::new(Keys::default()), "/api/v1", Dialect::Legacy).with_token(TOKEN)
}

fn map<const N: usize>(pairs: [(&str, &str); N]) -> TextMap {
    TextMap(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into())
}

/// The version of the specification's sample.
fn sample() -> CreateConfigurationVersion {
    CreateConfigurationVersion {
        metadata: map([("git_branch", "master"), ("remote_type", "atlas"), ("remote_slug", "hashicorp/atlas")]),
        variables: map([
            ("ami_id", "ami-123456"),
            ("target_region", "us-east-1"),
            ("consul_count", "5"),
            ("consul_ami", "ami-123456"),
        ]),
    }
}

fn create(fake: &Arc<Fake>) -> Result<CreatedConfigurationVersion, ApiError> {
    block_on(configuration_versions::create(&legacy(fake), "hashicorp", "atlas", &sample()))
}

fn latest(fake: &Arc<Fake>) -> Result<ConfigurationVersion, ApiError> {
    block_on(configuration_versions::latest(&legacy(fake), "hashicorp", "atlas"))
}

fn refusal_of(step: Step) -> ApiError {
    let fake = Fake::script([step]);
    let error = create(&fake).err().unwrap();
    assert_eq!(fake.sent().len(), 1);
    error
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_token_goes_in_the_header_of_the_legacy_api_and_in_no_other() {
    let fake = Fake::script([answer(200, CREATED), answer(200, LATEST), answer(200, "{}")]);
    create(&fake).unwrap();
    latest(&fake).unwrap();
    let mut reader = Default::default();
    let client = legacy(&fake);
    block_on(configuration_versions::progress(&client, "hashicorp", "atlas", "63fc7e18", &mut reader)).unwrap();
    for request in fake.sent() {
        assert_eq!(header(&request, "X-Atlas-Token"), TOKEN);
        assert_eq!(header(&request, "Content-Type"), "application/json");
        assert_eq!(header(&request, "Accept"), "application/json");
        let others = request.headers.iter().filter(|(name, value)| *name != "X-Atlas-Token" && value.contains(TOKEN));
        assert_eq!(others.count(), 0, "{request:?}");
        assert_eq!(header(&request, "Authorization"), "");
        assert!(!request.url.contains(TOKEN) && !request.body.unwrap_or_default().contains(TOKEN));
    }
}

#[test]
fn a_create_sends_the_payload_of_the_specification() {
    for status in [200, 201, 202] {
        let fake = Fake::script([answer(status, CREATED)]);
        let created = create(&fake).unwrap();
        assert_eq!((created.version, created.token.as_str()), (6, "ddbd7db6-f96c-4633-beb6-22fe2d74eeed"));
        assert!(created.upload_path.ends_with(&created.token), "{}", created.upload_path);
        let request = fake.only_request();
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.url, "/api/v1/terraform/configurations/hashicorp/atlas/versions");
        assert_eq!(request.timeout, Duration::from_secs(30));
        assert_eq!(json_of(&request.body.unwrap()), json_of(CREATE_REQUEST));
    }
}

#[test]
fn a_create_leaves_out_what_is_empty_and_keeps_every_value_as_it_is() {
    let odd = map([("b", " \"quoted\"\n\u{202E}"), ("a", ""), ("<b>", "5")]);
    let table = [
        (TextMap::default(), TextMap::default(), json!({})),
        (map([("branch", "main")]), TextMap::default(), json!({"metadata": {"branch": "main"}})),
        (TextMap::default(), odd, json!({"variables": {"b": " \"quoted\"\n\u{202E}", "a": "", "<b>": "5"}})),
    ];
    for (metadata, variables, attributes) in table {
        let fake = Fake::script([answer(200, CREATED)]);
        let version = CreateConfigurationVersion { metadata, variables };
        block_on(configuration_versions::create(&legacy(&fake), "hashicorp", "atlas", &version)).unwrap();
        assert_eq!(json_of(&fake.only_request().body.unwrap()), json!({ "version": attributes }));
    }
}

#[test]
fn names_cannot_lead_to_another_path() {
    let fake = Fake::script([answer(200, CREATED), answer(200, LATEST), answer(200, "{}")]);
    let client = legacy(&fake);
    let (username, name) = ("../v2/account", "a b?c#d%2Fä");
    block_on(async {
        configuration_versions::create(&client, username, name, &sample()).await.unwrap();
        configuration_versions::latest(&client, username, name).await.unwrap();
        let mut reader = Default::default();
        configuration_versions::progress(&client, username, name, "t/../x?", &mut reader).await.unwrap();
    });
    let versions = "/api/v1/terraform/configurations/..%2Fv2%2Faccount/a%20b%3Fc%23d%252F%C3%A4/versions";
    let urls: Vec<String> = fake.sent().into_iter().map(|it| it.url).collect();
    assert_eq!(urls, ["", "/latest", "/progress/t%2F..%2Fx%3F"].map(|end| [versions, end].concat()));
}

#[test]
fn names_that_a_browser_would_resolve_are_never_sent() {
    let fake = Fake::script([]);
    let client = legacy(&fake);
    for nothing in ["", ".", ".."] {
        for (username, name) in [(nothing, "atlas"), ("hashicorp", nothing)] {
            let (created, read, progress) = block_on(async {
                let mut reader = Default::default();
                (
                    configuration_versions::create(&client, username, name, &sample()).await.err(),
                    configuration_versions::latest(&client, username, name).await.err(),
                    configuration_versions::progress(&client, username, name, "token", &mut reader).await.err(),
                )
            });
            assert_eq!([created, read, progress], [const { Some(ApiError::NotFound) }; 3], "{username}/{name}");
        }
        let mut reader = Default::default();
        let progress = configuration_versions::progress(&client, "hashicorp", "atlas", nothing, &mut reader);
        assert_eq!(block_on(progress).err(), Some(ApiError::NotFound), "{nothing}");
    }
}

#[test]
fn the_answer_to_a_create_is_read_with_members_that_nobody_knows() {
    let body = r#"{"id":[1.5],"version":"7","upload_path":"/up/abc?x","token":null,"application":{"version":9}}"#;
    let created = create(&Fake::script([answer(200, body)])).unwrap();
    let expected = CreatedConfigurationVersion { version: 7, upload_path: "/up/abc?x".into(), token: "abc?x".into() };
    assert_eq!(created, expected);
    for body in ["", "<html>", "[]", r#"{"version":6,"token":"t"}"#, r#"{"version":-1,"upload_path":"/u","token":"t"}"#]
    {
        let error = create(&Fake::script([answer(200, body)])).err().unwrap();
        assert!(matches!(error, ApiError::Unreadable { status: 200, .. }) && error.leaves_doubt(), "{body}: {error:?}");
    }
}

#[test]
fn the_latest_version_is_read_with_members_that_nobody_knows() {
    let fake = Fake::script([answer(200, LATEST)]);
    let version = latest(&fake).unwrap();
    assert_eq!((version.version, version.metadata), (6, map([("foo", "bar")])));
    assert!(version.tf_vars.is_empty() && version.variables.is_empty());
    let request = fake.only_request();
    assert_eq!((request.method, request.body), (Method::Get, None));
    assert_eq!(request.url, "/api/v1/terraform/configurations/hashicorp/atlas/versions/latest");
    assert_eq!(request.timeout, Duration::from_secs(9));

    let body = r#"{"next":null,"version":{"Version":0,"version":"12","remotes":[],"metadata":null,"variables":{"n":5,"y":true},
        "tf_vars":[{"key":"zones","value":"[\"a\"]","hcl":true,"sensitive":false},{"key":"none","value":null}]}}"#;
    let version = latest(&Fake::script([answer(200, body)])).unwrap();
    assert_eq!((version.version, version.variables), (12, map([("n", "5"), ("y", "true")])));
    let var = |key: &str, value: &str, hcl| TfVar { key: key.into(), value: value.into(), hcl };
    assert_eq!(version.tf_vars, [var("zones", "[\"a\"]", true), var("none", "", false)]);
}

#[test]
fn a_configuration_without_a_version_is_not_found_whatever_the_body_says() {
    for body in ["", "<html>", r#"{"errors":["Resource not found!"],"success":false}"#, r#"{"errors":{"name":["no"]}}"#]
    {
        let fake = Fake::script([answer(404, body), answer(404, body)]);
        assert_eq!(latest(&fake).err(), Some(ApiError::NotFound), "{body}");
        assert_eq!(create(&fake).err(), Some(ApiError::NotFound), "{body}");
        assert_eq!(fake.sent().len(), 2);
    }
}

#[test]
fn a_refusal_is_understood_in_every_shape_that_was_seen() {
    let texts = r#"{"errors":["Value is too long","Key is odd"]}"#;
    let by_name = r#"{"errors":{"variables":["Value is too long","Key is odd"]}}"#;
    let objects = r#"{"errors":[{"title":"invalid","detail":"Value is too long"},{"title":"Key is odd"}]}"#;
    let not_a_success = r#"{"success":false,"errors":["Value is too long","Key is odd"]}"#;
    for body in [texts, by_name, objects, not_a_success] {
        let error = refusal_of(answer(422, body));
        assert!(matches!(error, ApiError::Invalid(_)), "{body}: {error:?}");
        assert_eq!(error.rest(&[]), ["Value is too long", "Key is odd"], "{body}");
        assert!(error.message().ends_with("Value is too long\nKey is odd"), "{}", error.message());
        assert!(!error.leaves_doubt());
    }
    for body in [texts, objects, not_a_success] {
        let messages = vec!["Value is too long".to_owned(), "Key is odd".to_owned()];
        assert_eq!(refusal_of(answer(400, body)), ApiError::Refused { status: 400, messages }, "{body}");
    }
    assert_eq!(refusal_of(answer(400, by_name)).field("variables").as_deref(), Some("Value is too long\nKey is odd"));
    assert_eq!(refusal_of(answer(401, texts)), ApiError::Unauthorized);
}

#[test]
fn a_create_is_never_repeated_where_it_may_have_made_a_version() {
    let failures = [
        answer(500, ""),
        answer(502, "<html>"),
        answer(503, "").with("Retry-After", "1"),
        fails(TransportError::Unreachable),
        fails(TransportError::TimedOut),
        answer(201, CREATED).after(30_000),
        answer(200, "{}"),
    ];
    for failure in failures {
        let error = refusal_of(failure);
        assert!(error.leaves_doubt(), "{error:?}");
    }
}

#[test]
fn a_create_is_repeated_after_429_and_its_wait_because_nothing_was_made() {
    let fake = Fake::script([answer(429, "").with("Retry-After", "2"), answer(200, CREATED)]);
    assert_eq!(create(&fake).unwrap().version, 6);
    assert_eq!(fake.waits(), [2_000]);
    let [first, second] = fake.sent().try_into().unwrap();
    assert_eq!((first.method, first.url, first.body), (second.method, second.url, second.body));
    assert_eq!(first.headers, second.headers);
    let error = refusal_of(answer(429, "").with("Retry-After", "20"));
    assert_eq!(error, ApiError::RateLimited { wait: Some(Duration::from_secs(20)) });
    assert!(!error.leaves_doubt());
}

#[test]
fn a_refused_legacy_token_is_renewed_and_the_create_is_sent_again() {
    let fake = Fake::script([answer(401, r#"{"errors":["Bad credentials"]}"#), answer(200, CREATED)]);
    let client = Client::new(fake.clone(), Keys::new(Some("old"), &["new"]), "/api/v1", Dialect::Legacy);
    block_on(configuration_versions::create(&client, "hashicorp", "atlas", &sample())).unwrap();
    let [first, second] = fake.sent().try_into().unwrap();
    assert_eq!([header(&first, "X-Atlas-Token"), header(&second, "X-Atlas-Token")], ["old", "new"]);
    assert_eq!(first.body, second.body);
}
