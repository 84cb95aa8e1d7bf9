//! What an edit will change, before it is sent.

use leptos::prelude::*;

use super::{attribute::value, draft::Change};
use crate::ui::{El, dynamic, el, row, table};

/// The id of the sentence that is there while nothing has changed.
pub const NO_CHANGES: &str = "no-changes";

/// The live section "Changes": field, now, new.
pub fn changes_section(changes: Memo<Vec<Change>>) -> El {
    let content = dynamic(move || {
        changes.with(|changes| {
            if changes.is_empty() {
                return el("p")
                    .id(NO_CHANGES)
                    .class("muted")
                    .child("Nothing has changed yet, so there is nothing to save.");
            }
            change_table("Changes", ["Now", "New"], changes)
        })
    });
    el("section")
        .class("card")
        .attr("aria-labelledby", "changes-heading")
        .child(el("h2").id("changes-heading").child("Changes"))
        .child(el("div").attr("aria-live", "polite").child(content))
}

/// A table of fields with two sides.
pub fn change_table(name: &str, [now, new]: [&str; 2], changes: &[Change]) -> El {
    let rows: Vec<El> = changes
        .iter()
        .map(|change| {
            let side = |text: &str| value(text, "empty").into();
            row(change.field.label().into(), [(now, side(&change.now)), (new, side(&change.new))])
        })
        .collect();
    table(name, &["Field", now, new], rows.into()).class("table stacked change-table")
}
