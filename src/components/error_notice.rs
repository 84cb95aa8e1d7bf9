//! An [`ApiError`] on the page, with what can be done about it.

use std::rc::Rc;

use super::copy;
use crate::{
    api::ApiError,
    domain::text::visible,
    ui::{ButtonKind, El, NoticeKind, View, button, el, focus_heading, notice},
};

/// Tells what happened. With `on_retry` it offers to try again.
pub fn error_notice(error: &ApiError, on_retry: Option<Rc<dyn Fn()>>) -> El {
    let retry = on_retry.map(|on_retry| {
        button(ButtonKind::Secondary, "Try again", move || {
            // The button goes away with the notice: the focus needs another place.
            focus_heading();
            on_retry();
        })
    });
    let excerpt = match error {
        ApiError::Unreadable { status, excerpt, .. } => {
            let details = format!("Status {status}\n{}", visible(excerpt));
            let shown = el("pre").class("excerpt").attr("tabindex", "0").child(details.as_str());
            View::from(shown).and(copy("Copy details", details))
        }
        _ => View::default(),
    };
    notice(NoticeKind::Error, &visible(&error.message()), excerpt.and(retry))
}
