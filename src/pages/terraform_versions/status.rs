//! What a version is, in badges.

use leptos::prelude::*;
use wire::TerraformVersionAttributes;

use crate::ui::{Badge, Tone};

/// Enabled or Disabled, and whatever else applies.
#[component]
pub fn Status(
    /// Of which version.
    version: TerraformVersionAttributes,
) -> AnyView {
    let (tone, word) = if version.enabled { (Tone::Good, "Enabled") } else { (Tone::Muted, "Disabled") };
    let more = [
        (version.official, Tone::Neutral, "Official"),
        (version.beta, Tone::Accent, "Beta"),
        (version.deprecated == Some(true), Tone::Warning, "Deprecated"),
    ];
    let more = more.into_iter().filter(|(applies, ..)| *applies).map(|(_, tone, text)| view! { <Badge tone text/> });
    view! { <span class="badges"><Badge tone text=word/> {more.collect_view()}</span> }.into_any()
}
