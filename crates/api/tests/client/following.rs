//! Following an upload: how often it is asked for, what ends it, and how bodies are read that no document describes.

use std::{sync::Arc, time::Duration};

use api::{
    ApiError, Method, TransportError,
    configuration_versions::{ProgressEnd, ProgressResponse, ProgressUpdate, follow},
};
use domain::uploads::progress::Stage;
use futures_executor::block_on;

use crate::{
    configuration_versions::legacy,
    fake::{Fake, Step, TOKEN, answer, fails},
};

const UPLOAD: &str = "63fc7e18-3911-4853-8b17-7fdc28f158f2";
const PENDING: &str = r#"{"status":"pending"}"#;
const UPLOADED: &str = r#"{"status":"uploaded"}"#;

fn followed(fake: &Arc<Fake>) -> (ProgressEnd, Vec<ProgressUpdate>) {
    let mut told = Vec::new();
    let end = block_on(follow(&legacy(fake), "hashicorp", "atlas", UPLOAD, |it| told.push(it)));
    (end, told)
}

/// The response with one body, and the end when the next one is an uploaded one.
fn told_of(body: &str) -> (ProgressEnd, ProgressResponse) {
    let (end, told) = followed(&Fake::script([answer(200, body), answer(200, UPLOADED)]));
    match told.into_iter().next() {
        Some(ProgressUpdate::Response(response)) => (end, response),
        other => panic!("no response: {other:?}"),
    }
}

fn failures(told: &[ProgressUpdate]) -> Vec<&ApiError> {
    let mut failures = Vec::new();
    for answer in told {
        if let ProgressUpdate::Failed(error) = answer {
            failures.push(error);
        }
    }
    failures
}

#[test]
fn an_upload_is_asked_for_every_three_seconds_until_it_is_there() {
    let pending = || answer(200, PENDING);
    let fake = Fake::script([pending(), pending(), answer(200, UPLOADED)]);
    let (end, told) = followed(&fake);
    assert_eq!((end, told.len()), (ProgressEnd::Uploaded, 3));
    assert_eq!(fake.waits(), [3_000, 3_000]);
    for request in fake.sent() {
        assert_eq!((request.method, &request.body), (Method::Get, &None));
        let path = "/api/v1/terraform/configurations/hashicorp/atlas/versions/progress/";
        assert_eq!(request.url, [path, UPLOAD].concat());
    }
}

#[test]
fn an_upload_is_followed_for_ten_minutes_and_no_longer() {
    let fake = Fake::always(answer(200, PENDING));
    let (end, told) = followed(&fake);
    assert_eq!(end, ProgressEnd::TimedOut);
    assert_eq!((fake.elapsed(), told.len()), (Duration::from_secs(600), 201));
    assert!(fake.waits().iter().all(|wait| *wait == 3_000), "{:?}", fake.waits());
}

#[test]
fn slow_answers_and_failures_do_not_make_ten_minutes_longer() {
    let steps = [
        answer(200, PENDING).after(8_000),
        answer(500, ""),
        fails(TransportError::Unreachable).after(2_000),
        answer(200, PENDING).after(60_000),
        answer(429, ""),
        answer(429, "").with("Retry-After", "45"),
        answer(429, "").with("Retry-After", "86400"),
    ];
    for step in steps {
        let fake = Fake::always(step);
        assert_eq!(followed(&fake).0, ProgressEnd::TimedOut);
        let elapsed = fake.elapsed().as_secs();
        assert!((540..=609).contains(&elapsed), "{elapsed} {:?}", fake.waits());
    }
}

#[test]
fn a_server_that_limits_requests_is_asked_as_late_as_it_wants_and_more_slowly_from_then_on() {
    let fake = Fake::script([
        answer(200, PENDING),
        answer(429, "").with("Retry-After", "20"),
        answer(200, PENDING),
        answer(429, "").with("X-RateLimit-Reset", "10.5"),
        answer(200, PENDING),
        answer(200, UPLOADED),
    ]);
    let (end, told) = followed(&fake);
    assert_eq!(end, ProgressEnd::Uploaded);
    assert_eq!(fake.waits(), [3_000, 20_000, 6_000, 12_000, 12_000]);
    let wait = |seconds| ApiError::RateLimited { wait: Some(Duration::from_secs(seconds)) };
    assert_eq!(failures(&told), [&wait(20), &wait(12)]);
}

#[test]
fn a_server_that_never_stops_limiting_requests_is_asked_once_a_minute() {
    let fake = Fake::always(answer(429, "").with("Retry-After", "10"));
    assert_eq!(followed(&fake).0, ProgressEnd::TimedOut);
    assert_eq!(fake.waits().into_iter().take(6).collect::<Vec<_>>(), [10_000, 12_000, 24_000, 48_000, 60_000, 60_000]);
    assert!(fake.waits().iter().all(|wait| *wait <= 60_000), "{:?}", fake.waits());
}

