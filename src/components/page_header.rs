//! The head of a page: where it is, its heading, and its actions.

use leptos::{html, prelude::*};

use super::about::installation_name;
use crate::router::use_arrival;

/// The heading, which takes the focus when the page is entered and begins the tab's title, and the page's actions.
#[component]
pub fn PageHeader(
    /// The heading.
    #[prop(into)]
    heading: Signal<String>,
    /// The way back to the pages above this one.
    #[prop(optional)]
    breadcrumbs: Option<AnyView>,
    /// The page's actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let element = NodeRef::<html::H1>::new();
    let name = installation_name().map(|name| [" · ", &name].concat()).unwrap_or_default();
    use_arrival(element, Signal::derive(move || heading.get() + &name + " · tfe-console"));
    view! {
        <header class="page-header">
            {breadcrumbs}
            <h1 tabindex="-1" node_ref=element>
                {heading}
            </h1>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
}
