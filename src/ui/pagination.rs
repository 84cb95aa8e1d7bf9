//! The pager at the foot of a table.

use leptos::prelude::*;

use super::{Button, button::ButtonKind};

/// Goes through the pages of a list. Pages count from 1.
#[component]
pub fn Pagination(
    /// For example "21–40 of 70".
    #[prop(into)]
    range: Signal<String>,
    /// The page before this one, if there is one.
    #[prop(into)]
    previous: Signal<Option<u64>>,
    /// The page after this one, if there is one.
    #[prop(into)]
    next: Signal<Option<u64>>,
    /// How many rows a page has.
    #[prop(into)]
    size: Signal<u64>,
    /// The sizes to choose from.
    sizes: &'static [u64],
    /// Whether another page is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the page to go to.
    #[prop(into)]
    on_page: Callback<u64>,
    /// Called with the number of rows to show.
    #[prop(into)]
    on_size: Callback<u64>,
) -> AnyView {
    let go = move |page: Signal<Option<u64>>| {
        if let Some(page) = page.get_untracked() {
            on_page.run(page);
        }
    };
    let choose = move |text: String| {
        if let Ok(size) = text.parse() {
            on_size.run(size);
        }
    };
    let options = sizes
        .iter()
        .map(|&choice| {
            view! { <option value=choice.to_string() selected=move || size.get() == choice>{choice.to_string()}</option> }
        })
        .collect_view();
    view! {
        <nav class="pagination" aria-label="Pagination" aria-busy=move || busy.get().then_some("true")>
            <p class="pagination-range" aria-live="polite">{move || range.get()}</p>
            <label class="pagination-size">
                "Rows per page"
                <select class="input" prop:value=move || size.get().to_string() on:change:target=move |event| choose(event.target().value())>
                    {options}
                </select>
            </label>
            <Button
                kind=ButtonKind::Secondary
                label="Previous page"
                disabled=Signal::derive(move || previous.get().is_none())
                on_press=move |()| go(previous)
            />
            <Button
                kind=ButtonKind::Secondary
                label="Next page"
                disabled=Signal::derive(move || next.get().is_none())
                on_press=move |()| go(next)
            />
        </nav>
    }
    .into_any()
}
