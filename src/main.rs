//! Starts the console in the page.

use leptos::prelude::document;
use tfe_console::{app, components::panic_notice};
use wasm_bindgen_futures::spawn_local;

fn main() {
    panic_notice::install();
    if let Some(body) = document().body() {
        spawn_local(app::start(body));
    }
}
