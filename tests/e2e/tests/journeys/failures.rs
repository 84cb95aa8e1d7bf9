//! Servers that fail, keep silent, or answer what no installation would.

use std::time::{Duration, Instant};

use axum::http::Method;
use e2e::{Answer, Console, LIST, Seed, journey};
use serde_json::{Value, json};

const TABLE: &str = "Terraform versions";

/// An error notice is on screen at the latest so long after the request began to fail.
const NOTICE_LIMIT: Duration = Duration::from_secs(10);

const ALWAYS: usize = usize::MAX;

#[tokio::test]
async fn a_failing_server_is_told_in_time_and_trying_again_helps() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 500");
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::status(500));
        console.start_at("/terraform-versions").await;
        told_in_time(console, "The server failed to do this").await;
        console.front().behave();
        console.click("button", "Try again").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_no_alert().await;
        console.expect_some_focus().await;
    })
    .await;
}

#[tokio::test]
async fn old_rows_stay_when_a_refresh_fails() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 503");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::status(503));
        console.click("button", "Refresh").await;
        told_in_time(console, "The server failed to do this").await;
        console.expect_rows(TABLE, "the old rows", |rows| rows.len() == 20 && rows[0][0] == "1.14.0-rc1").await;
        console.front().behave();
        console.click("button", "Try again").await;
        console.expect_text("1–20 of 70").await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn a_passing_failure_is_not_even_noticed() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 502");
        console.front().answer(Method::GET, LIST, 1, Answer::html(502, "<h1>Bad gateway</h1>"));
        console.start_at("/terraform-versions").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn a_silent_server_is_told_in_time() {
    journey(Seed::Demo, async |console| {
        console.front().answer(Method::GET, LIST, 1, Answer::Never);
        console.start_at("/terraform-versions").await;
        told_in_time(console, "The server did not answer in time.").await;
        console.click("button", "Try again").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_told_and_old_rows_stay() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("net::ERR_INTERNET_DISCONNECTED");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        console.set_online(false).await;
        console.click("button", "Refresh").await;
        told_in_time(console, "The server cannot be reached.").await;
        console.expect_rows(TABLE, "the old rows", |rows| rows.len() == 20).await;
        console.set_online(true).await;
        console.click("button", "Try again").await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn a_web_page_in_place_of_an_answer_is_not_understood_and_can_be_copied() {
    journey(Seed::Demo, async |console| {
        let page = "<!doctype html><title>Sign in</title><script>document.title='taken over'</script>";
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::html(200, page));
        console.start_at("/terraform-versions").await;
        told_in_time(console, "The server sent something this console does not understand").await;
        console.expect_alert("200").await;
        console.expect_alert("<title>Sign in</title>").await;
        console.expect_heading("Terraform versions").await;
        console.click("button", "Copy details").await;
        console.expect_status("Copied to the clipboard.").await;
        console.front().behave();
        console.click("button", "Try again").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
    })
    .await;
}

#[tokio::test]
async fn answers_that_break_off_or_are_something_else_are_not_understood() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        for body in ["", "{\"data\":[{\"id\":", "{\"data\":null}", "[]", "\"ok\"", "\u{0}\u{1}\u{2}"] {
            let answer = Answer::Text(200, vec![("content-type", "application/vnd.api+json")], body.to_owned());
            console.front().answer(Method::GET, LIST, ALWAYS, answer);
            console.click("link", "Add version").await;
            console.click("link", "Terraform versions").await;
            console.expect_alert("does not understand").await;
            console.front().behave();
            console.click("button", "Try again").await;
            console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_asks_for_a_pause_gets_it() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 429");
        console.front().answer(Method::GET, LIST, 1, pause("1"));
        console.start_at("/terraform-versions").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_no_alert().await;

        // A longer one is no error either: what is there can be used meanwhile.
        console.front().answer(Method::GET, LIST, ALWAYS, pause("60"));
        console.click("button", "Refresh").await;
        console.expect_calls(Method::GET, 5).await;
        console.click("button", "Next page").await;
        console.expect_text("21–40 of 70").await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn hostile_texts_are_shown_as_texts() {
    journey(Seed::Demo, async |console| {
        let id = "tool-hostile";
        let hostile = hostile(id);
        let pagination =
            json!({"current-page": 1, "prev-page": null, "next-page": null, "total-pages": 1, "total-count": 1});
        let list = json!({"data": [hostile], "meta": {"pagination": pagination}});
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::json(200, &list));
        let detail = json!({"data": hostile});
        console.front().answer(Method::GET, &console.site().path_of(id), ALWAYS, Answer::json(200, &detail));

        let shown = "<img src=x onerror=alert(1)>\\u{202e}0.1";
        console.start_at("/terraform-versions").await;
        console.expect_rows(TABLE, "the text", |rows| rows[0][0] == shown).await;
        console.expect_no_sideways_scrolling("the list").await;
        console.click("link", shown).await;
        console.expect_heading(&format!("Terraform {shown}")).await;
        for text in ["javascript:alert(1)", "<b>arch</b>", "<script>alert(1)</script>", "not-a-date"] {
            console.expect_text(text).await;
        }
        console.expect_no_sideways_scrolling("the page of a version").await;
        let made = "return document.querySelectorAll('img, script:not([src]), b, iframe, [onerror]').length
            + Array.from(document.links).filter((link) => link.protocol === 'javascript:').length";
        assert_eq!(console.script(made, Vec::new()).await, Ok(json!(0)));
        console.click("link", "Edit").await;
        console.expect_heading(&format!("Edit Terraform {shown}")).await;
        console.expect_text("Nothing has changed yet").await;
        assert_eq!(console.script(made, Vec::new()).await, Ok(json!(0)));
    })
    .await;
}

#[tokio::test]
async fn a_hostile_id_leads_nowhere_else() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        let list = json!({
            "data": [hostile("../../../evil?x=1#y")],
            "meta": {"pagination": {"current-page": 1, "total-pages": 1, "total-count": 1}}
        });
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::json(200, &list));
        console.start_at("/terraform-versions").await;
        console.click("link", "<img src=x onerror=alert(1)>\\u{202e}0.1").await;
        console.expect_heading("Not found").await;
        let path = console.path().await.unwrap();
        assert!(path.starts_with("/terraform-versions/"), "{path}");
        let asked = console.front().calls(&Method::GET);
        assert!(asked.iter().all(|call| call.path.starts_with("/api/v2/a")), "{asked:?}");
    })
    .await;
}

