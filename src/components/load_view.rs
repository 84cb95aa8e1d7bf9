//! The states of something that is read: none can be forgotten, since each is a required prop.

use api::ApiError;
use leptos::prelude::*;

use super::ErrorNotice;
use crate::{
    query::Query,
    ui::{dynamic, true_if},
};

/// What there is to show, apart from a failure that is told above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Missing,
    Empty,
    Ready,
    /// Only the failure.
    Nothing,
}

/// Shows a [`Query`]: its first load, its answer (which stays while a newer one loads and when it fails), an answer with
/// nothing in it, and failure.
///
/// `ready` is called once, with a signal: a newer answer changes what is on the page and does not build it again.
#[component]
pub fn LoadView<T, R>(
    /// What is read.
    query: Query<T>,
    /// Shown until the first answer: what it will look like, without its content.
    #[prop(into)]
    loading: ViewFn,
    /// Whether there is nothing in an answer.
    is_empty: fn(&T) -> bool,
    /// Shown in place of an answer with nothing in it.
    #[prop(into)]
    empty: ViewFn,
    /// Shown for a 404.
    #[prop(into)]
    missing: ViewFn,
    /// Shows the answer.
    ready: R,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    R: Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
{
    let state = Memo::new(move |_| {
        let is_missing = query.error() == Some(ApiError::NotFound);
        match query.with(is_empty) {
            _ if is_missing => State::Missing,
            Some(true) => State::Empty,
            Some(false) => State::Ready,
            None if query.error().is_some() => State::Nothing,
            None => State::Loading,
        }
    });
    let retry = Callback::new(move |()| query.refetch());
    let failure = move || {
        let error = query.error().filter(|error| *error != ApiError::NotFound)?;
        Some(view! { <ErrorNotice error on_retry=retry/> })
    };
    let content = move || match state.get() {
        State::Loading => loading.run(),
        State::Missing => missing.run(),
        State::Empty => empty.run(),
        State::Ready => untrack(|| query.answer()).map(&ready).into_any(),
        State::Nothing => ().into_any(),
    };
    view! {
        <div class="load" aria-busy=true_if(move || query.is_busy())>
            {dynamic(failure)}
            {dynamic(content)}
        </div>
    }
}
