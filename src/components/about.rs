//! What console this is: the name that its operator gave the installation, and which build.

use domain::{config::Config, text::visible};
use leptos::prelude::*;

use crate::ui::meta;

/// What the operator calls the installation, if it has a name.
pub fn installation_name() -> Option<String> {
    use_context::<Config>().and_then(|config| config.name).map(|name| visible(&name))
}

/// The name as a line of its own, or nothing.
#[component]
pub fn InstallationLine() -> impl IntoView {
    installation_name().map(|name| view! { <p class="installation">{name}</p> })
}

/// Version and commit, which the build writes into the page.
#[component]
pub fn BuildLine() -> impl IntoView {
    let version = meta("version").map(|version| [" ", &version].concat()).unwrap_or_default();
    view! { <p class="build">{["tfe-console", &version].concat()}</p> }
}
