//! `cargo xtask bench inventory`: how fast the list is with ten thousand versions, in real Chromium, and how much memory
//! it takes. It fails where a limit of the table is exceeded.
//!
//! Times are from the event to a frame, as the page itself sees them: the next one, which shows that the key or the button
//! was pressed, and the one that shows the rows. A machine that does other things meanwhile is slower: run it on an idle
//! one.
#![expect(clippy::panic, reason = "what cannot be measured is no measurement, as in a test")]

mod measuring;
mod table;

use std::{num::NonZeroU32, process::ExitCode};

use e2e::{Key, LIST, Seed, measurement};
use serde_json::{Value, json};

use measuring::{Frames, Measured};
use table::{Line, percentile, table};

const MANY: u32 = 10_000;

/// Requests that the server answers in a second.
const LIMIT: NonZeroU32 = NonZeroU32::new(30).unwrap();

/// How often the list is opened.
const OPENINGS: usize = 7;

/// How much slower the machine is made for keys, sorting and filters.
const SLOWER: u32 = 4;

/// At most from a key to its frame, in milliseconds.
const FRAME: f64 = 32.0;

const WORDS: [&str; 6] = ["1.2.3", "acme2", "rc10", "alpha2019", "oci", "2.7"];
const HEADINGS: [&str; 4] = ["Usage", "Status", "Created", "Version"];
const FILTERS: [&str; 8] = ["Enabled", "Disabled", "Official", "Custom", "Beta", "Deprecated", "In use", "Unused"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let few = measurement(Seed::Demo, LIMIT, async |console| {
        let page = Measured(console);
        page.connect().await;
        openings(&page).await
    })
    .await;
    let lines = measurement(Seed::Synthetic(MANY), LIMIT, async |console| {
        let page = Measured(console);
        page.connect().await;
        let many = openings(&page).await;
        let mut lines = vec![
            Line::told("First row with 70 versions, median", few, "ms"),
            Line::told("First row with 10,000 versions, median", many, "ms"),
            Line::limited("Ratio of the two", many / few, 1.1, ""),
        ];
        lines.extend(loading(&page).await);
        lines.extend(selecting(&page, "", Some(50.0)).await);
        page.slow_down(SLOWER).await;
        lines.extend(painting("A key in the search", &typing(&page).await));
        lines.extend(painting("Sorting", &sorting(&page).await));
        lines.extend(painting("A filter", &filtering(&page).await));
        lines.extend(selecting(&page, ", 4 times slower", None).await);
        page.slow_down(1).await;
        lines.extend(memory(&page).await);
        lines
    })
    .await;
    println!("{}", table(&lines));
    if lines.iter().all(Line::is_within) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The median time until the first row of the list, in milliseconds from the beginning of its opening.
async fn openings(page: &Measured<'_>) -> f64 {
    let mut times = Vec::new();
    for _ in 0..OPENINGS {
        times.push(page.open_list().await);
    }
    percentile(&times, 50.0)
}

/// How long everything takes from the first request on, and how long the page was busy at a time meanwhile.
async fn loading(page: &Measured<'_>) -> Vec<Line> {
    page.open_list().await;
    let loaded = page.loaded().await;
    let requests =
        format!("performance.getEntriesByType('resource').filter((it) => new URL(it.name).pathname === '{LIST}')");
    let begun = page.number(&format!("{requests}[0].startTime")).await;
    let count = page.number(&format!("{requests}.length")).await;
    let first = page.number("bench.first").await;
    let tasks = page.read("bench.tasks").await;
    let tasks: Vec<(f64, f64)> = serde_json::from_value(tasks).unwrap_or_default();
    let longest =
        |from: f64| tasks.iter().filter(|it| it.0 >= from && it.0 < loaded).map(|it| it.1).fold(0.0, f64::max);
    let pages = f64::from(MANY / 100);
    let least = pages / f64::from(LIMIT.get());
    vec![
        Line::limited("All 10,000 loaded, 30 requests a second", (loaded - begun) / 1_000.0, least * 1.25, "s"),
        Line::told("  the least for 100 pages at that rate", least, "s"),
        Line::told("  requests", count, ""),
        Line::limited("Longest task after the first row (0: none over 50)", longest(first), 50.0, "ms"),
        Line::told("Longest task before it", longest(0.0), "ms"),
    ]
}

async fn typing(page: &Measured<'_>) -> Vec<Frames> {
    page.0.press('/').await;
    page.0.expect_focus("searchbox", "Search versions").await;
    let mut times = Vec::new();
    for word in WORDS {
        for key in word.chars() {
            times.push(page.press(key).await);
        }
        page.rest().await;
        for _ in word.chars() {
            times.push(page.press(Key::Backspace.into()).await);
        }
        page.rest().await;
    }
    times
}

async fn sorting(page: &Measured<'_>) -> Vec<Frames> {
    let mut times = Vec::new();
    for heading in HEADINGS.repeat(3).into_iter().flat_map(|heading| [heading; 2]) {
        times.push(page.click("th button", heading).await);
    }
    times
}

async fn filtering(page: &Measured<'_>) -> Vec<Frames> {
    let mut times = Vec::new();
    for filter in FILTERS.repeat(2).into_iter().flat_map(|filter| [filter; 2]) {
        times.push(page.click("[role=group] button", filter).await);
    }
    times
}

/// Selects everything, and takes it back, several times.
async fn selecting(page: &Measured<'_>, how: &str, limit: Option<f64>) -> Vec<Line> {
    // The region for what is selected is loaded at the first time.
    page.0.tick("Select page").await;
    page.0.expect_status("20 selected").await;
    page.0.click("button", "Clear selection").await;
    let mut times = Vec::new();
    for _ in 0..6 {
        page.click("th input", "Select page").await;
        times.push(page.click("button", "Select all").await.painted);
        page.0.expect_status("10,000 selected").await;
        page.click("button", "Clear selection").await;
    }
    let what = format!("Selecting all 10,000{how}, longest");
    let longest = percentile(&times, 100.0);
    vec![limit.map_or_else(|| Line::told(&what, longest, "ms"), |limit| Line::limited(&what, longest, limit, "ms"))]
}

fn painting(what: &str, frames: &[Frames]) -> Vec<Line> {
    let painted: Vec<f64> = frames.iter().map(|it| it.painted).collect();
    let answered: Vec<f64> = frames.iter().map(|it| it.answered).collect();
    let line = |times, what: String, percent| Line::told(&what, percentile(times, percent), "ms");
    vec![
        line(&painted, format!("{what}, 4 times slower, painted, p50 of {}", frames.len()), 50.0),
        Line::limited(&format!("{what}, 4 times slower, painted, p95"), percentile(&painted, 95.0), FRAME, "ms"),
        line(&answered, "  the rows painted, p50".to_owned(), 50.0),
        line(&answered, "  the rows painted, p95".to_owned(), 95.0),
    ]
}

async fn memory(page: &Measured<'_>) -> Vec<Line> {
    let megabytes = |bytes: f64| bytes / 1_000_000.0;
    let wasm = page.number("bench.memory.buffer.byteLength").await;
    page.0.browser().devtools("HeapProfiler.collectGarbage", json!({})).await;
    let heap = page.0.browser().devtools("Runtime.getHeapUsage", json!({})).await;
    let heap = heap.get("usedSize").and_then(Value::as_f64).unwrap_or_else(|| panic!("{heap} has no size"));
    vec![
        Line::limited("Memory of the wasm", megabytes(wasm), 40.0, "MB"),
        Line::told("JavaScript's heap", megabytes(heap), "MB"),
    ]
}
