//! Links inside the console.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use crate::paths;

/// A link to another address of the console. A plain click goes there without loading the page again, as the router
/// does for every link ([`followed`]).
#[component]
pub fn Link(
    /// An address out of [`crate::paths`].
    #[prop(into)]
    href: String,
    /// The classes of the `<a>`.
    #[prop(optional)]
    class: Option<&'static str>,
    /// Marks the link to where one is.
    #[prop(optional, into)]
    current: Option<Signal<bool>>,
    /// The text of the link.
    children: Children,
) -> impl IntoView {
    let current = current.map(|current| Signal::derive(move || current.get().then_some("page")));
    view! {
        <a href=href class=class aria-current=current>
            {children()}
        </a>
    }
}

/// The address inside the console that a click leads to in this tab, if it does. Everything else (another tab, another
/// window, another site, a download, a fragment) is the browser's.
pub(super) fn followed(event: &MouseEvent) -> Option<String> {
    let is_plain = event.button() == 0
        && !event.default_prevented()
        && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let is_same_origin = link.origin() == window().location().origin().ok()?;
    let is_in_this_tab = link.target().is_empty() && !link.has_attribute("download") && link.hash().is_empty();
    let is_ours = is_same_origin && paths::inside(&link.pathname()).is_some();
    (is_plain && is_ours && is_in_this_tab).then(|| link.pathname() + &link.search())
}
