//! The head of a page: its heading, the tab's title, and the page's actions.

use leptos::prelude::*;

use crate::ui::focus_heading;

/// The heading, which takes the focus when the page is entered and begins the tab's title.
#[component]
pub fn PageHeader(
    /// The heading.
    #[prop(into)]
    heading: Signal<String>,
    /// The page's actions, the main one last.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    Effect::new(move |_| document().set_title(&format!("{} · tfe-console", heading.get())));
    request_animation_frame(focus_heading);
    view! {
        <header class="page-header">
            <h1 tabindex="-1">{move || heading.get()}</h1>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
