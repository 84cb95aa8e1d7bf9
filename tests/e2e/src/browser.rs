//! Chromium under its own ChromeDriver: one pair for each journey, so that journeys share nothing.

use std::{env, process::Stdio, time::Duration};

use axum::http::Method;
use fantoccini::{Client, ClientBuilder, error::CmdError, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::{Builder, TempDir};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};
use url::{ParseError, Url};

/// The browser tests' own settings, so that both run the same browser.
const SETTINGS: &str = include_str!("../../../webdriver.json");

/// A machine that does other things too may take long to start a browser.
const START_LIMIT: Duration = Duration::from_secs(60);

/// How often a driver is started that ends at once.
const DRIVER_ATTEMPTS: usize = 5;

/// What opening a page waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Until everything that it names is loaded.
    ForEverything,
    /// Only for the page itself: a file of it may never come.
    ForThePage,
}

/// A browser that ends with this. [`Browser::close`] ends it in peace.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    driver: Child,
    /// Where both keep their files: they leave some behind.
    files: TempDir,
}

impl Browser {
    /// Starts a driver on a free port, and a browser with an empty profile.
    pub async fn start(patience: Patience) -> Self {
        let files = Builder::new().prefix("e2e-").tempdir().expect("there is room for the browser's files");
        let driver = timeout(START_LIMIT, start_driver(&files)).await;
        let (driver, port) = driver.expect("ChromeDriver starts in time");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(patience));
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(START_LIMIT, builder.connect(&address)).await.expect("Chromium starts in time");
        Self { client: client.expect("Chromium starts"), driver, files }
    }

    /// The WebDriver session.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sends a command that the client does not know: the WebDriver path below the session, and a body for a POST.
    pub async fn command(&self, path: String, body: Option<Value>) -> Result<Value, CmdError> {
        self.client.issue_cmd(Extra { path, body }).await
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn devtools(&self, name: &str, parameters: Value) -> Value {
        let body = json!({"cmd": name, "params": parameters});
        let answer = self.command("goog/cdp/execute".to_owned(), Some(body)).await;
        answer.unwrap_or_else(|error| panic!("Chromium refuses {name}: {error}"))
    }

    /// What was logged to the browser's console since the last call: level and text.
    pub async fn log(&self) -> Vec<(String, String)> {
        let answer = self.command("se/log".to_owned(), Some(json!({"type": "browser"}))).await.unwrap_or_default();
        let text = |entry: &Value, name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        answer.as_array().into_iter().flatten().map(|it| (text(it, "level"), text(it, "message"))).collect()
    }

    /// Ends the browser, then its driver.
    pub async fn close(mut self) {
        // Whatever goes wrong here, both are ended below and by the operating system.
        drop(timeout(START_LIMIT, self.client.close()).await);
        drop(self.driver.kill().await);
        drop(self.files.close());
    }
}

/// Starts a driver on a free port. ChromeDriver takes a free port of IPv4 and then wants the same one of IPv6: where
/// somebody else has that, it ends at once, and another one finds another port.
async fn start_driver(files: &TempDir) -> (Child, u16) {
    let mut said = String::new();
    for _ in 0..DRIVER_ATTEMPTS {
        match try_driver(files).await {
            Ok(started) => return started,
            Err(output) => said = output,
        }
    }
    panic!("ChromeDriver ended {DRIVER_ATTEMPTS} times without naming its port, and last said: {said}")
}

/// One attempt: the driver and its port, or its output if it ended.
async fn try_driver(files: &TempDir) -> Result<(Child, u16), String> {
    let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let mut command = Command::new(program);
    command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    command.env("TMPDIR", files.path());
    let mut driver = command.spawn().expect("ChromeDriver is installed: it is in PATH, or CHROMEDRIVER names it");
    let mut lines = BufReader::new(driver.stdout.take().expect("the output is piped")).lines();
    let mut said = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.rsplit_once(" on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port.filter(|port| *port != 0) {
            // Read on, or the driver would wait for somebody to read its output.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((driver, port));
        }
        said.push(line);
    }
    Err(said.join(" / "))
}

fn capabilities(patience: Patience) -> Map<String, Value> {
    let mut all: Map<String, Value> = serde_json::from_str(SETTINGS).expect("webdriver.json is JSON");
    let options = all.entry("goog:chromeOptions").or_insert_with(|| json!({"args": []}));
    if let Some(args) = options.pointer_mut("/args").and_then(Value::as_array_mut) {
        args.extend([json!("window-size=1280,900"), json!("lang=en-US")]);
    }
    if let (Some(options), Ok(chromium)) = (options.as_object_mut(), env::var("CHROMIUM")) {
        options.insert("binary".to_owned(), json!(chromium));
    }
    all.insert("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
    let strategy = if patience == Patience::ForThePage { "eager" } else { "normal" };
    all.insert("pageLoadStrategy".to_owned(), json!(strategy));
    // The browser's own question before a reload is left to the story. ChromeDriver answers it by itself unless the
    // session could be used by WebDriver BiDi as well.
    all.insert("webSocketUrl".to_owned(), json!(true));
    all.insert("unhandledPromptBehavior".to_owned(), json!({"default": "ignore", "beforeUnload": "ignore"}));
    all
}

/// A command by its path.
#[derive(Debug)]
struct Extra {
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}
