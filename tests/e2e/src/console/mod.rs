//! The console as its user meets it. Everything that is expected is waited for; what does not come in time fails the
//! story with what was there instead.

mod downloads;
mod find;
mod forms;
mod keyboard;
mod look;
mod memory;
mod pointer;
mod read;

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::Method;
use fantoccini::error::CmdError;
use serde_json::Value;
use tokio::time::{Instant, sleep};

pub use memory::Alive;

use crate::{ADMIN_TOKEN, Browser, Front, Site};

/// How long something may take until it is on the screen: more than the 9 s after which the console gives up a read.
const LIMIT: Duration = Duration::from_secs(15);

/// A glance at the screen takes about as long.
const GLANCE: Duration = Duration::from_millis(25);

/// Why something is not there, or the outcome of a glance at the screen.
pub(crate) type Glance<T> = Result<T, String>;

/// A user in front of the console.
#[derive(Debug)]
pub struct Console {
    site: Site,
    browser: Browser,
    steps: Mutex<Vec<String>>,
    expected: Mutex<Vec<&'static str>>,
    logged: Mutex<Vec<(String, String)>>,
}

impl Console {
    /// A user who has not opened anything yet.
    pub(crate) fn new(site: Site, browser: Browser) -> Self {
        let (steps, expected, logged) = Default::default();
        Self { site, browser, steps, expected, logged }
    }

    /// The server.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What stands in front of the server.
    pub fn front(&self) -> &Front {
        self.site.front()
    }

    /// The browser.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Opens a page by its path, as from a bookmark: nothing of before is left in memory.
    pub async fn open(&self, path: &str) {
        self.step(format!("open {path}"));
        self.browser.client().goto(&self.site.url(path)).await.unwrap_or_else(|error| panic!("cannot open: {error}"));
    }

    /// Opens a page and connects as the administrator on the way to it.
    pub async fn start_at(&self, path: &str) {
        self.open(path).await;
        self.connect(ADMIN_TOKEN).await;
        self.expect_path(path).await;
    }

    /// Fills in a token on the page for it, and connects.
    pub async fn connect(&self, token: &str) {
        self.fill("API token", token).await;
        self.click("button", "Connect").await;
    }

    /// The browser's Back button.
    pub async fn back(&self) {
        self.step("go back".to_owned());
        self.browser.client().back().await.unwrap_or_else(|error| panic!("cannot go back: {error}"));
    }

    /// The browser's Forward button.
    pub async fn forward(&self) {
        self.step("go forward".to_owned());
        self.browser.client().forward().await.unwrap_or_else(|error| panic!("cannot go forward: {error}"));
    }

    /// The browser's Reload button.
    pub async fn reload(&self) {
        self.step("reload".to_owned());
        self.browser.client().refresh().await.unwrap_or_else(|error| panic!("cannot reload: {error}"));
    }

    /// The browser's Reload button, and "Cancel" to the browser's own question whether to leave the page.
    pub async fn reload_and_dismiss(&self) {
        self.step("reload, and do not leave".to_owned());
        let reload = self.script("setTimeout(() => location.reload())", Vec::new()).await;
        reload.unwrap_or_else(|error| panic!("cannot reload: {error}"));
        self.until("the browser's question", async || self.browser.client().dismiss_alert().await.map_err(told)).await;
    }

    /// Cuts or restores the network between the browser and the server.
    pub async fn set_online(&self, online: bool) {
        self.step(if online { "the network is back" } else { "the network is gone" }.to_owned());
        let conditions = serde_json::json!({
            "offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.browser.devtools("Network.enable", serde_json::json!({})).await;
        self.browser.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Lets no request to these addresses through, in which `*` stands for anything; none lets all through again.
    pub async fn block(&self, addresses: &[&str]) {
        self.step(format!("no way to {addresses:?}"));
        self.browser.devtools("Network.enable", serde_json::json!({})).await;
        self.browser.devtools("Network.setBlockedURLs", serde_json::json!({"urls": addresses})).await;
    }

    /// An error with this text in the browser's console does not fail the story: the browser logs every failed request.
    pub fn expect_logged(&self, text: &'static str) {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner).push(text);
    }

    /// Waits until a request with this method arrived, so many times in all.
    pub async fn expect_calls(&self, method: Method, count: usize) {
        self.until(&format!("{count} {method} requests"), async || match self.front().calls(&method).len() {
            arrived if arrived >= count => Ok(()),
            arrived => Err(format!("{arrived} arrived")),
        })
        .await;
    }

    /// Glances at the screen until it shows what is waited for. `glance` says what is wrong until then.
    pub async fn until<T>(&self, what: &str, glance: impl AsyncFn() -> Glance<T>) -> T {
        let end = Instant::now() + LIMIT;
        loop {
            match glance().await {
                Ok(seen) => return seen,
                Err(instead) if Instant::now() > end => {
                    panic!("waited {} s for {what}: {instead}", LIMIT.as_secs())
                }
                Err(_) => sleep(GLANCE).await,
            }
        }
    }

    /// Runs a script in the page.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Glance<Value> {
        self.browser.client().execute(script, arguments).await.map_err(told)
    }

    /// Notes what the user does, for the report of a failure.
    pub(crate) fn step(&self, what: String) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    /// What the user did so far, a line each.
    pub(crate) fn steps(&self) -> String {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// The browser's console so far, a line each.
    pub(crate) fn logged(&self) -> String {
        let logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        logged.iter().map(|(level, text)| format!("{level}: {text}\n")).collect()
    }

    /// The errors in the browser's console that the story did not expect.
    pub(crate) async fn unexpected_errors(&self) -> Vec<String> {
        let new = self.browser.log().await;
        let mut logged = self.logged.lock().unwrap_or_else(PoisonError::into_inner);
        logged.extend(new);
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let is_expected = |text: &str| expected.iter().any(|it| text.contains(it));
        let errors = logged.iter().filter(|(level, text)| level == "SEVERE" && !is_expected(text));
        errors.map(|(_, text)| text.clone()).collect()
    }

    /// Ends the browser and the server.
    pub(crate) async fn close(self) {
        self.browser.close().await;
    }
}

/// An error of the browser as the reason why something is not there: it may be gone the next moment.
pub(crate) fn told(error: CmdError) -> String {
    error.to_string()
}
