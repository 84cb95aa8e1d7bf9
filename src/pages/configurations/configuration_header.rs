//! The way back from the pages of one configuration.

use crate::{
    domain::text::visible,
    paths::{self, Configuration},
    ui::{El, el},
};

/// Where the page is, as links that lead up.
pub fn way_back(configuration: &Configuration) -> El {
    let all = el("a").attr("href", &paths::configurations()).child("All configurations");
    let this = el("a").attr("href", &paths::configuration(configuration)).child(visible(&configuration.title()));
    el("p").class("way-back").child(all).child(" / ").child(this)
}
