//! Five hundred versions are changed on an installation that fails in every way: what is reported is what was done.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode};
use e2e::{Answer, Call, Console, LIST, RENEWED_TOKEN, Seed, journey};
use serde_json::{Value, json};

const COUNT: usize = 500;
const REASON: &str = "Out of support since June";

/// Attributes by id.
type Versions = BTreeMap<String, Value>;

#[tokio::test]
async fn a_run_of_500_ends_with_exactly_what_it_reports_and_its_undo_brings_the_old_values_back() {
    journey(Seed::Synthetic(500), async |console| {
        for error in ["status of 4", "status of 5", "net::ERR_"] {
            console.expect_logged(error);
        }
        let planned = versions(console).await;
        assert_eq!(planned.len(), COUNT);
        console.start_at("/terraform-versions").await;
        console.expect_status("500 versions").await;
        console.tick("Select page").await;
        console.click("button", "Select all 500 matching").await;
        console.expect_status("500 selected").await;
        console.click("button", "Deprecate").await;
        console.expect_heading("Deprecate 500 versions?").await;
        console.fill("Reason", REASON).await;
        console.expect_status("500 will change, 0 already so, 0 refused").await;

        let gone = meddle(console, &planned).await;
        misbehave(console, &planned);
        let before = versions(console).await;
        let asked_before = console.front().all_calls().len();
        assert_eq!(console.front().calls(&Method::PATCH).len(), 0, "nothing is sent before the button is pressed");
        console.click("button", "Deprecate 500 versions").await;
        console.expect("dialog", "Connect again").await;
        console.connect(RENEWED_TOKEN).await;
        expect_report(console, "Report: deprecate").await;
        let summary = "482 done, 0 already so, 7 refused, 11 failed, 0 not tried (3 changed meanwhile)";
        console.expect_status(summary).await;

        let report = downloaded(console).await;
        assert_eq!(report["summary"], summary);
        let rows = report["versions"].as_array().unwrap();
        assert_eq!(rows.len(), COUNT);
        let after = versions(console).await;
        for row in rows {
            let id = row["id"].as_str().unwrap();
            let expected = if row["end"] == "done" { before.get(id).map(deprecated) } else { before.get(id).cloned() };
            assert_eq!(after.get(id).cloned(), expected, "not as reported: {row}");
            assert_eq!(gone.contains(&id.to_owned()), !after.contains_key(id));
        }
        let calls = console.front().all_calls().split_off(asked_before);
        for (id, attributes) in &planned {
            expect_sent_rightly(&calls, &console.site().path_of(id), attributes);
        }

        console.front().behave();
        console.click("button", "Undo").await;
        console.expect_heading("Undo 482 changes?").await;
        console.expect_status("482 will change, 0 already so, 0 refused").await;
        console.click("button", "Undo 482 changes").await;
        expect_report(console, "Report: undo").await;
        console.expect_status("482 done, 0 already so, 0 refused, 0 failed, 0 not tried").await;
        assert!(versions(console).await == before, "the undo has left something else");
    })
    .await;
}

/// After the plan was made, somebody else deletes two versions and changes three others. Returns those that have gone.
async fn meddle(console: &Console, planned: &Versions) -> Vec<String> {
    let is_free = |(_, it): &(&String, &Value)| it["official"] == json!(false) && it["usage"] == json!(0);
    let free: Vec<&String> = planned.iter().filter(is_free).map(|(id, _)| id).collect();
    let (gone, changed) = (&free[..2], &free[2..5]);
    for id in gone {
        let (status, answer) = console.site().ask(Method::DELETE, &console.site().path_of(id), None).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{answer}");
    }
    for id in changed {
        console.site().change(id, json!({"beta": planned[*id]["beta"] == json!(false)})).await;
    }
    gone.iter().map(|id| (*id).clone()).collect()
}