#[test]
fn a_question_without_an_answer_is_told_and_asked_again() {
    let table: [(Vec<Step>, ApiError); 4] = [
        (vec![answer(500, ""); 4], ApiError::Refused { status: 500, messages: Vec::new() }),
        (vec![fails(TransportError::Unreachable); 4], ApiError::Unreachable),
        (vec![fails(TransportError::TimedOut)], ApiError::TimedOut),
        (vec![fails(TransportError::Redirected)], ApiError::Refused { status: 0, messages: Vec::new() }),
    ];
    for (trouble, error) in table {
        let steps = trouble.into_iter().chain([answer(200, PENDING), answer(200, UPLOADED)]);
        let fake = Fake::script(steps);
        let (end, told) = followed(&fake);
        assert_eq!((end, failures(&told)), (ProgressEnd::Uploaded, vec![&error]));
        assert!(fake.waits().ends_with(&[3_000, 3_000]), "{:?}", fake.waits());
        assert!(
            matches!(
                told.as_slice(),
                [ProgressUpdate::Failed(_), ProgressUpdate::Response(_), ProgressUpdate::Response(_)]
            ),
            "{told:?}"
        );
    }
}

#[test]
fn an_unknown_token_ends_it_at_once_and_in_the_middle() {
    let fake = Fake::script([answer(404, r#"{"errors":["Resource not found!"]}"#)]);
    assert_eq!(followed(&fake), (ProgressEnd::UnknownToken, Vec::new()));
    assert!(fake.waits().is_empty());
    let fake = Fake::script([answer(200, PENDING), answer(404, "")]);
    let (end, told) = followed(&fake);
    assert_eq!((end, told.len()), (ProgressEnd::UnknownToken, 1));
}

#[test]
fn a_refusal_that_would_stay_the_same_ends_it() {
    let refused = |status| ApiError::Refused { status, messages: vec!["Ask an owner".to_owned()] };
    for (status, error) in [(401, ApiError::Unauthorized), (400, refused(400)), (403, refused(403))] {
        let fake = Fake::script([answer(status, r#"{"errors":["Ask an owner"]}"#)]);
        assert_eq!(followed(&fake), (ProgressEnd::Refused(error), Vec::new()));
        assert!(fake.waits().is_empty());
    }
}

#[test]
fn whatever_says_that_it_is_uploaded_ends_it() {
    let own = format!(r#"{{"hosted_token":"{UPLOAD}"}}"#);
    for body in [
        UPLOADED,
        r#"{"data":{"attributes":{"state":"COMPLETE"}}}"#,
        r#"{"complete":true}"#,
        r#"{"percent":100}"#,
        r#"{"bytes_uploaded":200,"bytes_total":200}"#,
        "\"done\"",
        &own,
    ] {
        let fake = Fake::script([answer(200, body)]);
        let (end, told) = followed(&fake);
        assert_eq!((end, told.len()), (ProgressEnd::Uploaded, 1), "{body}");
    }
}

#[test]
fn whatever_says_that_it_failed_ends_it_with_the_reason() {
    for (body, reason) in [
        (r#"{"status":"errored","reason":"not gzip"}"#, Some("not gzip")),
        (r#"{"upload":{"failed":true,"error_message":"late"}}"#, Some("late")),
        (r#"{"errors":[{"title":"Bad","detail":"no space"}]}"#, Some("no space")),
        (r#"{"state":"Timed-Out"}"#, None),
    ] {
        let (end, told) = followed(&Fake::script([answer(200, body)]));
        assert_eq!((end, told.len()), (ProgressEnd::Failed(reason.map(str::to_owned)), 1), "{body}");
    }
}

#[test]
fn shares_percents_and_bytes_become_a_bar() {
    for (body, done, bytes) in [
        (r#"{"progress":0.25}"#, 0.25, None),
        (r#"{"progress":"75%"}"#, 0.75, None),
        (r#"{"percentage":50}"#, 0.5, None),
        (r#"{"status":"uploading","uploaded":1024,"total":"4096"}"#, 0.25, Some((1024, 4096))),
    ] {
        let (end, response) = told_of(body);
        assert_eq!((end, response.reading.stage), (ProgressEnd::Uploaded, Stage::Underway), "{body}");
        let bar = response.reading.bar.unwrap();
        assert_eq!((bar.done, bar.bytes), (done, bytes), "{body}");
    }
}

#[test]
fn what_numbers_count_is_remembered_from_one_answer_to_the_next() {
    let of = |first: &str| {
        let fake = Fake::script([answer(200, first), answer(200, r#"{"progress":1}"#), answer(200, UPLOADED)]);
        followed(&fake).1.len()
    };
    assert_eq!(of(r#"{"progress":0.5}"#), 2, "1 is the whole");
    assert_eq!(of(r#"{"progress":40}"#), 3, "1 is a hundredth");
}

#[test]
fn a_body_that_is_not_understood_is_passed_on_unread_and_asked_for_again() {
    for body in
        ["", "OK", "<html><b>hi</b></html>", "[1,[2.5]]", "null", r#"{"status":{"a":1}}"#, "{\"half\":", "\u{0}"]
    {
        let (end, response) = told_of(body);
        assert_eq!(
            (end, response.reading.stage, response.reading.bar),
            (ProgressEnd::Uploaded, Stage::Underway, None),
            "{body}"
        );
        assert_eq!(response.body, body);
    }
}

#[test]
fn what_is_told_is_short_and_does_not_hold_the_token() {
    let (_, response) = told_of(&"ä".repeat(1_000_000));
    assert_eq!(response.body, "ä".repeat(4_000));
    let (_, response) = told_of(&format!(r#"{{"note":"{TOKEN} is not {UPLOAD}"}}"#));
    assert_eq!(response.body, format!(r#"{{"note":"$TOKEN is not {UPLOAD}"}}"#));
}
