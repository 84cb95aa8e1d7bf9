//! Tables.

use leptos::prelude::*;

/// A table with its name, for assistive technology, and the headings of its columns.
#[component]
pub fn Table(
    /// Its name.
    name: &'static str,
    /// The headings of its columns.
    columns: &'static [&'static str],
    /// Its classes beside `table`.
    #[prop(optional)]
    class: &'static str,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let columns: Vec<AnyView> =
        columns.iter().map(|column| view! { <th scope="col">{*column}</th> }.into_any()).collect();
    view! {
        <div class="table-scroll">
            <table class=["table ", class].concat()>
                <caption class="visually-hidden">{name}</caption>
                <thead>
                    <tr>{columns}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
