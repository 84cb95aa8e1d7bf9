//! The search field above the list. What is searched for is in the address.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

use crate::{
    api::ListOptions,
    paths,
    router::Router,
    ui::{El, el},
};

/// Typing pauses this long before it is searched for: shorter than a glance, longer than the gap between two keys.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// The field "Search versions".
pub fn search(router: Router, options: Memo<ListOptions>) -> El {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        timer.try_update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
    };
    on_cleanup(stop);
    let go = move |text: String| {
        stop();
        let now = options.get_untracked();
        let search = text.trim().to_owned();
        if search != now.search {
            let is_first = now.search.is_empty();
            let url = paths::terraform_versions(&ListOptions { page: 1, search, ..now });
            // The first search is a step that Back undoes; correcting it is not another one.
            if is_first { router.go(&url) } else { router.replace(&url) }
        }
    };
    let go_soon = move |text: String| {
        stop();
        let waiting = set_timeout_with_handle(move || go(text.clone()), TYPING_PAUSE);
        timer.set_value(waiting.ok());
    };
    let field = el("input")
        .id("search")
        .class("input")
        .attr("type", "search")
        .attr("placeholder", "Search versions")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .property("value", move || options.with(|options| options.search.as_str().into()))
        .on_text("input", go_soon)
        .on_text("change", go);
    el("form")
        .class("toolbar")
        .attr("role", "search")
        .on("submit", |event| event.prevent_default())
        .child(el("label").class("visually-hidden").attr("for", "search").child("Search versions"))
        .child(field)
}
