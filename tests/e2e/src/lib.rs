//! What the journeys in `tests/journeys` are written with: a server, a browser, and a console to use in it.
//!
//! A journey is a user's story. It finds things as users and assistive technology do, by role and name as the browser
//! itself computes them, and it waits for what it expects to see, never for time to pass. Modules in reading order:
//! [`journey()`] runs a story and shows the screen when it fails, [`Site`] is the server with a [`Front`] that can make
//! it misbehave, [`Browser`] is Chromium under WebDriver, [`Console`] is what the user does and sees.
//!
//! What it must not know: the console's source. It sees what a browser sees.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, and this is a part of tests")]

mod bodies;
mod browser;
mod console;
mod deployment;
mod front;
mod journey;
mod site;
mod web_server;

pub use browser::{Browser, Patience};
pub use console::{Alive, Console};
pub use deployment::{BELOW, Deployment};
pub use fantoccini::key::Key;
pub use front::{Answer, Call, Front, Gate};
pub use journey::{journey, journey_in, measurement, starting_journey};
pub use site::{ADMIN_TOKEN, Host, LIST, RENEWED_TOKEN, Site, USER_TOKEN};
pub use tfe_console_server::Seed;
pub use web_server::WebServer;

use std::path::PathBuf;

/// The checkout that these tests belong to.
pub fn project() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
