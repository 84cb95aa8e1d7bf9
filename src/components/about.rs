//! What console this is: the name that its operator gave the installation, and which build.

use leptos::prelude::*;

use crate::{
    domain::{config::Config, text::visible},
    ui::{El, View, el, meta},
};

/// What the operator calls the installation, if it has a name.
pub fn installation_name() -> Option<String> {
    use_context::<Config>().and_then(|config| config.name).map(|name| visible(&name))
}

/// The name as a line of its own, or nothing.
pub fn installation_line() -> View {
    installation_name().map(|name| el("p").class("installation").child(name)).into()
}

/// Version and commit, which the build writes into the page.
pub fn build_line() -> El {
    let version = meta("version").map(|version| [" ", &version].concat()).unwrap_or_default();
    el("p").class("build").child(["tfe-console", &version].concat())
}
