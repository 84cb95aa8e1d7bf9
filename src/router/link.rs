//! Links inside the console.

use leptos::{ev::MouseEvent, prelude::*};

use super::{NavigateOptions, use_navigate};

/// A link to another address of the console. A plain click goes there without loading the page again; everything else
/// (another tab, another window, copying the address) is the browser's.
#[component]
pub fn Link(
    /// An address out of [`crate::paths`].
    #[prop(into)]
    href: String,
    /// The classes of the `<a>`.
    #[prop(optional)]
    class: &'static str,
    /// Marks the link to where one is.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// What the link says.
    children: Children,
) -> impl IntoView {
    let navigate = use_navigate();
    let target = href.clone();
    let follow = move |event: MouseEvent| {
        let is_plain = event.button() == 0
            && !event.default_prevented()
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain {
            event.prevent_default();
            navigate(&target, NavigateOptions::default());
        }
    };
    view! {
        <a href=href class=(!class.is_empty()).then_some(class) aria-current=move || current.get().then_some("page") on:click=follow>
            {children()}
        </a>
    }
}
