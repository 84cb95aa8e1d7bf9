//! A modal dialog: the browser's own, so that focus, Escape and what lies behind are the browser's business.

use leptos::{html, prelude::*};

/// A modal dialog, shown while `open`. It stays in the page when closed, so that the browser gives the focus back.
#[component]
pub fn Dialog(
    /// Unique in the page; the heading's id is made of it.
    id: &'static str,
    /// Whether it is shown. Escape sets it to false.
    open: RwSignal<bool>,
    /// The heading, which names the thing that it is about.
    #[prop(into)]
    heading: Signal<String>,
    /// What is in it; made anew each time that it opens.
    children: ChildrenFn,
    /// Called when it was closed by the user (Escape), not by `open`.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
) -> AnyView {
    let element = NodeRef::<html::Dialog>::new();
    let heading_id = format!("{id}-heading");
    let labelled_by = heading_id.clone();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = element.get() else { return };
        if open && !dialog.open() {
            // It fails only when the element is not in the page, and then nobody sees it.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        if open.get_untracked() {
            open.set(false);
            if let Some(on_dismiss) = on_dismiss {
                on_dismiss.run(());
            }
        }
    };
    view! {
        <dialog node_ref=element id=id class="dialog" aria-labelledby=labelled_by on:close=closed>
            <h2 id=heading_id class="dialog-heading">{move || heading.get()}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
    .into_any()
}
