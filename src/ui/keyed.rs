//! Rows that stay the same elements as long as their keys stay.

use leptos::prelude::*;

/// What tells two rows of a list apart: a name and a number.
pub type Key = (String, usize);

/// As `<For>`, in one type for all lists that the first load shows: Leptos compiles all that moves rows about for each
/// type again, some 8 kB before compression (docs/decisions/0019-first-load-budget.md).
pub fn keyed(
    keys: impl Fn() -> Vec<Key> + Send + Sync + 'static,
    row: impl Fn(Key) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys = Callback::new(move |()| keys());
    let row = Callback::new(row);
    view! { <For each=move || keys.run(()) key=Clone::clone children=move |key| row.run(key)/> }.into_any()
}
