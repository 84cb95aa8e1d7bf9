//! Reads `config.json` beside the page, before any other request.
//!
//! The page preloads it, so it is there by the time the console starts. A request that sets more than a signal would not
//! find the preloaded response.

use domain::config::Config;
use gloo_net::http::Request;
use web_sys::{AbortSignal, Window};

/// In milliseconds. Nothing is shown until then.
const TIMEOUT: u32 = 10_000;

/// The settings of the console; the defaults where there is no such file.
///
/// # Errors
/// A sentence for the user: the file cannot be loaded, or something in it is wrong.
pub async fn load(window: &Window, url: &str) -> Result<Config, String> {
    let unreachable = |_| "The server cannot be reached. Check the network connection.".to_owned();
    let signal = AbortSignal::timeout_with_u32(TIMEOUT);
    let response = Request::get(url).abort_signal(Some(&signal)).send().await.map_err(unreachable)?;
    let kind = response.headers().get("Content-Type").unwrap_or_default();
    // Many hosts answer with the page for every file that they do not have.
    if response.status() == 404 || kind.starts_with("text/html") {
        return Ok(Config::default());
    }
    if !response.ok() {
        return Err(["The server answered with the status ", &response.status().to_string(), "."].concat());
    }
    let text = response.text().await.map_err(unreachable)?;
    Config::read(&text, &window.location().origin().unwrap_or_default())
}