/// Waits for a notice, which must be there in time.
async fn told_in_time(console: &Console, text: &str) {
    let began = Instant::now();
    console.expect_alert(text).await;
    assert!(began.elapsed() < NOTICE_LIMIT, "it took {:?}", began.elapsed());
}

/// "Too many requests", and how long to wait.
fn pause(seconds: &'static str) -> Answer {
    let body = json!({"errors": [{"status": 429, "title": "Too many requests"}]}).to_string();
    Answer::Text(429, vec![("content-type", "application/vnd.api+json"), ("retry-after", seconds)], body)
}

/// A version whose every text tries something.
fn hostile(id: &str) -> Value {
    json!({
        "id": id,
        "type": "terraform-versions",
        "attributes": {
            "version": "<img src=x onerror=alert(1)>\u{202e}0.1",
            "url": "javascript:alert(1)",
            "sha": "<script>alert(1)</script>",
            "official": false,
            "enabled": true,
            "beta": false,
            "deprecated": true,
            "deprecated-reason": format!("<iframe src=//evil.example></iframe>{}", "x".repeat(2_000)),
            "usage": 0,
            "created-at": "not-a-date",
            "archs": [{"url": "data:text/html,<script>alert(1)</script>", "sha": "", "os": "linux", "arch": "<b>arch</b>"}],
            "unknown": {"deep": [1, 2, 3]}
        }
    })
}
