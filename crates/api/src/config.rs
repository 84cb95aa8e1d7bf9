//! Reads `config.json` beside the page, before anything else is asked.
//!
//! The page preloads it, so it is there by the time the console starts; that is why the request here is a plain one.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestInit, Response, Window};

use domain::config::Config;

/// In milliseconds. Nothing is to be seen until then.
const TIMEOUT: u32 = 10_000;

/// How the console is set up; as usual where there is no such file.
///
/// # Errors
/// A sentence for the user: it cannot be had, or something in it is wrong.
pub async fn load(window: &Window, url: &str) -> Result<Config, String> {
    let options = RequestInit::new();
    options.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT)));
    let unreachable = |_| "The server cannot be reached. Check the network connection.".to_owned();
    let response = JsFuture::from(window.fetch_with_str_and_init(url, &options)).await.map_err(unreachable)?;
    let response: Response = response.unchecked_into();
    let kind = response.headers().get("Content-Type").ok().flatten().unwrap_or_default();
    // Many hosts answer with the page for every file that they do not have.
    if response.status() == 404 || kind.starts_with("text/html") {
        return Ok(Config::default());
    }
    if !response.ok() {
        return Err(["The server answered with the status ", &response.status().to_string(), "."].concat());
    }
    let text = response.text().map_err(unreachable)?;
    let text = JsFuture::from(text).await.map_err(unreachable)?.as_string().unwrap_or_default();
    Config::read(&text, &window.location().origin().unwrap_or_default())
}
