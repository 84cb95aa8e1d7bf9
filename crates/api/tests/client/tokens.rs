//! Tokens: refused, renewed, missing, impossible, and never shown.

use api::{ApiError, accounts, tool_versions};
use domain::Tool;
use futures_executor::block_on;
use wire::CreateToolVersion;

use crate::fake::{Fake, Keys, TOKEN, answer};

const SHOW: &str = include_str!("../../../../tests/fixtures/terraform-versions.show.json");

fn refusal() -> crate::fake::Step {
    answer(401, r#"{"errors":[{"status":"401","title":"unauthorized"}]}"#)
}

fn some(token: &str) -> Option<String> {
    Some(token.to_owned())
}

#[test]
fn a_refused_request_is_sent_again_with_the_renewed_token() {
    let fake = Fake::script([refusal(), answer(200, SHOW)]);
    let keys = Keys::new(Some("old"), &["new"]);
    assert!(block_on(tool_versions::read(&fake.client_of(keys.clone()), Tool::Terraform, "tool-1")).is_ok());
    assert_eq!(fake.tokens(), ["old", "new"]);
    assert_eq!(keys.refused(), [some("old")]);
    assert!(fake.waits().is_empty());
}

#[test]
fn a_refused_write_is_sent_again_because_nothing_was_done() {
    let fake = Fake::script([refusal(), answer(201, SHOW)]);
    let client = fake.client_of(Keys::new(Some("old"), &["new"]));
    assert!(block_on(tool_versions::create(&client, Tool::Terraform, &CreateToolVersion::default())).is_ok());
    let [first, second] = fake.sent().try_into().unwrap();
    assert_eq!((first.method, first.url, first.body), (second.method, second.url, second.body));
}

#[test]
fn a_caller_that_is_told_refusals_sends_nothing_again_and_asks_for_a_token_itself() {
    let fake = Fake::script([refusal(), answer(429, "").with("Retry-After", "2"), answer(201, SHOW)]);
    let keys = Keys::new(Some("old"), &["new"]);
    let client = fake.client_of(keys.clone()).telling_refusals();
    let create = || block_on(tool_versions::create(&client, Tool::Terraform, &CreateToolVersion::default()));
    assert_eq!((create().err(), keys.refused()), (Some(ApiError::Unauthorized), Vec::new()));
    assert!(block_on(client.renew()));
    assert_eq!(keys.refused(), [some("old")]);
    assert!(matches!(create(), Err(ApiError::RateLimited { .. })));
    assert_eq!((fake.sent().len(), fake.waits().len()), (2, 0));
    assert_eq!(block_on(client.turn_or_pause()), Some(client.pause()));
    assert!(!client.pause().is_zero() && fake.waits().is_empty(), "it is told, and not sat out");
    block_on(client.wait(client.pause()));
    assert_eq!((block_on(client.turn_or_pause()), create().is_ok()), (None, true));
    assert!(!block_on(client.renew()), "the user gives up");
}

#[test]
fn tokens_are_asked_for_until_one_is_accepted_or_the_user_gives_up() {
    let fake = Fake::script([refusal(), refusal(), refusal(), answer(200, SHOW)]);
    let keys = Keys::new(Some("a"), &["b", "c", "d"]);
    assert!(block_on(tool_versions::read(&fake.client_of(keys.clone()), Tool::Terraform, "tool-1")).is_ok());
    assert_eq!(fake.tokens(), ["a", "b", "c", "d"]);
    assert_eq!(keys.refused(), [some("a"), some("b"), some("c")]);

    let fake = Fake::always(refusal());
    let client = fake.client_of(Keys::new(Some("a"), &["b"]));
    assert_eq!(block_on(tool_versions::read(&client, Tool::Terraform, "tool-1")).err(), Some(ApiError::Unauthorized));
    assert_eq!(fake.tokens(), ["a", "b"]);
}

#[test]
fn a_renewed_token_has_the_whole_time_again() {
    let fake = Fake::script([refusal().after(8_000), answer(500, "").after(8_000), answer(200, SHOW)]);
    let client = fake.client_of(Keys::new(Some("a"), &["b"]));
    assert!(block_on(tool_versions::read(&client, Tool::Terraform, "tool-1")).is_ok());
}

#[test]
fn without_a_token_one_is_asked_for_before_anything_is_sent() {
    let fake = Fake::script([answer(200, SHOW)]);
    let keys = Keys::new(None, &["new"]);
    assert!(block_on(tool_versions::read(&fake.client_of(keys.clone()), Tool::Terraform, "tool-1")).is_ok());
    assert_eq!((fake.tokens(), keys.refused()), (vec!["new".to_owned()], vec![None]));

    let fake = Fake::silent();
    let client = fake.client_of(Keys::new(None, &[]));
    assert_eq!(block_on(tool_versions::read(&client, Tool::Terraform, "tool-1")).err(), Some(ApiError::Unauthorized));
    assert!(fake.sent().is_empty());
}

#[test]
fn a_token_that_no_header_can_hold_is_refused_here() {
    for token in ["", "with space", "line\r\nX-Evil: 1", "tökén", "nul\0"] {
        let fake = Fake::script([answer(200, SHOW)]);
        let keys = Keys::new(Some(token), &["new"]);
        assert!(block_on(tool_versions::read(&fake.client_of(keys.clone()), Tool::Terraform, "tool-1")).is_ok());
        assert_eq!((fake.tokens(), keys.refused()), (vec!["new".to_owned()], vec![some(token)]));
    }
}

#[test]
fn a_fixed_token_that_is_refused_is_unauthorized_and_nobody_is_asked() {
    let fake = Fake::script([refusal()]);
    let keys = Keys::new(Some("session"), &["renewed"]);
    let client = fake.client_of(keys.clone()).with_token("typed");
    assert_eq!(block_on(accounts::read(&client)).err(), Some(ApiError::Unauthorized));
    assert_eq!(fake.tokens(), ["typed"]);
    assert!(keys.refused().is_empty());
}

#[test]
fn a_token_that_the_server_echoes_is_not_shown() {
    let page = format!("<html>{TOKEN} and\n{TOKEN}</html>");
    let errors = format!(r#"{{"errors":[{{"title":"no","detail":"Token {TOKEN} is wrong"}}]}}"#);
    for (status, body) in [(200, &page), (200, &errors), (422, &errors), (400, &errors), (403, &errors), (409, &errors)]
    {
        let fake = Fake::always(answer(status, body));
        let error = block_on(tool_versions::read(&fake.client(), Tool::Terraform, "tool-1")).err().unwrap();
        let shown = format!("{error:?} {} {:?}", error.message(), error.rest(&[]));
        assert!(shown.contains("$TOKEN"), "{shown}");
        assert!(!shown.contains("secret"), "{shown}");
    }
}
