//! A message in the page.

use leptos::prelude::*;

use super::icon::{Icon, IconView};

/// What kind of message it is, which decides how it is announced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something failed: announced at once.
    Error,
    /// Something failed that goes on by itself: announced when there is time.
    Status,
    /// Take care before going on. It stands beside what it is about and is not announced.
    Warning,
}

impl NoticeKind {
    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Status | Self::Warning => "warning",
        }
    }

    fn role(self) -> Option<&'static str> {
        match self {
            Self::Error => Some("alert"),
            Self::Status => Some("status"),
            Self::Warning => None,
        }
    }
}

/// A message with what can be done about it.
#[component]
pub fn Notice(
    /// Its kind.
    kind: NoticeKind,
    /// The message.
    #[prop(into)]
    text: Signal<String>,
    /// What can be done about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let icon = if kind == NoticeKind::Error { Icon::Error } else { Icon::Warning };
    view! {
        <div class="notice" data-kind=kind.name() role=kind.role()>
            <IconView icon/>
            <p class="notice-text">{text}</p>
            {children.map(|children| view! { <div class="notice-more">{children()}</div> })}
        </div>
    }
}
