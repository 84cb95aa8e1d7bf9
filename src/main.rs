//! Starts the console in the page.

use std::sync::Arc;

use leptos::mount::mount_to_body;
use tfe_console::{api::FetchTransport, app::app, components::panic_notice};

fn main() {
    panic_notice::install();
    mount_to_body(|| app(Arc::new(FetchTransport)));
}
