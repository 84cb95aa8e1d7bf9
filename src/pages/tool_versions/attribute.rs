//! How a version's attributes are shown, wherever they are.

use domain::{
    digest,
    text::{visible, visible_name},
    web_address::safe_link,
};
use leptos::prelude::*;
use wire::ToolVersionAttributes;

use crate::ui::{Badge, Time, Tone};

/// Enabled or Disabled, and whatever else applies, in badges.
#[component]
pub fn Status<'a>(
    /// The version.
    version: &'a ToolVersionAttributes,
) -> impl IntoView + use<> {
    let (tone, word) = if version.enabled { (Tone::Good, "Enabled") } else { (Tone::Muted, "Disabled") };
    let more = [
        (version.official, Tone::Neutral, "Official"),
        (version.beta, Tone::Accent, "Beta"),
        (version.deprecated == Some(true), Tone::Warning, "Deprecated"),
    ];
    let all = std::iter::once((true, tone, word)).chain(more).filter(|(applies, ..)| *applies);
    let badges: Vec<AnyView> = all.map(|(_, tone, text)| view! { <Badge tone text/> }.into_any()).collect();
    view! { <span class="badges">{badges}</span> }
}

/// A URL as a link, if it is one that a link may lead to; else as text.
#[component]
pub fn WebAddress(
    /// The URL; empty for none.
    url: String,
) -> impl IntoView {
    let Some(href) = safe_link(&url).map(str::to_owned) else {
        return view! { <Value text=url none="none"/> }.into_any();
    };
    view! {
        <a class="value" href=href target="_blank" rel="noreferrer noopener">
            {visible(&url)}
        </a>
    }
    .into_any()
}

/// A digest in groups that the eye can compare; selecting it copies it whole, without gaps.
#[component]
pub fn Digest(
    /// The digest; empty for none.
    digest: String,
) -> impl IntoView {
    if digest.is_empty() {
        return view! { <Value text=digest none="none"/> }.into_any();
    }
    let groups: Vec<AnyView> =
        digest::groups(&visible(&digest)).into_iter().map(|group| view! { <span>{group}</span> }.into_any()).collect();
    view! { <code class="digest">{groups}</code> }.into_any()
}

/// A text unchanged, or a word where nothing of it can be seen.
#[component]
pub fn Value(
    /// The text.
    text: String,
    /// The word.
    none: &'static str,
) -> impl IntoView {
    match visible_name(&text) {
        None => view! { <span class="muted">{none}</span> }.into_any(),
        Some(text) => view! { <span class="value">{text}</span> }.into_any(),
    }
}

/// When a version was added; those that came with the installation have no date.
#[component]
pub fn Created(
    /// ISO 8601.
    at: Option<String>,
) -> impl IntoView {
    match at {
        Some(iso) => view! { <Time iso=visible(&iso)/> }.into_any(),
        None => view! { <Value text=String::new() none="unknown"/> }.into_any(),
    }
}
