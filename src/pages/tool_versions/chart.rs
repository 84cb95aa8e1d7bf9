//! How many workspaces use each minor version.

use domain::{inventory::Entry, tool_versions::usage_text};
use leptos::prelude::*;

use super::list::{CHART, ListView};
use crate::{
    paths::{self, ListQuery},
    router::Link,
    ui::{Button, ButtonKind},
};

/// The width of the longest bar, in the units of the drawing.
const LONGEST: u64 = 1_000;

/// What can still be seen.
const SHORTEST: u64 = 5;

/// So many bars are shown at once: an old installation has used hundreds of minor versions.
const MOST: usize = 40;

/// A bar for each minor version that workspaces use, the newest first. Each leads to its versions.
#[component]
pub fn Chart(
    /// What the list shows.
    view: ListView,
) -> impl IntoView {
    let inventory = view.inventory;
    // Drawn when everything is there, not again and again while it comes.
    let bars = Memo::new(move |known: Option<&Vec<(String, u64)>>| {
        if inventory.is_busy() {
            return known.cloned().unwrap_or_default();
        }
        inventory.with(|store| {
            let places = 0..u32::try_from(store.entries().len()).unwrap_or(u32::MAX);
            usage_by_minor(places.filter_map(|place| store.get(place)))
        })
    });
    let is_whole = RwSignal::new(false);
    let rows = move || {
        let (bars, is_whole) = (bars.get(), is_whole.get());
        let most = bars.iter().map(|(_, usage)| *usage).max().unwrap_or(1).max(1);
        let shown = bars.into_iter().take(if is_whole { usize::MAX } else { MOST });
        shown.map(|(minor, usage)| view! { <Bar view minor usage most/> }).collect_view()
    };
    let count = Memo::new(move |_| bars.with(Vec::len));
    let none = move || match (count.get(), inventory.is_busy()) {
        (0, true) => Some("Loading…"),
        (0, false) => Some("No workspace uses any of these versions."),
        _ => None,
    };
    let show_all = move || {
        (count.get() > MOST && !is_whole.get()).then(|| {
            let text = move || format!("Show all {} minor versions", count.get());
            view! { <Button kind=ButtonKind::Quiet on_press=move |()| is_whole.set(true)>{text}</Button> }
        })
    };
    view! {
        <figure class="chart" aria-label=CHART>
            <ul>{rows}</ul>
            <p class="muted">{none}</p>
            {show_all}
        </figure>
    }
}

#[component]
fn Bar(view: ListView, minor: String, usage: u64, most: u64) -> impl IntoView {
    let range = ["~> ", &minor, ".0"].concat();
    let size = view.query.get_untracked().size;
    let href = paths::tool_versions(view.tool, &ListQuery { size, range, ..ListQuery::default() });
    let width = (usage.saturating_mul(LONGEST) / most).max(SHORTEST).to_string();
    view! {
        <li>
            <Link href>
                <span class="chart-name">{minor}</span>
                <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=width height="10"></rect>
                </svg>
                <span class="chart-count">{usage_text(Some(usage))}</span>
            </Link>
        </li>
    }
}

/// The minor versions that workspaces use, and by how many, the newest first.
fn usage_by_minor<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<(String, u64)> {
    let mut by_minor: Vec<(Vec<u64>, String, u64)> = Vec::new();
    for entry in entries {
        let usage = entry.version().attributes.usage.unwrap_or_default();
        if let Some(minor) = entry.key().minor().filter(|_| usage > 0) {
            let numbers: Vec<u64> = minor.split('.').map(|number| number.parse().unwrap_or_default()).collect();
            match by_minor.binary_search_by(|(known, ..)| numbers.cmp(known)) {
                Ok(place) => by_minor.get_mut(place).into_iter().for_each(|(.., sum)| *sum += usage),
                Err(place) => by_minor.insert(place, (numbers, minor, usage)),
            }
        }
    }
    by_minor.into_iter().map(|(_, minor, usage)| (minor, usage)).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "a test fails by panicking")]

    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    fn entry(number: &str, usage: u64) -> Entry {
        let version = json!({"id": number, "type": "", "attributes": {"version": number, "usage": usage}});
        Entry::new(Arc::new(serde_json::from_value(version).unwrap_or_else(|error| panic!("{error}"))))
    }

    #[test]
    fn usage_is_summed_by_minor_version_with_the_newest_first() {
        let entries =
            [entry("1.9.8", 2), entry("1.10.0", 3), entry("1.9.0-rc1", 1), entry("0.11.1", 0), entry("latest", 9)];
        let expected = [("1.10".to_owned(), 3), ("1.9".to_owned(), 3)];
        assert_eq!(usage_by_minor(entries.iter()), expected);
    }
}
