//! A short word about a thing's state.

use super::{El, el};

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
pub fn badge(tone: Tone, text: &str) -> El {
    let tone = match tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Muted => "muted",
        Tone::Accent => "accent",
    };
    el("span").class("badge").attr("data-tone", tone).child(text)
}
