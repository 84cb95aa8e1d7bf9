//! The names and words that are recognised in a progress body.

use std::borrow::Cow;

use serde_json::Value;

/// How many members of an object are looked at.
const MOST_MEMBERS: usize = 200;

const STATUS: [&str; 5] = ["status", "state", "phase", "stage", "result"];
const PERCENT: [&str; 6] = ["percent", "percentage", "pct", "percentcomplete", "percentdone", "progresspercent"];
const SHARE: [&str; 5] = ["progress", "fraction", "ratio", "complete", "completion"];
const ARRIVED: [&str; 17] = [
    "uploaded",
    "received",
    "sent",
    "loaded",
    "transferred",
    "current",
    "offset",
    "done",
    "uploadedbytes",
    "bytesuploaded",
    "receivedbytes",
    "bytesreceived",
    "bytessent",
    "bytestransferred",
    "bytesloaded",
    "written",
    "byteswritten",
];
const TOTAL: [&str; 13] = [
    "total",
    "size",
    "length",
    "totalbytes",
    "bytestotal",
    "totalsize",
    "contentlength",
    "expected",
    "filesize",
    "expectedbytes",
    "bytesexpected",
    "expectedsize",
    "sizebytes",
];
const YES_IS_UPLOADED: [&str; 9] =
    ["complete", "completed", "done", "finished", "uploaded", "success", "succeeded", "isuploaded", "isfinished"];
const YES_IS_FAILED: [&str; 4] = ["failed", "errored", "iserror", "isfailed"];
const REASON: [&str; 8] =
    ["error", "errors", "errormessage", "reason", "failurereason", "message", "detail", "statusmessage"];
const UPLOADED: [&str; 15] = [
    "uploaded",
    "complete",
    "completed",
    "done",
    "finished",
    "success",
    "succeeded",
    "successful",
    "ok",
    "ready",
    "processed",
    "stored",
    "available",
    "applied",
    "finalized",
];
const FAILED: [&str; 11] = [
    "error",
    "errored",
    "failed",
    "failure",
    "cancelled",
    "canceled",
    "expired",
    "rejected",
    "aborted",
    "timedout",
    "invalid",
];

/// The findings in a body. The first of a kind, from the outside inwards, stays.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) uploaded: bool,
    pub(super) underway: bool,
    pub(super) failed: bool,
    pub(super) word: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) percent: Option<Value>,
    pub(super) share: Option<Value>,
    pub(super) arrived: Option<u64>,
    pub(super) total: Option<u64>,
}

impl Findings {
    pub(super) fn look_into(&mut self, json: &Value, token: &str, depth: usize) {
        let Value::Object(members) = json else { return };
        for (name, value) in members.iter().take(MOST_MEMBERS) {
            self.take(&plain(name), value, token);
        }
        if depth > 0 {
            for (_, value) in members.iter().take(MOST_MEMBERS) {
                self.look_into(value, token, depth - 1);
            }
        }
    }

    fn take(&mut self, name: &str, value: &Value, token: &str) {
        let is_one_of = |names: &[&str]| names.contains(&name);
        match value {
            Value::Bool(yes) => {
                self.uploaded |= *yes && is_one_of(&YES_IS_UPLOADED);
                self.failed |= (*yes && is_one_of(&YES_IS_FAILED)) || (!*yes && is_one_of(&["success", "succeeded"]));
            }
            Value::String(_) | Value::Number(_) if is_one_of(&STATUS) => {
                self.take_status(&text(value).unwrap_or_default())
            }
            Value::String(text) if name == "hostedtoken" => self.uploaded |= !token.is_empty() && text == token,
            _ => {}
        }
        if is_one_of(&["error", "errors"]) && !is_nothing(value) && *value != Value::Bool(false) {
            self.failed = true;
        }
        if is_one_of(&REASON) && self.reason.is_none() {
            self.reason = sentence(value);
        }
        if is_one_of(&PERCENT) && self.percent.is_none() && number(value).is_some() {
            self.percent = Some(value.clone());
        }
        if is_one_of(&SHARE) && self.share.is_none() && number(value).is_some() {
            self.share = Some(value.clone());
        }
        if is_one_of(&ARRIVED) && self.arrived.is_none() {
            self.arrived = count(value);
        }
        if is_one_of(&TOTAL) && self.total.is_none() {
            self.total = count(value);
        }
    }

    pub(super) fn take_status(&mut self, text: &str) {
        let status = plain(text);
        if self.word.is_none() && text.contains(char::is_alphabetic) {
            self.word = Some(text.to_owned());
        }
        if FAILED.contains(&status.as_str()) {
            self.failed = true;
        } else if UPLOADED.contains(&status.as_str()) {
            self.uploaded = !self.underway;
        } else if !status.is_empty() && !self.uploaded {
            self.underway = true;
        }
    }
}

/// A name in the one spelling that is compared: `Bytes-Uploaded` is `bytesuploaded`.
fn plain(name: &str) -> String {
    let kept = name.chars().filter(|it| !matches!(it, '_' | '-' | ' ')).take(40);
    kept.map(|it| it.to_ascii_lowercase()).collect()
}

/// The text; a number as it is written.
fn text(json: &Value) -> Option<Cow<'_, str>> {
    match json {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        _ => None,
    }
}

/// The count, also spelled as text.
fn count(json: &Value) -> Option<u64> {
    match json {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The number, also spelled as text or with a percent sign; never infinite.
pub(super) fn number(json: &Value) -> Option<f64> {
    match json {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim().trim_end_matches('%').trim_end();
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if is_number && text.len() < 20 { text.parse().ok() } else { None }
        }
        _ => None,
    }
}

fn is_nothing(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::String(text) => text.is_empty() || text == "0",
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) => false,
    }
}

/// The sentence of a reason: a text, the first text of a list, or the message in an object.
fn sentence(json: &Value) -> Option<String> {
    match json {
        Value::Array(items) => items.iter().find_map(|item| if item.is_array() { None } else { sentence(item) }),
        Value::Object(members) => ["detail", "message", "title", "reason"]
            .iter()
            .find_map(|name| text(members.get(*name)?))
            .map(Cow::into_owned),
        _ => text(json).filter(|text| !text.trim().is_empty()).map(Cow::into_owned),
    }
}
