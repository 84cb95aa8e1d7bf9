//! The head of a page: its heading, the tab's title, and the page's actions.

use leptos::prelude::*;

use super::about::installation_name;
use crate::ui::{El, View, el, focus_heading};

/// The heading, which takes the focus when the page is entered and begins the tab's title, and the page's actions.
pub fn page_header(heading: impl Fn() -> String + Clone + 'static, actions: View) -> El {
    let title = heading.clone();
    let name = installation_name().map(|name| [" · ", &name].concat()).unwrap_or_default();
    Effect::new(move |_| document().set_title(&(title() + &name + " · tfe-console")));
    request_animation_frame(focus_heading);
    el("header")
        .class("page-header")
        .child(el("h1").attr("tabindex", "-1").text_of(heading))
        .child(el("div").class("page-actions").child(actions))
}
