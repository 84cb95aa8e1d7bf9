//! A modal dialog: the browser's own, so that focus, Escape and what lies behind are the browser's business.

use leptos::{
    ev::{Event, Targeted},
    html,
    prelude::*,
};
use web_sys::HtmlDialogElement;

use super::{dynamic, focus_heading_if_lost};

/// A modal dialog, shown while `open`, with the heading that names what it is about.
///
/// It stays in the page when closed, so that the browser gives the focus back; the children are made anew each time that
/// it opens.
#[component]
pub fn Dialog(
    /// Unique in the page.
    id: &'static str,
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Names what it is about.
    #[prop(into)]
    heading: Signal<String>,
    /// Called when the user closes it with Escape. `open` must be false afterwards.
    on_dismiss: Callback<()>,
    /// What is in it, below the heading.
    children: ChildrenFn,
) -> impl IntoView {
    let heading_id = [id, "-heading"].concat();
    let labelled_by = heading_id.clone();
    let shown = Memo::new(move |_| open.get());
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // It fails only when the element is not in the page, and then nobody sees it.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let closed = move |event: Targeted<Event, HtmlDialogElement>| {
        if event.target().open() {
            // Shown again before the browser told that it had been closed.
            return;
        }
        // The page may be gone by the time that the browser tells.
        if open.try_get_untracked() == Some(true) {
            on_dismiss.run(());
        }
        // The button that opened the dialog, to which the browser gives the focus back, may be gone.
        focus_heading_if_lost();
    };
    view! {
        <dialog id=id class="dialog" aria-labelledby=labelled_by node_ref=dialog on:close:target=closed>
            <h2 id=heading_id class="dialog-heading">
                {heading}
            </h2>
            {dynamic(move || shown.get().then(|| children()))}
        </dialog>
    }
}
