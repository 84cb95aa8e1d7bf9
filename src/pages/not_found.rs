//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{components::PageHeader, paths, router::Link};

/// Says so, and leads on.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <PageHeader heading="Not found"/>
        <p>"There is no page at this address."</p>
        <p>
            <Link href=paths::start()>"Back to the list"</Link>
        </p>
    }
}
