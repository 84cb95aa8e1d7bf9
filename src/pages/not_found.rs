//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{components::PageHeader, paths};

/// Says so, and leads on.
#[component]
pub fn NotFoundPage() -> AnyView {
    view! {
        <PageHeader heading="Not found"/>
        <p>"There is no page at this address."</p>
        <p><a href=paths::terraform_versions(&Default::default())>"Go to the Terraform versions"</a></p>
    }
    .into_any()
}
