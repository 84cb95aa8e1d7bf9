//! What became of every version: at any moment, as text, as CSV and as JSON.

use serde::Serialize;

use super::{End, Run, State, Track};
use crate::{count::grouped, csv::push_line, plan::Item, text::visible};

/// A version and its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Its number.
    pub version: String,
    /// Its id; empty for one that was to be added and was not.
    pub id: String,
    /// What was so before, in words.
    pub now: String,
    /// What was to be so.
    pub after: String,
    /// What became of it: "done", "already so", "refused", "failed", "unclear", "changed meanwhile", "not tried", or,
    /// while it runs, "waiting", "checking", "sending", "looking up".
    pub end: String,
    /// Why, as a sentence; empty where the end says all.
    pub why: String,
}

/// A report of a run, at one moment of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// "Report: disable"
    pub heading: String,
    /// "9 done, 1 already so, 1 refused, 1 failed, 0 not tried"
    pub summary: String,
    /// Every version of the plan, in its order.
    pub versions: Vec<Row>,
}

impl Run {
    /// What is known now.
    pub fn report(&self) -> Report {
        let tracks = self.plan.items.iter().zip(&self.tracks);
        let row = |(item, track): (&Item, &Track)| Row {
            version: item.version.clone(),
            id: track.id.clone().unwrap_or_else(|| item.id.clone()),
            now: item.now.clone(),
            after: item.after.clone(),
            end: track.state.label().to_ascii_lowercase(),
            why: match &track.state {
                State::Ended(end) => end.why().to_owned(),
                _ => String::new(),
            },
        };
        Report { heading: self.plan.purpose.report(), summary: self.summary(), versions: tracks.map(row).collect() }
    }

    /// "9 done, 1 already so, 1 refused, 1 failed, 0 not tried". The five add up to all versions: what is unclear and what
    /// somebody else changed meanwhile is not done, counts as failed, and is told behind; so is what is still under way,
    /// which counts as not tried.
    pub fn summary(&self) -> String {
        let [mut done, mut so, mut refused, mut failed, mut not_tried, mut unclear, mut changed, mut under_way] =
            [0; 8];
        for track in &self.tracks {
            let count = match &track.state {
                State::Ended(End::Done) => &mut done,
                State::Ended(End::AlreadySo) => &mut so,
                State::Ended(End::Refused(_)) => &mut refused,
                State::Ended(End::Failed(_)) => &mut failed,
                State::Ended(End::Unclear(_)) => {
                    failed += 1;
                    &mut unclear
                }
                State::Ended(End::ChangedMeanwhile) => {
                    failed += 1;
                    &mut changed
                }
                State::Ended(End::NotTried) | State::Ahead => &mut not_tried,
                _ => {
                    not_tried += 1;
                    &mut under_way
                }
            };
            *count += 1_usize;
        }
        let mut text = String::new();
        let parts = [
            (done, " done, "),
            (so, " already so, "),
            (refused, " refused, "),
            (failed, " failed, "),
            (not_tried, " not tried"),
        ];
        for (count, words) in parts {
            text.push_str(&grouped(count as u64));
            text.push_str(words);
        }
        let mut mark = " (";
        for (count, words) in [(unclear, " unclear"), (changed, " changed meanwhile"), (under_way, " under way")] {
            if count > 0 {
                text.extend([mark, &grouped(count as u64), words]);
                mark = ", ";
            }
        }
        if mark == ", " {
            text.push(')');
        }
        text
    }
}

impl Report {
    /// For copying: the heading, the summary, and a line for each version.
    pub fn to_text(&self) -> String {
        let mut text = [&self.heading, "\n", &self.summary, "\n"].concat();
        for row in &self.versions {
            text.extend(["\n", &visible(&row.version), ": ", &row.end]);
            if !row.why.is_empty() {
                text.extend([". ", &visible(&row.why)]);
            }
        }
        text.push('\n');
        text
    }

    /// RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        push_line(&mut text, &["Version", "Id", "Before", "After", "End", "Why"]);
        for it in &self.versions {
            push_line(&mut text, &[&it.version, &it.id, &it.now, &it.after, &it.end, &it.why]);
        }
        text
    }

    /// The report as it is here.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
