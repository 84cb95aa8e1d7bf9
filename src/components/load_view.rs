//! The faces of something that is read: none can be forgotten, since each is a required property.

use leptos::prelude::*;

use super::ErrorNotice;
use crate::{api::ApiError, query::Query};

/// Shows a [`Query`]: its first load, its answer (which stays while a newer one loads), nothing, and failure.
#[component]
pub fn LoadView<T>(
    /// What is read.
    query: Query<T>,
    /// What is being read, for example "Terraform versions".
    what: &'static str,
    /// Whether an answer has nothing to show.
    is_empty: fn(&T) -> bool,
    /// What to show then.
    empty: Callback<T, AnyView>,
    /// What to show of an answer.
    ready: Callback<T, AnyView>,
    /// What to show for a 404, in place of everything else.
    missing: Callback<(), AnyView>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (data, error, busy) = (query.data(), query.error(), query.busy());
    let is_missing = Memo::new(move |_| error.get() == Some(ApiError::NotFound));
    let failure = move || {
        let error = error.get().filter(|error| *error != ApiError::NotFound)?;
        Some(view! { <ErrorNotice error on_retry=move |()| query.refetch()/> })
    };
    let body = move || {
        if is_missing.get() {
            return missing.run(());
        }
        match data.get() {
            Some(answer) if is_empty(&answer) => empty.run(answer),
            Some(answer) => ready.run(answer),
            None if error.with(Option::is_some) => ().into_any(),
            None => view! { <Skeleton what/> }.into_any(),
        }
    };
    view! {
        <div class="load" aria-busy=move || busy.get().then_some("true")>
            {failure}
            {body}
        </div>
    }
    .into_any()
}

#[component]
fn Skeleton(what: &'static str) -> AnyView {
    let rows = std::iter::repeat_with(|| view! { <span class="skeleton-row"></span> }).take(8).collect_view();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{format!("Loading {what}…")}</span>
            {rows}
        </div>
    }
    .into_any()
}
