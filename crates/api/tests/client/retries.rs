//! What is sent again, after which wait, and when it ends.

use std::time::Duration;

use api::{ApiError, TransportError, tool_versions};
use domain::Tool;
use futures_executor::block_on;
use wire::{CreateToolVersion, UpdateToolVersion};

use crate::fake::{Fake, answer, fails};

const SHOW: &str = include_str!("../../../../tests/fixtures/terraform-versions.show.json");
const UNREACHABLE: TransportError = TransportError::Unreachable;

fn read(fake: &std::sync::Arc<Fake>) -> Result<String, ApiError> {
    block_on(tool_versions::read(&fake.client(), Tool::Terraform, "tool-1")).map(|it| it.id)
}

fn create(fake: &std::sync::Arc<Fake>) -> Result<String, ApiError> {
    block_on(tool_versions::create(&fake.client(), Tool::Terraform, &CreateToolVersion::default())).map(|it| it.id)
}

fn status_of(outcome: Result<String, ApiError>) -> u16 {
    match outcome {
        Err(ApiError::Refused { status, .. }) => status,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_read_is_repeated_after_a_dropped_connection_and_after_a_failure_of_the_server() {
    for failure in [fails(UNREACHABLE), answer(500, ""), answer(502, "<html>"), answer(503, ""), answer(429, "")] {
        let fake = Fake::script([failure, answer(200, SHOW)]);
        assert!(read(&fake).is_ok());
        assert_eq!(fake.sent().len(), 2);
        let [first, second] = fake.sent().try_into().unwrap();
        assert_eq!((first.url, first.headers, first.method), (second.url, second.headers, second.method));
    }
}

#[test]
fn a_read_is_not_repeated_after_an_answer_that_would_stay_the_same() {
    for status in [400, 401, 403, 404, 409, 410, 418, 422] {
        let fake = Fake::script([answer(status, "")]);
        assert!(read(&fake).is_err());
        assert_eq!(fake.sent().len(), 1, "{status}");
    }
    for error in [TransportError::Cancelled, TransportError::Redirected, TransportError::TooLarge { status: 200 }] {
        let fake = Fake::script([fails(error)]);
        assert!(read(&fake).is_err());
        assert_eq!(fake.sent().len(), 1, "{error:?}");
    }
}

#[test]
fn waits_without_a_word_of_the_server_double_and_vary() {
    for (jitter, waits) in [(0, [200, 400, 800]), (1_000, [400, 800, 1_600]), (9_999, [400, 800, 1_600])] {
        let fake = Fake::always(answer(500, "")).with_jitter(jitter);
        assert_eq!(status_of(read(&fake)), 500);
        assert_eq!(fake.waits(), waits);
        assert_eq!(fake.sent().len(), 4);
    }
}

#[test]
fn the_wait_of_a_server_that_limits_requests_is_kept() {
    let table = [
        (answer(429, "").with("X-RateLimit-Reset", "0.75"), 750),
        (answer(429, "").with("x-ratelimit-reset", "0"), 100),
        (answer(429, "").with("Retry-After", "2"), 2_000),
        (answer(429, "").with("Retry-After", "5").with("X-RateLimit-Reset", "1.5"), 1_500),
        (answer(429, "").with("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"), 200),
        (answer(429, "").with("X-RateLimit-Reset", "1700000000"), 200),
        (answer(503, "").with("Retry-After", "3"), 3_000),
        (answer(503, "").with("X-RateLimit-Reset", "0.9"), 200),
    ];
    for (refusal, wait) in table {
        let fake = Fake::script([refusal, answer(200, SHOW)]);
        assert!(read(&fake).is_ok());
        assert_eq!(fake.waits(), [wait]);
    }
    let fake = Fake::script([answer(429, "").with("Retry-After", "2"), answer(200, SHOW)]).with_jitter(1_000);
    assert!(read(&fake).is_ok());
    assert_eq!(fake.waits(), [2_250]);
}

#[test]
fn a_wait_that_is_too_long_to_look_at_is_told_at_once() {
    let fake = Fake::script([answer(429, "").with("X-RateLimit-Reset", "30.5")]);
    assert_eq!(read(&fake), Err(ApiError::RateLimited { wait: Some(Duration::from_millis(30_500)) }));
    assert!(fake.waits().is_empty());
    let fake = Fake::script([answer(503, "").with("Retry-After", "60")]);
    assert_eq!(status_of(read(&fake)), 503);
    let fake = Fake::always(answer(429, "").with("Retry-After", "4"));
    assert_eq!(read(&fake), Err(ApiError::RateLimited { wait: Some(Duration::from_secs(4)) }));
    assert_eq!(fake.waits(), [4_000, 4_000]);
    let fake = Fake::always(answer(429, ""));
    assert_eq!(read(&fake), Err(ApiError::RateLimited { wait: None }));
}

#[test]
fn a_read_fails_within_ten_seconds_whatever_happens() {
    let steps = [
        answer(500, ""),
        answer(500, "").after(2_500),
        answer(500, "").after(8_900),
        answer(200, SHOW).after(60_000),
        fails(UNREACHABLE),
        fails(UNREACHABLE).after(4_000),
        answer(429, "").with("Retry-After", "8"),
        answer(429, "").with("X-RateLimit-Reset", "2.9").after(1_000),
        answer(503, "").with("Retry-After", "3").after(100),
    ];
    for step in steps {
        for jitter in [0, 500, 1_000] {
            let fake = Fake::always(step.clone()).with_jitter(jitter);
            assert!(read(&fake).is_err());
            assert!(fake.elapsed() <= Duration::from_secs(9), "{:?} {:?}", fake.elapsed(), fake.waits());
        }
    }
}

#[test]
fn a_read_that_gets_no_answer_in_time_is_not_repeated() {
    let fake = Fake::always(answer(200, SHOW).after(9_000));
    assert_eq!(read(&fake), Err(ApiError::TimedOut));
    assert_eq!((fake.sent().len(), fake.elapsed()), (1, Duration::from_secs(9)));
    let fake = Fake::script([answer(200, SHOW).after(8_999)]);
    assert!(read(&fake).is_ok());
}

#[test]
fn a_repeated_read_has_the_time_that_is_left_and_tells_the_failure_that_says_more() {
    let fake = Fake::script([answer(502, "").after(5_000), answer(200, SHOW).after(60_000)]);
    assert_eq!(status_of(read(&fake)), 502);
    let timeouts: Vec<u128> = fake.sent().iter().map(|it| it.timeout.as_millis()).collect();
    assert_eq!(timeouts, [9_000, 3_800]);
    assert_eq!(fake.elapsed(), Duration::from_secs(9));
}

#[test]
fn a_write_is_never_repeated_where_the_server_may_have_done_it() {
    for failure in [answer(500, ""), answer(503, "").with("Retry-After", "1"), fails(UNREACHABLE)] {
        for call in 0..3 {
            let fake = Fake::script([failure.clone()]);
            let client = fake.client();
            let changes = UpdateToolVersion::default();
            let failed = match call {
                0 => create(&fake).is_err(),
                1 => block_on(tool_versions::update(&client, Tool::Terraform, "tool-1", &changes)).is_err(),
                _ => block_on(tool_versions::delete(&client, Tool::Terraform, "tool-1")).is_err(),
            };
            assert!(failed);
            assert_eq!(fake.sent().len(), 1);
        }
    }
    let fake = Fake::always(answer(201, SHOW).after(30_000));
    assert_eq!(create(&fake), Err(ApiError::TimedOut));
    assert_eq!(fake.sent().len(), 1);
}

#[test]
fn a_write_is_repeated_after_429_because_nothing_was_done() {
    let fake = Fake::script([answer(429, "").with("X-RateLimit-Reset", "0.5"), answer(201, SHOW)]);
    assert!(create(&fake).is_ok());
    assert_eq!(fake.waits(), [500]);
    let [first, second] = fake.sent().try_into().unwrap();
    assert_eq!((&first.body, first.timeout), (&second.body, second.timeout));
    let fake = Fake::always(answer(429, "").with("Retry-After", "4"));
    assert_eq!(create(&fake), Err(ApiError::RateLimited { wait: Some(Duration::from_secs(4)) }));
    assert!(fake.elapsed() <= Duration::from_secs(9));
    let fake = Fake::script([answer(429, "").with("Retry-After", "20")]);
    assert_eq!(create(&fake), Err(ApiError::RateLimited { wait: Some(Duration::from_secs(20)) }));
}

#[test]
fn a_repeated_write_without_an_answer_is_told_as_such() {
    let fake = Fake::script([answer(429, ""), answer(201, SHOW).after(60_000)]);
    assert_eq!(create(&fake), Err(ApiError::TimedOut));
}
