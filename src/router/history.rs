//! The tab's history: the console's entries are numbered in `history.state`, so that a step through them has a length.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ScrollRestoration;

/// Path and query, as the browser has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) pathname: String,
    pub(super) search: String,
}

impl Address {
    /// The one in the browser's address bar.
    pub(super) fn current() -> Self {
        let location = window().location();
        Self { pathname: location.pathname().unwrap_or_default(), search: location.search().unwrap_or_default() }
    }

    pub(super) fn url(&self) -> String {
        [self.pathname.as_str(), self.search.as_str()].concat()
    }
}

/// What an entry of the history remembers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// Its number; the one behind it has the next.
    pub(super) number: i32,
    /// How far the page was scrolled when it was reloaded, in CSS pixels.
    pub(super) scroll: f64,
}

impl Entry {
    /// The present entry, if the console has numbered it: after a reload, or reached by Back and Forward.
    pub(super) fn current() -> Option<Self> {
        let state = window().history().ok()?.state().ok()?.dyn_into::<js_sys::Array>().ok()?;
        Some(Self { number: state.get(0).as_f64()? as i32, scroll: state.get(1).as_f64()? })
    }

    fn state(self) -> JsValue {
        js_sys::Array::of2(&self.number.into(), &self.scroll.into()).into()
    }

    /// Puts the entry behind the present one, at `url`.
    pub(super) fn push(self, url: &str) {
        if let Ok(history) = window().history() {
            // It fails only for an address of another origin, which no caller has.
            let _ = history.push_state_with_url(&self.state(), "", Some(url));
        }
    }

    /// Puts the entry in the place of the present one, at `url`.
    pub(super) fn replace(self, url: &str) {
        if let Ok(history) = window().history() {
            // As in `push`.
            let _ = history.replace_state_with_url(&self.state(), "", Some(url));
        }
    }
}

/// Goes so many entries forward, or back if it is negative. `popstate` tells when it has happened.
pub(super) fn step(delta: i32) {
    if let Ok(history) = window().history() {
        // It fails only in a document that is not shown.
        let _ = history.go_with_delta(delta);
    }
}

/// Leaves scrolling after Back and Forward to the console: the browser would scroll before the rows are there.
pub(super) fn restore_scroll_by_hand() {
    if let Ok(history) = window().history() {
        // It fails only in a document that is not shown.
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
}
