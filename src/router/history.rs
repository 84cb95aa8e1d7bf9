//! The tab's history: the console's entries are numbered in `history.state`, so that a step through them has a length.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::{ScrollRestoration, Storage};

use crate::paths;

/// In `sessionStorage` during a reload: the number of the entry, and how far it was scrolled, in CSS pixels.
const SCROLL: &str = "tfe-console.scroll";

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

/// An entry of the history.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// Its number; the one behind it has the next.
    pub(super) number: i32,
}

impl Entry {
    /// The present entry, if the console has numbered it: after a reload, or reached by Back and Forward.
    pub(super) fn current() -> Option<Self> {
        let number = window().history().ok()?.state().ok()?.as_f64()?;
        Some(Self { number: number as i32 })
    }

    fn state(self) -> JsValue {
        self.number.into()
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

/// Keeps how far the page of this entry is scrolled, since the page is going away. The entry's own state cannot be changed
/// that late.
pub(super) fn keep_scroll_for_reload(entry: Entry) {
    let scroll = window().scroll_y().unwrap_or_default() as i32;
    if let Some(storage) = storage() {
        let kept = [&entry.number.to_string(), " ", &scroll.to_string()].concat();
        // Storage may be full or forbidden; then the page begins at its top.
        let _ = storage.set_item(&paths::in_storage(SCROLL), &kept);
    }
}

/// How far the page of this entry was scrolled before it was reloaded.
pub(super) fn scroll_before_reload(entry: Entry) -> f64 {
    let kept = storage().and_then(|storage| {
        let key = paths::in_storage(SCROLL);
        let kept = storage.get_item(&key).ok().flatten();
        // For one reload only.
        storage.remove_item(&key).ok().and(kept)
    });
    let scroll = kept.as_deref().and_then(|kept| {
        let (number, scroll) = kept.split_once(' ')?;
        (number.parse() == Ok(entry.number)).then(|| scroll.parse::<i32>().ok())?
    });
    f64::from(scroll.unwrap_or_default())
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
