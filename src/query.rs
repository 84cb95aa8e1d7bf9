//! Reads ([`Query`]) and writes ([`Mutation`]) as the pages use them, and the only place that spawns a request.
//!
//! Leptos' own `LocalResource` lets a new key wait for the old fetch, its `Action` lets the last to finish win and both
//! keep a left page alive; the rules here are the opposite (docs/decisions/0002-query-and-mutation.md).

use std::future::Future;

use futures_util::future::{AbortHandle, abortable};
use leptos::{
    prelude::*,
    task::{spawn_local, spawn_local_scoped_with_cancellation},
};

use crate::api::{ApiError, Result};

/// What is known of something that is read from the installation.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Nothing has arrived yet.
    First,
    /// The latest answer; a newer one is on its way if `refreshing`.
    Ready {
        /// The answer.
        data: T,
        /// Whether a newer answer is on its way.
        refreshing: bool,
    },
    /// The latest request failed; what was known before stays.
    Failed {
        /// Why.
        error: ApiError,
        /// The answer before, if there was one.
        last: Option<T>,
    },
}

impl<T> Load<T> {
    /// The latest answer, however the newest request went.
    pub fn data(&self) -> Option<&T> {
        match self {
            Self::First => None,
            Self::Ready { data, .. } => Some(data),
            Self::Failed { last, .. } => last.as_ref(),
        }
    }

    fn take(&mut self) -> Option<T> {
        match std::mem::replace(self, Self::First) {
            Self::First => None,
            Self::Ready { data, .. } => Some(data),
            Self::Failed { last, .. } => last,
        }
    }

    fn begin(&mut self) {
        if let Some(data) = self.take() {
            *self = Self::Ready { data, refreshing: true };
        }
    }

    fn finish(&mut self, outcome: Result<T>) {
        *self = match outcome {
            Ok(data) => Self::Ready { data, refreshing: false },
            Err(error) => Self::Failed { error, last: self.take() },
        };
    }
}

/// Something that is read: again whenever its key changes or [`Query::refetch`] is called.
///
/// The latest key wins, the request before it is aborted, and what was read stays while the new answer loads.
/// Everything ends with the component that made it.
pub struct Query<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Query<T> {
    /// Reads at once, and again whenever `key` changes.
    pub fn new<K, Fut>(
        key: impl Fn() -> K + Send + Sync + 'static,
        fetch: impl Fn(K) -> Fut + 'static,
    ) -> Self
    where
        K: Clone + PartialEq + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + 'static,
    {
        let state = RwSignal::new(Load::First);
        let again = Trigger::new();
        let key = Memo::new(move |_| key());
        Effect::new(move |_| {
            again.track();
            let request = fetch(key.get());
            state.update(Load::begin);
            spawn_local_scoped_with_cancellation(async move {
                let outcome = request.await;
                state.try_update(|state| state.finish(outcome));
            });
        });
        Self { state, again }
    }

    /// Reads again with the same key.
    pub fn refetch(&self) {
        self.again.notify();
    }

    /// The latest answer, tracked; it does not change when only a refresh begins.
    pub fn data(&self) -> Memo<Option<T>> {
        let state = self.state;
        Memo::new(move |_| state.with(|state| state.data().cloned()))
    }

    /// Why the latest request failed, tracked.
    pub fn error(&self) -> Memo<Option<ApiError>> {
        let state = self.state;
        Memo::new(move |_| {
            state.with(|state| match state {
                Load::Failed { error, .. } => Some(error.clone()),
                _ => None,
            })
        })
    }

    /// Whether an answer is on its way, tracked.
    pub fn busy(&self) -> Memo<bool> {
        let state = self.state;
        Memo::new(move |_| state.with(|state| matches!(state, Load::First | Load::Ready { refreshing: true, .. })))
    }
}

/// How a write ended for whoever started it.
pub enum Outcome<T> {
    /// It succeeded and its page is still there.
    Done(T),
    /// It succeeded after its page was left: tell it, but do not navigate.
    DoneElsewhere(T),
    /// It failed after its page was left: tell it. On the page itself, [`Mutation::error`] tells it.
    FailedElsewhere(ApiError),
}

/// A write: one at a time, and never silently. A write goes on when its page is left, since the server may have begun.
#[derive(Clone, Copy)]
pub struct Mutation {
    pending: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    abort: StoredValue<Option<AbortHandle>>,
}

impl Default for Mutation {
    fn default() -> Self {
        Self { pending: RwSignal::new(false), error: RwSignal::new(None), abort: StoredValue::new(None) }
    }
}

impl Mutation {
    /// Starts `request` unless one is pending. `settled` hears of every end but a failure on the page itself.
    pub fn run<T: 'static>(
        &self,
        request: impl Future<Output = Result<T>> + 'static,
        settled: impl FnOnce(Outcome<T>) + 'static,
    ) {
        let Self { pending, error, abort } = *self;
        if pending.get_untracked() {
            return;
        }
        let (request, handle) = abortable(request);
        abort.set_value(Some(handle));
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let outcome = request.await.unwrap_or(Err(ApiError::Cancelled));
            let left = pending.try_set(false).is_some();
            match outcome {
                Ok(answer) if left => settled(Outcome::DoneElsewhere(answer)),
                Ok(answer) => settled(Outcome::Done(answer)),
                Err(failure) if left => settled(Outcome::FailedElsewhere(failure)),
                Err(failure) => error.set(Some(failure)),
            }
        });
    }

    /// Whether a request is on its way, tracked.
    pub fn pending(&self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why the latest request failed, tracked.
    pub fn error(&self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// Forgets the latest failure, once the user has answered it.
    pub fn forget_error(&self) {
        self.error.set(None);
    }

    /// Gives up waiting. Whether the server did it is not known then.
    pub fn cancel(&self) {
        self.abort.with_value(|handle| {
            if let Some(handle) = handle {
                handle.abort();
            }
        });
    }
}
