//! What the progress endpoint says of an upload.
//!
//! The body is documented nowhere, and no client ever read it (facts.md 3.5). So it is read as any JSON: a bar is drawn
//! where a fraction, a percentage or bytes of a total can be recognised, an end where a status says so, and anything
//! else is shown as it came. What cannot be told for certain is not claimed: an upload that is taken for done by mistake
//! is worse than one that is followed too long.
//!
//! Longer than 300 lines because every shape that is recognised is in one place, as the module promises.

use wire::AnyJson;

/// How many objects within objects are looked into.
const DEEPEST: usize = 4;

/// How many members of an object are looked at.
const MOST_MEMBERS: usize = 200;

/// How an upload stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nothing says that it has ended.
    Underway,
    /// The archive is there.
    Uploaded,
    /// It failed, and perhaps the body says why. Not made visible yet.
    Failed(Option<String>),
}

/// What a bar is drawn of.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// From 0 to 1.
    pub done: f64,
    /// Bytes that have arrived and bytes in all, where the body counts them.
    pub bytes: Option<(u64, u64)>,
}

/// What was recognised in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How it stands.
    pub stage: Stage,
    /// The bar, where one can be drawn.
    pub bar: Option<Bar>,
    /// The state in the body's own word, where there is one. Not made visible yet.
    pub word: Option<String>,
}

impl Reading {
    /// Whether anything was recognised: else only the body itself says how it stands.
    pub fn is_understood(&self) -> bool {
        self.stage != Stage::Underway || self.bar.is_some() || self.word.is_some()
    }
}

/// What numbers without a unit count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    /// From 0 to 1.
    Whole,
    /// From 0 to 100.
    Percent,
}

/// Reads one answer after the other, and remembers what its numbers count: `1` after `0.5` is the whole, and 1 % after
/// `0` cannot be told from it.
#[derive(Clone, Debug, Default)]
pub struct ProgressReader {
    scale: Option<Scale>,
}

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

impl ProgressReader {
    /// What an answer says. `token` is the upload's own: a body that names it as the hosted one says that it is there.
    pub fn read(&mut self, json: &AnyJson, token: &str) -> Reading {
        let mut found = Findings::default();
        match json {
            AnyJson::Object(_) => found.look_into(json, token, DEEPEST),
            // A body that is one number or one word.
            AnyJson::Text(text) if self.share(json).is_none() => found.take_status(text),
            AnyJson::Text(_) | AnyJson::Fraction(_) => found.share = Some(json.clone()),
            _ => {}
        }
        let bar = self.bar(&found);
        let is_full = bar.as_ref().is_some_and(|bar| bar.done >= 1.0);
        let stage = if found.failed {
            Stage::Failed(found.reason)
        } else if found.uploaded || (is_full && !found.underway) {
            Stage::Uploaded
        } else {
            Stage::Underway
        };
        Reading { stage, bar, word: found.word }
    }

    fn bar(&mut self, found: &Findings) -> Option<Bar> {
        if let (Some(arrived), Some(all)) = (found.arrived, found.total)
            && all > 0
            && arrived <= all
        {
            return Some(Bar { done: arrived as f64 / all as f64, bytes: Some((arrived, all)) });
        }
        let percent = found.percent.as_ref().and_then(number).map(|percent| percent / 100.0);
        let done = percent.or_else(|| self.share(found.share.as_ref()?))?;
        (0.0..=1.0).contains(&done).then_some(Bar { done, bytes: None })
    }

    /// A number that may be a share of the whole or a percentage.
    fn share(&mut self, json: &AnyJson) -> Option<f64> {
        if let AnyJson::Text(text) = json
            && text.trim_end().ends_with('%')
        {
            return number(json).map(|percent| percent / 100.0);
        }
        let number = number(json).filter(|number| (0.0..=100.0).contains(number))?;
        if number > 1.0 {
            self.scale = Some(Scale::Percent);
        } else if number > 0.0 && number < 1.0 && self.scale.is_none() {
            self.scale = Some(Scale::Whole);
        }
        match self.scale {
            Some(Scale::Percent) => Some(number / 100.0),
            Some(Scale::Whole) => Some(number),
            None if number == 0.0 => Some(0.0),
            // Either all of it, or 1 %.
            None => None,
        }
    }
}

/// What was found in a body. What is found first, from the outside inwards, stays.
#[derive(Default)]
struct Findings {
    uploaded: bool,
    underway: bool,
    failed: bool,
    word: Option<String>,
    reason: Option<String>,
    percent: Option<AnyJson>,
    share: Option<AnyJson>,
    arrived: Option<u64>,
    total: Option<u64>,
}

impl Findings {
    fn look_into(&mut self, json: &AnyJson, token: &str, depth: usize) {
        let AnyJson::Object(members) = json else { return };
        for (name, value) in members.iter().take(MOST_MEMBERS) {
            self.take(&plain(name), value, token);
        }
        if depth > 0 {
            for (_, value) in members.iter().take(MOST_MEMBERS) {
                self.look_into(value, token, depth - 1);
            }
        }
    }

    fn take(&mut self, name: &str, value: &AnyJson, token: &str) {
        let is_one_of = |names: &[&str]| names.contains(&name);
        match value {
            AnyJson::Bool(yes) => {
                self.uploaded |= *yes && is_one_of(&YES_IS_UPLOADED);
                self.failed |= (*yes && is_one_of(&YES_IS_FAILED)) || (!*yes && is_one_of(&["success", "succeeded"]));
            }
            AnyJson::Text(text) if is_one_of(&STATUS) => self.take_status(text),
            AnyJson::Text(text) if name == "hostedtoken" => self.uploaded |= !token.is_empty() && text == token,
            _ => {}
        }
        if is_one_of(&["error", "errors"]) && !is_nothing(value) && *value != AnyJson::Bool(false) {
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
            self.arrived = value.count();
        }
        if is_one_of(&TOTAL) && self.total.is_none() {
            self.total = value.count();
        }
    }

    fn take_status(&mut self, text: &str) {
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

/// The number, also spelled as text or with a percent sign; never infinite.
fn number(json: &AnyJson) -> Option<f64> {
    match json {
        AnyJson::Fraction(number) => Some(*number),
        AnyJson::Text(text) => {
            let text = text.trim().trim_end_matches('%').trim_end();
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if is_number && text.len() < 20 { text.parse().ok() } else { None }
        }
        _ => None,
    }
}

fn is_nothing(json: &AnyJson) -> bool {
    match json {
        AnyJson::Null => true,
        AnyJson::Text(text) => text.is_empty() || text == "0",
        AnyJson::List(items) => items.is_empty(),
        AnyJson::Object(members) => members.is_empty(),
        AnyJson::Bool(_) | AnyJson::Fraction(_) => false,
    }
}

/// What a reason says: a text, the first text of a list, or the message in an object.
fn sentence(json: &AnyJson) -> Option<String> {
    match json {
        AnyJson::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        AnyJson::List(items) => items.iter().find_map(|item| match item {
            AnyJson::List(_) => None,
            other => sentence(other),
        }),
        AnyJson::Object(_) => ["detail", "message", "title", "reason"].iter().find_map(|name| match json.get(name) {
            Some(AnyJson::Text(text)) => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    }
}

#[cfg(test)]
#[path = "progress_tests.rs"]
mod tests;
