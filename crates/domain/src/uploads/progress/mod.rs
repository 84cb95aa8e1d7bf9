//! How far an upload is, read out of whatever the progress endpoint sends.
//!
//! The body is documented nowhere, and no client ever read it (facts.md 3.5). So it is read as any JSON: a bar is drawn
//! where a fraction, a percentage or bytes of a total can be recognised, an end where a status says so, and anything
//! else is shown unread. Nothing uncertain is claimed: an upload that is taken for done by mistake is worse than one
//! that is followed too long.
//!
//! `serde_json::Value` is used here only. It weighs more than the bodies of `wire`, but only a page that is loaded
//! when it is opened reads progress.

mod findings;

use serde_json::Value;

use findings::{Findings, number};

/// How many objects within objects are looked into.
const DEEPEST: usize = 4;

/// The state of an upload.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nothing says that it has ended.
    Underway,
    /// The archive is there.
    Uploaded,
    /// It failed, and perhaps the body says why. Not made visible yet.
    Failed(Option<String>),
}

/// A progress bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// From 0 to 1.
    pub done: f64,
    /// Bytes that have arrived and bytes in all, where the body counts them.
    pub bytes: Option<(u64, u64)>,
}

/// The recognised part of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its state.
    pub stage: Stage,
    /// The bar, where one can be drawn.
    pub bar: Option<Bar>,
    /// The state in the body's own word, where there is one. Not made visible yet.
    pub word: Option<String>,
}

impl Reading {
    /// Whether anything was recognised: else only the body itself tells the state.
    pub fn is_understood(&self) -> bool {
        self.stage != Stage::Underway || self.bar.is_some() || self.word.is_some()
    }
}

/// The unit of numbers without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    /// From 0 to 1.
    Whole,
    /// From 0 to 100.
    Percent,
}

/// Reads one response after the other, and remembers the unit of its numbers: `1` after `0.5` is the whole, and 1 % after
/// `0` cannot be told from it.
#[derive(Clone, Debug, Default)]
pub struct ProgressReader {
    scale: Option<Scale>,
}

impl ProgressReader {
    /// Reads a body. `token` is the upload's own: a body that names it as the hosted one tells that the archive is there.
    pub fn read(&mut self, json: &Value, token: &str) -> Reading {
        let mut found = Findings::default();
        match json {
            Value::Object(_) => found.look_into(json, token, DEEPEST),
            // A body that is one number or one word.
            Value::String(text) if self.share(json).is_none() => found.take_status(text),
            Value::String(_) | Value::Number(_) => found.share = Some(json.clone()),
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
    fn share(&mut self, json: &Value) -> Option<f64> {
        if let Value::String(text) = json
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

#[cfg(test)]
mod tests;
