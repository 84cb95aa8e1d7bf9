//! Buttons, and links that look like them.

use super::{El, el};

/// How much a button asks for attention.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of its surroundings.
    Primary,
    /// Any other action.
    Secondary,
    /// An action that destroys something.
    Danger,
    /// An action beside a text.
    Quiet,
}

/// A button that does something at once.
pub fn button(kind: ButtonKind, label: &str, on_press: impl Fn() + 'static) -> El {
    looks(el("button").attr("type", "button"), kind).child(label).on("click", move |_| on_press())
}

/// A form's own button, without its words, since they follow what the form does.
pub fn submit_button() -> El {
    looks(el("button").attr("type", "submit"), ButtonKind::Primary)
}

/// A link that looks like a button, for going somewhere.
pub fn link_button(kind: ButtonKind, label: &str, href: &str) -> El {
    looks(el("a").attr("href", href), kind).child(label)
}

fn looks(element: El, kind: ButtonKind) -> El {
    let kind = match kind {
        ButtonKind::Primary => "primary",
        ButtonKind::Secondary => "secondary",
        ButtonKind::Danger => "danger",
        ButtonKind::Quiet => "quiet",
    };
    element.class("button").attr("data-kind", kind)
}
