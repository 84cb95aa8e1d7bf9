//! How a version's attributes are shown, wherever they are.

use wire::ToolVersionAttributes;

use crate::{
    domain::{digest, text::visible, web_address::safe_link},
    ui::{El, Tone, badge, el, time},
};

/// Enabled or Disabled, and whatever else applies, in badges.
pub fn status(version: &ToolVersionAttributes) -> El {
    let (tone, word) = if version.enabled { (Tone::Good, "Enabled") } else { (Tone::Muted, "Disabled") };
    let more = [
        (version.official, Tone::Neutral, "Official"),
        (version.beta, Tone::Accent, "Beta"),
        (version.deprecated == Some(true), Tone::Warning, "Deprecated"),
    ];
    let badges = el("span").class("badges").child(badge(tone, word));
    more.into_iter().filter(|(applies, ..)| *applies).fold(badges, |all, (_, tone, word)| all.child(badge(tone, word)))
}

/// A URL as a link, if it is one that a link may lead to; else as text.
pub fn link(url: &str) -> El {
    let text = visible(url);
    match safe_link(url) {
        Some(href) => el("a")
            .class("value")
            .attr("href", href)
            .attr("target", "_blank")
            .attr("rel", "noreferrer noopener")
            .child(text),
        None => value(url, "none"),
    }
}

/// A digest in groups that the eye can compare; selecting it copies it whole, without gaps.
pub fn sha(digest: &str) -> El {
    if digest.is_empty() {
        return value(digest, "none");
    }
    let groups: Vec<El> = digest::groups(&visible(digest)).into_iter().map(|group| el("span").child(group)).collect();
    el("code").class("digest").child(groups)
}

/// A text as it came, or a word for none.
pub fn value(text: &str, none: &str) -> El {
    if text.is_empty() { el("span").class("muted").child(none) } else { el("span").class("value").child(visible(text)) }
}

/// When it was added; versions that came with the installation have no date.
pub fn created(version: &ToolVersionAttributes) -> El {
    match &version.created_at {
        Some(iso) => time(&visible(iso)),
        None => value("", "unknown"),
    }
}
