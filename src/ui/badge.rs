//! A short word about a thing's state.

use leptos::prelude::*;

/// What a badge tells beyond its word, by its colour.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
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

impl Tone {
    fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Muted => "muted",
            Self::Accent => "accent",
        }
    }
}

/// A word in a small box.
#[component]
pub fn Badge(
    /// What its colour tells.
    tone: Tone,
    /// The word.
    text: &'static str,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.name()>
            {text}
        </span>
    }
}
