//! Bodies of many shapes, since no document says which one is sent.

use super::*;

fn read(json: &str) -> Reading {
    ProgressReader::default().read(&serde_json::from_str(json).unwrap_or_default(), "the-token")
}

/// What was recognised, in short: the stage, and the bar in percent.
fn short(reading: &Reading) -> (&str, Option<u32>) {
    let stage = match &reading.stage {
        Stage::Underway => "underway",
        Stage::Uploaded => "uploaded",
        Stage::Failed(_) => "failed",
    };
    (stage, reading.bar.as_ref().map(|bar| (bar.done * 100.0).round() as u32))
}

#[test]
fn many_shapes_are_understood() {
    let table = [
        // The embedded server's own.
        (r#"{"version":6,"status":"pending"}"#, ("underway", None)),
        (r#"{"version":6,"status":"uploading","uploaded":1024,"total":4096}"#, ("underway", Some(25))),
        (r#"{"version":6,"status":"uploading","uploaded":1024,"total":null}"#, ("underway", None)),
        (r#"{"version":6,"status":"uploaded","size":4096,"sha256":"ab"}"#, ("uploaded", None)),
        (r#"{"version":6,"status":"errored","reason":"broke off"}"#, ("failed", None)),
        // Percentages.
        (r#"{"percent": 45}"#, ("underway", Some(45))),
        (r#"{"percentage": "45%"}"#, ("underway", Some(45))),
        (r#"{"percent_complete": 45.5}"#, ("underway", Some(46))),
        (r#"{"progress": 45}"#, ("underway", Some(45))),
        (r#"{"progress": "45 %"}"#, ("underway", Some(45))),
        (r#"{"percent": 1}"#, ("underway", Some(1))),
        (r#"{"percent": 100}"#, ("uploaded", Some(100))),
        (r#"{"progress": 100, "state": "processing"}"#, ("underway", Some(100))),
        (r#"{"percent": 150}"#, ("underway", None)),
        (r#"{"percent": -5}"#, ("underway", None)),
        // Shares.
        (r#"{"progress": 0.25}"#, ("underway", Some(25))),
        (r#"{"fraction": 0}"#, ("underway", Some(0))),
        (r#"{"progress": 1}"#, ("underway", None)),
        // Bytes.
        (r#"{"bytes_uploaded": 50, "bytes_total": 200}"#, ("underway", Some(25))),
        (r#"{"received": "50", "size": "200"}"#, ("underway", Some(25))),
        (r#"{"upload": {"Uploaded-Bytes": 200, "totalBytes": 200}}"#, ("uploaded", Some(100))),
        (r#"{"uploaded": 300, "total": 200}"#, ("underway", None)),
        (r#"{"uploaded": 0, "total": 0}"#, ("underway", None)),
        (r#"{"uploaded": 18446744073709551615, "total": 18446744073709551615}"#, ("uploaded", Some(100))),
        // Words.
        (r#"{"data": {"attributes": {"status": "Uploaded"}}}"#, ("uploaded", None)),
        (r#"{"state": "COMPLETE"}"#, ("uploaded", None)),
        (r#"{"state": "timed_out"}"#, ("failed", None)),
        (r#"{"state": "whatever"}"#, ("underway", None)),
        (r#"{"complete": true}"#, ("uploaded", None)),
        (r#"{"uploaded": false}"#, ("underway", None)),
        (r#"{"success": false, "status": "done"}"#, ("failed", None)),
        (r#"{"error": "no space"}"#, ("failed", None)),
        (r#"{"error": null, "errors": [], "progress": 50}"#, ("underway", Some(50))),
        (r#"{"hosted_token": "the-token"}"#, ("uploaded", None)),
        (r#"{"hosted_token": "another"}"#, ("underway", None)),
        // Not even an object.
        ("45", ("underway", Some(45))),
        ("0.5", ("underway", Some(50))),
        ("\"complete\"", ("uploaded", None)),
        ("\"75%\"", ("underway", Some(75))),
        ("[]", ("underway", None)),
        ("null", ("underway", None)),
        ("true", ("underway", None)),
        ("{}", ("underway", None)),
    ];
    for (json, expected) in table {
        assert_eq!(short(&read(json)), expected, "{json}");
    }
}

#[test]
fn one_is_the_whole_only_where_shares_were_seen() {
    let json = |text: &str| serde_json::from_str(text).unwrap_or_default();
    let mut shares = ProgressReader::default();
    shares.read(&json(r#"{"progress": 0.5}"#), "");
    assert_eq!(short(&shares.read(&json(r#"{"progress": 1}"#), "")), ("uploaded", Some(100)));
    let mut percents = ProgressReader::default();
    percents.read(&json(r#"{"progress": 40}"#), "");
    assert_eq!(short(&percents.read(&json(r#"{"progress": 1}"#), "")), ("underway", Some(1)));
}

#[test]
fn a_failure_tells_its_reason() {
    let table = [
        (r#"{"status":"errored","reason":"broke off"}"#, Some("broke off")),
        (r#"{"status":"failed"}"#, None),
        (r#"{"errors":["first","second"]}"#, Some("first")),
        (r#"{"errors":[{"title":"Bad","detail":"not gzip"}]}"#, Some("not gzip")),
        (r#"{"upload":{"failed":true,"error_message":"late"}}"#, Some("late")),
    ];
    for (json, reason) in table {
        assert_eq!(read(json).stage, Stage::Failed(reason.map(str::to_owned)), "{json}");
    }
}

#[test]
fn the_state_is_told_in_the_bodys_own_word() {
    let table = [
        (r#"{"status":"uploading","uploaded":1024,"total":4096}"#, Some("uploading")),
        (r#"{"percent":40,"upload":{"state":"Virus scan"}}"#, Some("Virus scan")),
        ("\"queued\"", Some("queued")),
        (r#"{"status":"","state":"200"}"#, None),
        (r#"{"status":7}"#, None),
        (r#"{"percent":40}"#, None),
    ];
    for (json, word) in table {
        assert_eq!(read(json).word.as_deref(), word, "{json}");
    }
}

#[test]
fn a_body_in_which_nothing_is_recognised_is_not_understood() {
    let table = [
        (r#"{"weather":"fine"}"#, false),
        ("[]", false),
        (r#"{"version":6,"uploaded":false}"#, false),
        (r#"{"status":"pending"}"#, true),
        (r#"{"percent":0}"#, true),
        (r#"{"complete":true}"#, true),
        (r#"{"error":"no space"}"#, true),
    ];
    for (json, is_understood) in table {
        assert_eq!(read(json).is_understood(), is_understood, "{json}");
    }
}

#[test]
fn hostile_bodies_are_no_trouble() {
    let nested = "{\"a\":".repeat(100) + "{\"status\":\"done\"}" + &"}".repeat(100);
    assert_eq!(short(&read(&nested)), ("underway", None));
    let members: Vec<String> = (0..10_000).map(|number| format!("\"k{number}\":{{\"k\":{number}}}")).collect();
    assert_eq!(short(&read(&format!("{{{}}}", members.join(",")))), ("underway", None));
}
