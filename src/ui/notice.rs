//! A message in the page.

use leptos::prelude::*;

/// What kind of message it is, which decides how it is announced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something failed: announced at once.
    Error,
    /// Take care before going on.
    Warning,
    /// Good to know, or an outcome.
    Info,
}

/// A message with what can be done about it.
#[component]
pub fn Notice(
    /// What kind of message it is.
    kind: NoticeKind,
    /// The message.
    #[prop(into)]
    text: String,
    /// Buttons and details.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let (kind, role) = match kind {
        NoticeKind::Error => ("error", Some("alert")),
        NoticeKind::Warning => ("warning", None),
        NoticeKind::Info => ("info", Some("status")),
    };
    view! {
        <div class="notice" data-kind=kind role=role>
            <p class="notice-text">{text}</p>
            {children.map(|children| view! { <div class="notice-more">{children()}</div> })}
        </div>
    }
    .into_any()
}
