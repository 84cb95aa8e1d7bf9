//! Popovers: the browser's own, which a button opens and closes by its `popovertarget`, and Escape and a press elsewhere
//! close.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Closes a popover, if it is open.
pub fn hide_popover(id: &str) {
    if let Some(popover) = document().get_element_by_id(id).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // It fails only in a browser without popovers, where none is open.
        let _ = popover.hide_popover();
    }
}
