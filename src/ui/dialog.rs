//! A modal dialog: the browser's own, so that focus, Escape and what lies behind are the browser's business.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{El, View, dynamic, el};

/// A modal dialog, shown while `open`, with the heading that names what it is about.
///
/// It stays in the page when closed, so that the browser gives the focus back; `content` is made anew each time that
/// it opens. `on_dismiss` is called when the user closed it with Escape. The id must be unique in the page.
pub fn dialog(
    id: &str,
    open: RwSignal<bool>,
    heading: impl Fn() -> String + 'static,
    content: impl Fn() -> View + 'static,
    on_dismiss: impl Fn() + 'static,
) -> El {
    let heading_id = format!("{id}-heading");
    let element = el("dialog").id(id).class("dialog").attr("aria-labelledby", &heading_id);
    let shown: HtmlDialogElement = element.element().clone().unchecked_into();
    Effect::new(move |_| {
        let open = open.get();
        if open && !shown.open() {
            // It fails only when the element is not in the page, and then nobody sees it.
            let _ = shown.show_modal();
        } else if !open && shown.open() {
            shown.close();
        }
    });
    element
        .on("close", move |_| {
            // The page may be gone by the time that the browser tells.
            if open.try_get_untracked() == Some(true) {
                open.set(false);
                on_dismiss();
            }
        })
        .child(el("h2").id(&heading_id).class("dialog-heading").text_of(heading))
        .child(dynamic(move || if open.get() { content() } else { View::default() }))
}

/// The dialog's buttons, the one that does it last.
pub fn dialog_actions<const N: usize>(buttons: [El; N]) -> El {
    el("div").class("dialog-actions").child(buttons)
}
