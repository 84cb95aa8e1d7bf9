//! What is left when the program has a fault: a notice in plain DOM, since Leptos may not run any more.

use std::panic::{PanicHookInfo, set_hook};

use leptos::prelude::document;
use web_sys::{Document, Element};

/// Installs the notice. Call once, before anything else.
pub fn install() {
    set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        // Without a document there is nowhere to tell it; the console of the browser has it.
        let _ = show(&document(), info);
    }));
}

fn show(document: &Document, info: &PanicHookInfo) -> Option<()> {
    if document.get_element_by_id("panic-notice").is_some() {
        return None;
    }
    let notice = append(document, document.body()?.as_ref(), "div", "")?;
    notice.set_id("panic-notice");
    notice.set_class_name("notice panic-notice");
    notice.set_attribute("role", "alert").ok()?;
    notice.set_attribute("data-kind", "error").ok()?;
    append(
        document,
        &notice,
        "p",
        "The console stopped working. What you typed may still be on the page: copy it before you reload.",
    )?;
    let reload = append(document, &notice, "a", "Reload the page")?;
    reload.set_attribute("href", "").ok()?;
    append(document, &notice, "p", "If it happens again, tell your operator this:")?;
    let message = append(document, &notice, "pre", &info.to_string())?;
    message.set_attribute("tabindex", "0").ok()
}

fn append(document: &Document, parent: &Element, name: &str, text: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
