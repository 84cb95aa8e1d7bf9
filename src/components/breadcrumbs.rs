//! The way back to the pages above this one.

use leptos::prelude::*;

use crate::router::Link;

/// Links to the pages above, from the top: each an address and its words.
#[component]
pub fn Breadcrumbs(
    /// The pages above.
    above: Vec<(String, String)>,
) -> impl IntoView {
    let items: Vec<AnyView> = above
        .into_iter()
        .map(|(href, words)| {
            view! {
                <li>
                    <Link href>{words}</Link>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <nav class="breadcrumbs" aria-label="Breadcrumbs">
            <ol>{items}</ol>
        </nav>
    }
}
