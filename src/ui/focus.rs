//! Putting the keyboard's focus where the user's attention is.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses the page's heading, which is where a page begins for a keyboard or a screen reader.
pub fn focus_heading() {
    focus(document().query_selector("h1").ok().flatten());
}

/// Focuses the page's heading once the page is drawn, if the focus is nowhere by then: what had it has gone.
pub fn focus_heading_if_lost() {
    request_animation_frame(|| {
        let focused = document().active_element();
        if focused.is_none_or(|element| element.tag_name() == "BODY") {
            focus_heading();
        }
    });
}

/// Focuses an element once it is in the page. Nothing happens if there is none of that id by then.
pub fn focus_by_id(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || focus(document().get_element_by_id(&id)));
}

/// Focuses an element that is in the page already, before the next key arrives.
pub fn focus_at_once(id: &str) {
    focus(document().get_element_by_id(id));
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It fails only for elements that cannot be focused, and then the focus stays where it was.
        let _ = element.focus();
    }
}
