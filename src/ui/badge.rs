//! A short word about a thing's state.

use leptos::prelude::*;

/// What a badge means, beyond its colour: the word says it as well.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Just so.
    Neutral,
    /// In order.
    Good,
    /// Take care.
    Warning,
    /// Off.
    Muted,
    /// Worth noticing.
    Accent,
}

/// A word in a small box.
#[component]
pub fn Badge(
    /// What it means.
    tone: Tone,
    /// The word.
    text: &'static str,
) -> AnyView {
    let tone = match tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Muted => "muted",
        Tone::Accent => "accent",
    };
    view! { <span class="badge" data-tone=tone>{text}</span> }.into_any()
}
