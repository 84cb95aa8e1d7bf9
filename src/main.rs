//! Starts the console in the page.

use std::{mem, sync::Arc};

use leptos::prelude::document;
use tfe_console::{api::FetchTransport, app, components::panic_notice};

fn main() {
    panic_notice::install();
    if let Some(body) = document().body() {
        // It stays for as long as the page.
        mem::forget(app::mount(&body, Arc::new(FetchTransport)));
    }
}
