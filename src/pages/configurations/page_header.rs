//! The head of the pages below one configuration.

use domain::text::visible;
use leptos::prelude::*;

use crate::{
    components::{Breadcrumbs, PageHeader},
    paths::{self, Configuration},
};

/// A [`PageHeader`] whose breadcrumbs lead to the configuration and to all of them.
#[component]
pub fn BelowConfiguration(
    /// Whose page it is.
    configuration: Configuration,
    /// The heading.
    heading: &'static str,
) -> impl IntoView {
    let above = vec![
        (paths::configurations(), ALL.to_owned()),
        (paths::configuration(&configuration), visible(&configuration.title())),
    ];
    view! { <PageHeader heading breadcrumbs=view! { <Breadcrumbs above/> }.into_any()/> }
}

/// The words of the link to where a configuration is opened.
pub const ALL: &str = "All configurations";
