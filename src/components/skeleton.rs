//! What stands in the place of something until it is read.

use leptos::prelude::*;

/// So many rows in the place of what is being read: "Terraform versions". It is as high as what comes, so that nothing
/// moves then. Style shows it only after 200 ms.
#[component]
pub fn Skeleton(
    /// What is being read.
    what: &'static str,
    /// How many rows it will have.
    rows: usize,
    /// Whether they are the rows of a table, not lines in a card.
    #[prop(optional)]
    is_table: bool,
) -> impl IntoView {
    let rows: Vec<AnyView> =
        std::iter::repeat_with(|| view! { <span class="skeleton-row"></span> }.into_any()).take(rows).collect();
    view! {
        <div class="skeleton" role="status" data-shape=is_table.then_some("table")>
            <span class="visually-hidden">{["Loading ", what, "…"].concat()}</span>
            {rows}
        </div>
    }
}
