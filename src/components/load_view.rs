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
pub enum LoadState {
    /// The first load.
    Loading,
    /// It is not there.
    Missing,
    /// There is nothing in it.
    Empty,
    /// There is something to show.
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
            _ if is_missing => LoadState::Missing,
            Some(true) => LoadState::Empty,
            Some(false) => LoadState::Ready,
            None if query.error().is_some() => LoadState::Nothing,
            None => LoadState::Loading,
        }
    });
    view! {
        <LoadStates
            state
            error=Signal::derive(move || query.error())
            busy=Signal::derive(move || query.is_busy())
            on_retry=Callback::new(move |()| query.refetch())
            loading
            empty
            missing
            ready=move || untrack(|| query.answer()).map(&ready)
        />
    }
}

/// Shows what is read in one of its states, and a failure above it. What is made for a state stays as long as the state.
#[component]
pub fn LoadStates(
    /// The state.
    state: Memo<LoadState>,
    /// Why the newest request failed, if it did.
    error: Signal<Option<ApiError>>,
    /// Whether something is on its way.
    busy: Signal<bool>,
    /// Tries again after a failure.
    on_retry: Callback<()>,
    /// Shown during the first load.
    #[prop(into)]
    loading: ViewFn,
    /// Shown where there is nothing.
    #[prop(into)]
    empty: ViewFn,
    /// Shown for a 404.
    #[prop(into)]
    missing: ViewFn,
    /// Shown where there is something.
    #[prop(into)]
    ready: ViewFn,
) -> impl IntoView {
    let failure = move || {
        let error = error.get().filter(|error| *error != ApiError::NotFound)?;
        Some(view! { <ErrorNotice error on_retry/> })
    };
    let content = move || match state.get() {
        LoadState::Loading => loading.run(),
        LoadState::Missing => missing.run(),
        LoadState::Empty => empty.run(),
        LoadState::Ready => ready.run(),
        LoadState::Nothing => ().into_any(),
    };
    view! {
        <div class="load" aria-busy=true_if(move || busy.get())>
            {dynamic(failure)}
            {dynamic(content)}
        </div>
    }
}
