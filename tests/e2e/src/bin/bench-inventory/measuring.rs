//! Using the page, and reading what it measured.

use std::time::Duration;

use e2e::{ADMIN_TOKEN, Console};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;

const PAGE: &str = include_str!("page.js");

/// As between two keys of somebody who types fast.
const BETWEEN: Duration = Duration::from_millis(120);

/// Longer than the pause after which what is typed is a step of the browser's history.
const REST: Duration = Duration::from_millis(600);

/// How long something took that the user did, in milliseconds.
#[derive(Clone, Copy, Deserialize)]
pub struct Frames {
    /// Until the next frame, which shows the letter or the pressed button.
    pub painted: f64,
    /// Until the frame that shows its outcome.
    pub answered: f64,
}

/// A user whose page measures.
pub struct Measured<'a>(pub &'a Console);

impl Measured<'_> {
    /// Connects for as long as the tab is there, so that the list is what opens from then on.
    pub async fn connect(&self) {
        self.0.run_first(PAGE).await;
        self.0.open("/terraform-versions").await;
        self.0.tick("Keep me connected in this tab").await;
        self.0.connect(ADMIN_TOKEN).await;
        self.0.expect_text("1–20 of").await;
    }

    /// Opens the list with everything of before gone, and waits until its first row is painted, in milliseconds.
    pub async fn open_list(&self) -> f64 {
        let blank = self.0.browser().client().goto("about:blank").await;
        blank.unwrap_or_else(|error| panic!("an empty page does not open: {error}"));
        // The limit of requests is whole again.
        sleep(Duration::from_millis(1_500)).await;
        self.0.open("/terraform-versions").await;
        self.0.until("the first row", async || self.positive("bench.first").await).await
    }

    /// When everything is loaded, in milliseconds.
    pub async fn loaded(&self) -> f64 {
        self.0.until("all versions", async || self.positive("bench.loaded").await).await
    }

    /// What the page says to this expression.
    pub async fn read(&self, expression: &str) -> Value {
        let read = self.0.script(&format!("return {expression}"), Vec::new()).await;
        read.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// A number of the page.
    pub async fn number(&self, expression: &str) -> f64 {
        self.read(expression).await.as_f64().unwrap_or_else(|| panic!("{expression} is no number"))
    }

    /// So many times slower than this machine.
    pub async fn slow_down(&self, rate: u32) {
        self.0.browser().devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
    }

    /// Presses a key, and measures.
    pub async fn press(&self, key: char) -> Frames {
        let known = self.frames().await;
        self.0.press(key).await;
        self.frame(known).await
    }

    /// Presses what is found by a selector and the beginning of its text, and measures.
    pub async fn click(&self, selector: &str, text: &str) -> Frames {
        let script = "const [selector, text] = arguments;
            const found = Array.from(document.querySelectorAll(selector))
              .find((it) => it.checkVisibility() && (it.ariaLabel ?? it.textContent).trim().startsWith(text));
            if (!found) return null;
            found.scrollIntoView({ block: 'center', behavior: 'instant' });
            const at = found.getBoundingClientRect();
            return [at.x + at.width / 2, at.y + at.height / 2]";
        let arguments = || vec![json!(selector), json!(text)];
        let (x, y): (f64, f64) = self
            .0
            .until(&format!("“{text}” to press"), async || {
                let place = self.0.script(script, arguments()).await?;
                serde_json::from_value(place).map_err(|_| "there is none".to_owned())
            })
            .await;
        let known = self.frames().await;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.0.browser().devtools("Input.dispatchMouseEvent", event).await;
        }
        self.frame(known).await
    }

    /// Lets what follows later come to its end.
    pub async fn rest(&self) {
        sleep(REST).await;
    }

    /// The frames after something was done, the last of which must show what is there a moment later as well.
    async fn frame(&self, known: usize) -> Frames {
        let more = async || match self.frames().await {
            now if now > known => Ok(()),
            _ => Err("nothing was painted".to_owned()),
        };
        self.0.until("a frame", more).await;
        sleep(BETWEEN).await;
        let frame = self.read(&format!("bench.frames[{known}]")).await;
        assert_eq!(frame.get("shown"), Some(&self.read("bench.shown()").await), "the frame showed something else");
        serde_json::from_value(frame).unwrap_or_else(|error| panic!("a frame without times: {error}"))
    }

    async fn frames(&self) -> usize {
        self.number("bench.frames.length").await as usize
    }

    async fn positive(&self, expression: &str) -> Result<f64, String> {
        let read = self.0.script(&format!("return {expression}"), Vec::new()).await?;
        read.as_f64().filter(|number| *number > 0.0).ok_or_else(|| "not yet".to_owned())
    }
}