/// Every way to fail, each for versions of its own.
fn misbehave(console: &Console, planned: &Versions) {
    let error = |status: u16| Answer::json(status, &json!({"errors": [{"status": status.to_string(), "title": "no"}]}));
    let headers = vec![("x-ratelimit-limit", "400"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0.4")];
    let ways: [(usize, usize, Answer); 12] = [
        (4, 1, Answer::Text(429, headers, String::new())),
        (1, 1, Answer::status(429)),
        (5, usize::MAX, error(422)),
        (2, usize::MAX, error(409)),
        (4, usize::MAX, error(404)),
        (5, 1, Answer::InPlace(500)),
        (2, 1, Answer::InPlace(504)),
        (4, 1, Answer::BrokenOff),
        (3, 1, Answer::BrokenAtOnce),
        (2, 1, Answer::status(503)),
        (2, usize::MAX, Answer::status(500)),
        (1, 1, Answer::TokenRenewed),
    ];
    // Those with which nobody meddles, spread over the run.
    let mut ids = planned.iter().filter(|(_, it)| it["official"] == json!(true)).map(|(id, _)| id);
    for (count, times, answer) in ways {
        for id in ids.by_ref().take(count) {
            console.front().answer(Method::PATCH, &console.site().path_of(id), times, answer.clone());
        }
    }
}

/// What was sent for a version holds only what changes, and is sent a second time only after a look: also where it was
/// refused for the sake of its token or of the limit, since somebody may have changed the version while it waited.
fn expect_sent_rightly(calls: &[Call], path: &str, planned: &Value) {
    let update = if planned["deprecated"] == json!(true) {
        json!({"deprecated-reason": REASON})
    } else {
        json!({"deprecated": true, "deprecated-reason": REASON})
    };
    let calls: Vec<&Call> = calls.iter().filter(|call| call.path == path).collect();
    assert_eq!(calls[0].method, Method::GET, "{path} is looked at before it is changed");
    let sent: Vec<&Call> = calls.iter().filter(|call| call.method == Method::PATCH).copied().collect();
    assert!(sent.iter().all(|call| call.body["data"]["attributes"] == update), "{sent:?}");
    let is_sent_twice = |pair: &[&Call]| pair.iter().all(|call| call.method == Method::PATCH);
    assert!(!calls.windows(2).any(is_sent_twice), "{path} is sent twice without a look");
    assert!(sent.len() <= 3, "{path} is sent {} times", sent.len());
}

/// Waits for the report as long as the run goes on.
async fn expect_report(console: &Console, heading: &str) {
    let mut is_over = false;
    while !is_over {
        let asked = console.front().all_calls().len();
        let glance = async || match console.script("return document.querySelector('h1')?.innerText", vec![]).await? {
            shown if shown == json!(heading) => Ok(true),
            _ if console.front().all_calls().len() > asked => Ok(false),
            shown => Err(format!("the heading is {shown}")),
        };
        is_over = console.until("the run to go on", glance).await;
    }
    console.expect_heading(heading).await;
}

/// The report as it is saved.
async fn downloaded(console: &Console) -> Value {
    let folder = tempfile::tempdir().unwrap();
    console.save_downloads_in(folder.path()).await;
    console.choose("as", "JSON").await;
    console.click("button", "Download report").await;
    serde_json::from_str(&console.expect_saved(&folder.path().join("report.json")).await).unwrap()
}

/// All versions as the server has them now.
async fn versions(console: &Console) -> Versions {
    let mut all = Versions::new();
    for page in 1..=COUNT / 100 {
        let path = format!("{LIST}?page%5Bsize%5D=100&page%5Bnumber%5D={page}");
        let (_, body) = console.site().ask(Method::GET, &path, None).await;
        let items = body["data"].as_array().cloned().unwrap_or_default();
        all.extend(items.into_iter().map(|it| (it["id"].as_str().unwrap().to_owned(), it["attributes"].clone())));
    }
    all
}

fn deprecated(attributes: &Value) -> Value {
    let mut attributes = attributes.clone();
    attributes["deprecated"] = json!(true);
    attributes["deprecated-reason"] = json!(REASON);
    attributes
}
