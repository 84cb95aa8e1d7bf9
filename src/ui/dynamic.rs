//! Parts of a view that follow signals, in one type for all of them.
//!
//! A closure in `view!` is a type of its own, and Leptos compiles all that keeps a part of the page up to date for each
//! type again: about a kilobyte of the first load each (docs/decisions/0019-first-load-budget.md). In what the first load
//! shows, closures go through here; elsewhere `move || …` is as good.

use std::sync::{Arc, Mutex};

use leptos::{prelude::*, tachys::reactive_graph::SharedReactiveFunction};

/// As `{move || …}` in a view.
pub fn dynamic<V: IntoView + 'static>(content: impl Fn() -> V + Send + 'static) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(move || content().into_any()))
}

/// As `attribute=move || condition().then_some("true")`, for ARIA's states.
pub fn true_if(condition: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<&'static str>> {
    Signal::derive(move || condition().then_some("true"))
}
