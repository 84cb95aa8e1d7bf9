//! The pager at the foot of a table.

use leptos::prelude::*;

use super::{Button, focus_by_id, true_if};

const PREVIOUS: &str = "previous-page";
const NEXT: &str = "next-page";

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
    on_page: Callback<u64>,
    /// Called with the number of rows to show.
    on_size: Callback<u64>,
) -> impl IntoView {
    let option = |of: u64| {
        view! { <option value=of prop:selected=Signal::derive(move || size.get() == of)>{of}</option> }.into_any()
    };
    let options: Vec<AnyView> = sizes.iter().copied().map(option).collect();
    view! {
        <nav class="pagination" aria-label="Pagination" aria-busy=true_if(move || busy.get())>
            <p class="pagination-range" aria-live="polite">
                {range}
            </p>
            <label class="pagination-size">
                "Rows per page"
                <select
                    class="input"
                    on:change:target=move |event| {
                        if let Ok(size) = event.target().value().parse() {
                            on_size.run(size);
                        }
                    }
                >
                    {options}
                </select>
            </label>
            <Turn id=PREVIOUS page=previous on_page other=NEXT>
                "Previous page"
            </Turn>
            <Turn id=NEXT page=next on_page other=PREVIOUS>
                "Next page"
            </Turn>
        </nav>
    }
}

/// A button that turns to a page, and gives the focus to the other one when there is nothing more on its side.
#[component]
fn Turn(
    id: &'static str,
    page: Signal<Option<u64>>,
    on_page: Callback<u64>,
    other: &'static str,
    children: Children,
) -> impl IntoView {
    let press = move |()| {
        if let Some(target) = page.get_untracked() {
            on_page.run(target);
            if page.get_untracked().is_none() {
                focus_by_id(other);
            }
        }
    };
    view! {
        <Button id disabled=Signal::derive(move || page.get().is_none()) on_press=press>
            {children()}
        </Button>
    }
}
