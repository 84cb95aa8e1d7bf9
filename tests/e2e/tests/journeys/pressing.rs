//! Presses of 80 to 200 ms, as people make them, while the page changes many times a second.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use axum::http::Method;
use e2e::{Answer, Console, Gate, Seed, journey};
use serde_json::{Value, json};

use crate::archives::{CREATE, choose, large_archive_of, send, start};

const MEGABYTE: u64 = 1024 * 1024;

#[tokio::test]
async fn a_press_on_cancel_of_any_length_cancels_an_upload() {
    journey(Seed::Demo, async |console| {
        // The server may still hold the connection of the attempt that was cancelled.
        console.expect_logged("status of 409");
        let folder = tempfile::tempdir().unwrap();
        upload_slowly(console).await;
        send(console, &large_archive_of(folder.path(), 20)).await;
        for milliseconds in [80, 140, 200] {
            expect_moving_bar(console).await;
            console.press_for(milliseconds, "button", "Cancel").await;
            console.expect_text("Cancelled.").await;
            console.press_for(milliseconds, "button", "Try again").await;
            console.expect_text("Sending the archive").await;
        }
        assert_eq!(console.front().calls(&Method::POST).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_upload_on_its_way_leaves_focus_and_scrolling_to_the_user() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let archive = large_archive_of(folder.path(), 20);
        upload_slowly(console).await;
        start(console).await;
        for _ in 0..12 {
            console.click("button", "Add variable").await;
        }
        let script = "document.querySelectorAll('input').forEach((field, at) => {
            if (field.labels[0]?.textContent.trim() !== 'Key') { return; }
            field.value = 'key' + at;
            field.dispatchEvent(new Event('input', { bubbles: true }));
          })";
        console.script(script, Vec::new()).await.unwrap();
        choose(console, "archive", &archive).await;
        console.expect_text("will be sent as it is").await;
        console.click("button", "Create and upload").await;
        expect_moving_bar(console).await;
        let to_the_top = "scrollTo({ top: 0, behavior: 'instant' });
            document.activeElement.blur();
            const link = Array.from(document.querySelectorAll('nav a')).find((it) => it.innerText === 'Terraform versions');
            link.focus({ preventScroll: true })";
        console.script(to_the_top, Vec::new()).await.unwrap();
        expect_moving_bar(console).await;
        let script = "return [scrollY, document.activeElement?.innerText ?? '']";
        let found = console.script(script, Vec::new()).await.unwrap();
        assert_eq!(found, json!([0, "Terraform versions"]), "scrolled, and the focus");
    })
    .await;
}

#[tokio::test]
async fn packing_that_was_cancelled_is_over_when_it_is_tried_again() {
    journey(Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let module = large_folder(folder.path(), 120 * MEGABYTE);
        let gate = Gate::closed();
        console.front().answer(Method::POST, CREATE, 1, Answer::After(gate.clone()));
        start(console).await;
        choose(console, "folder", &module).await;
        console.expect_text("will be packed and sent").await;
        console.click("button", "Create and upload").await;
        expect_bar_beyond(console, 0.1).await;
        console.click("button", "Cancel").await;
        console.expect_text("Cancelled.").await;
        console.click("button", "Try again").await;
        watch_the_bar(console).await;
        console
            .until("the packing to be far enough for both to have reported", async || match bar(console).await? {
                position if position > 0.6 || !console.front().calls(&Method::POST).is_empty() => Ok(()),
                position => Err(format!("the bar is at {position}")),
            })
            .await;
        let seen: Vec<f64> =
            serde_json::from_value(console.script("return window.seen", Vec::new()).await.unwrap()).unwrap();
        // It may begin again, once.
        let beginning = seen.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1)).map_or(0, |(at, _)| at);
        let back = seen[beginning..].windows(2).find(|it| it[1] < it[0]);
        assert_eq!(back, None, "the bar jumped backwards, so that two packings report: {seen:?}");
        assert!(seen.len() > 2, "the packing was not seen on its way: {seen:?}");
        console.expect_calls(Method::POST, 1).await;
        gate.open();
        console.expect_text("was uploaded.").await;
    })
    .await;
}

/// From now on an archive of 20 MB takes some 20 s.
async fn upload_slowly(console: &Console) {
    let conditions = json!({
        "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": MEGABYTE
    });
    console.browser().devtools("Network.enable", json!({})).await;
    console.browser().devtools("Network.emulateNetworkConditions", conditions).await;
}

/// How full the bar is; -1 where nothing is known or there is none.
async fn bar(console: &Console) -> Result<f64, String> {
    let script = "return document.querySelector('progress[aria-label=Upload]')?.position ?? -1";
    Ok(console.script(script, Vec::new()).await?.as_f64().unwrap_or(-1.0))
}

/// Waits until the bar moves on from where it is.
async fn expect_moving_bar(console: &Console) {
    let first = console
        .until("a bar", async || match bar(console).await? {
            none if none < 0.0 => Err("there is none".to_owned()),
            position => Ok(position),
        })
        .await;
    console
        .until("the bar to move", async || match bar(console).await? {
            position if position > first => Ok(()),
            position => Err(format!("it is at {position}")),
        })
        .await;
}

async fn expect_bar_beyond(console: &Console, least: f64) {
    console
        .until("the bar to move", async || match bar(console).await? {
            position if position > least => Ok(()),
            position => Err(format!("it is at {position}")),
        })
        .await;
}

/// Notes from now on how full the bar is in each frame, up to the end of the packing.
async fn watch_the_bar(console: &Console) {
    let script = "window.seen = [];
        let last = -1;
        const look = () => {
          const position = document.querySelector('progress[aria-label=Upload]')?.position ?? -1;
          if (position >= 0 && position !== last && document.body.innerText.includes(' packed')) {
            window.seen.push(position);
            last = position;
          }
          requestAnimationFrame(look);
        };
        look()";
    let watched: Value = console.script(script, Vec::new()).await.unwrap();
    assert_eq!(watched, Value::Null);
}

/// A folder with a file of so many bytes that cannot be compressed.
fn large_folder(place: &Path, bytes: u64) -> PathBuf {
    let module = place.join("module");
    fs::create_dir(&module).unwrap();
    let mut file = File::create(module.join("random.bin")).unwrap();
    std::io::copy(&mut File::open("/dev/urandom").unwrap().take(bytes), &mut file).unwrap();
    file.flush().unwrap();
    module
}
