//! What the build writes into the page's `<meta>` elements.

use leptos::prelude::document;

/// The content of the `<meta>` of that name.
pub fn meta(name: &str) -> Option<String> {
    let meta = document().query_selector(&["meta[name=", name, "]"].concat()).ok()??;
    meta.get_attribute("content")
}
