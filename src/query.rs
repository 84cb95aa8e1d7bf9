//! Reads ([`Query`]) and writes ([`Mutation`]) as the pages use them, and the only place that spawns their requests.
//!
//! Leptos' own `LocalResource` lets a new key wait for the old fetch, its `Action` lets the last to finish win and both
//! keep a left page alive; the rules here are the opposite (docs/decisions/0002-query-and-mutation.md).

use api::{ApiError, LocalBoxFuture, Result};
use futures_util::future::{AbortHandle, abortable};
use leptos::{
    prelude::*,
    task::{spawn_local, spawn_local_scoped_with_cancellation},
};

/// Something that is read: again whenever what its request is made of changes, or [`Query::refetch`] is called.
///
/// The latest request wins, the one before it is aborted, and what was read stays while the new answer loads and when
/// it fails. Everything ends with the component that made it.
pub struct Query<T: Send + Sync + 'static> {
    answer: RwSignal<Option<ArcRwSignal<T>>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    again: Trigger,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Query<T> {
    /// Sends the request that `request` makes, and again whenever a signal that it reads while making it has changed.
    pub fn new(request: impl Fn() -> LocalBoxFuture<'static, Result<T>> + 'static) -> Self {
        let query = Self {
            answer: RwSignal::new(None),
            error: RwSignal::new(None),
            busy: RwSignal::new(true),
            again: Trigger::new(),
        };
        Effect::new(move |_| {
            query.again.track();
            let request = request();
            query.busy.set(true);
            // A failure is one of the request before.
            query.error.set(None);
            spawn_local_scoped_with_cancellation(async move { query.finish(request.await) });
        });
        query
    }

    /// Sends the request again.
    pub fn refetch(&self) {
        self.again.notify();
    }

    /// Takes an answer that was read elsewhere for the latest.
    pub fn put(&self, answer: T) {
        self.error.set(None);
        // What is on screen is left alone when it is still so: the focus may be in it.
        match self.answer.get_untracked() {
            None => self.answer.set(Some(ArcRwSignal::new(answer))),
            Some(known) if known.with_untracked(|known| *known != answer) => known.set(answer),
            Some(_) => {}
        }
    }

    /// The latest answer as a signal of its own, once there is one. Tracked until then.
    pub fn answer(&self) -> Option<Signal<T>> {
        self.answer.get().map(Signal::from)
    }

    /// What `read` makes of the latest answer. Tracked.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.answer.get().map(|answer| answer.with(read))
    }

    /// Why the newest request failed, if it did. Tracked.
    pub fn error(&self) -> Option<ApiError> {
        self.error.get()
    }

    /// Whether an answer is on its way. Tracked.
    pub fn is_busy(&self) -> bool {
        self.busy.get()
    }

    fn finish(&self, outcome: Result<T>) {
        // The page may have gone at the very moment of the answer.
        if self.busy.try_set(false).is_some() {
            return;
        }
        match outcome {
            Ok(answer) => self.put(answer),
            Err(error) => self.error.set(Some(error)),
        }
    }
}

/// What to do when a write has succeeded; called with whether its page is still there: if not, tell the user, but do not
/// navigate. Boxed, so that [`Mutation`] is one type for all writes.
pub type OnSuccess = Box<dyn FnOnce(bool)>;

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
    /// Starts `request` unless one is pending. `on_failure` is called when it fails, with whether its page is still there:
    /// there the failure is [`Mutation::error`] as well.
    pub fn run(
        &self,
        request: LocalBoxFuture<'static, Result<OnSuccess>>,
        on_failure: impl FnOnce(&ApiError, bool) + 'static,
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
            let is_there = pending.try_set(false).is_none();
            match outcome {
                Ok(on_success) => on_success(is_there),
                Err(failure) => {
                    on_failure(&failure, is_there);
                    error.try_set(Some(failure));
                }
            }
        });
    }

    /// Whether a request is on its way. Tracked.
    pub fn is_pending(&self) -> bool {
        self.pending.get()
    }

    /// Why the latest request failed, if it did. Tracked.
    pub fn error(&self) -> Option<ApiError> {
        self.error.get()
    }

    /// Forgets the latest failure, once the user has answered it.
    pub fn forget_error(&self) {
        if self.error.with_untracked(Option::is_some) {
            self.error.set(None);
        }
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

/// Work of a page that is neither a read that is shown nor a write: one at a time, the latest wins, and it ends with its
/// page.
#[derive(Clone, Copy)]
pub struct Task {
    abort: StoredValue<Option<AbortHandle>>,
}

impl Task {
    /// Nothing yet. What is started later ends with the component that calls this.
    pub fn new() -> Self {
        let abort = StoredValue::new(None::<AbortHandle>);
        on_cleanup(move || {
            if let Some(Some(handle)) = abort.try_get_value() {
                handle.abort();
            }
        });
        Self { abort }
    }

    /// Ends what is under way and starts this.
    pub fn start(&self, work: LocalBoxFuture<'static, ()>) {
        self.stop();
        let (work, handle) = abortable(work);
        self.abort.set_value(Some(handle));
        spawn_local(async move {
            let _ = work.await;
        });
    }

    /// Ends what is under way.
    pub fn stop(&self) {
        if let Some(handle) = self.abort.get_value() {
            handle.abort();
        }
    }
}

impl Default for Task {
    fn default() -> Self {
        Self::new()
    }
}
