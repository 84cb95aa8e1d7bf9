//! Starts the console in the page.

use leptos::prelude::document;
use tfe_console::{app, components::panic_notice};
use wasm_bindgen_futures::spawn_local;

fn main() {
    panic_notice::install();
    if let Some(body) = document().body() {
        spawn_local(async move {
            app::start(body).await;
            // The page's own notice that the console has not started (`index.html`, `loading/boot.js`).
            if let Some(notice) = document().get_element_by_id("boot") {
                notice.remove();
            }
        });
    }
}
