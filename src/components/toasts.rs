//! Outcomes of what the user did, told from wherever it happened.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    domain::text::visible,
    ui::{ButtonKind, El, button, dynamic, el, focus_heading},
};

/// Long enough to read two lines twice; an outcome is also on the page that it led to.
const OUTCOME_STAYS: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Toast {
    number: u64,
    text: String,
    failed: bool,
}

/// The messages that are on screen. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) }
    }
}

impl Toasts {
    /// Tells an outcome. It goes away by itself.
    pub fn tell(&self, text: &str) {
        let number = self.push(text, false);
        let toasts = *self;
        set_timeout(move || toasts.dismiss(number), OUTCOME_STAYS);
    }

    /// Tells a failure that has no better place. It stays until it is dismissed.
    pub fn warn(&self, text: &str) {
        self.push(text, true);
    }

    fn push(&self, text: &str, failed: bool) -> u64 {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let text = visible(text);
        self.list.update(|list| list.push(Toast { number, text, failed }));
        number
    }

    fn dismiss(&self, number: u64) {
        // The application may be gone by then, in a test.
        self.list.try_update(|list| list.retain(|toast| toast.number != number));
    }
}

/// Where the messages are. There from the start, so that screen readers announce what comes into it.
pub fn toast_region() -> El {
    let toasts = expect_context::<Toasts>();
    let of_kind = move |failed: bool| {
        dynamic(move || {
            let list = toasts.list.get().into_iter().filter(|toast| toast.failed == failed);
            list.map(|toast| view(toasts, &toast)).collect::<Vec<_>>()
        })
    };
    el("div").class("toasts").child(el("div").attr("role", "status").child(of_kind(false))).child(of_kind(true))
}

fn view(toasts: Toasts, toast: &Toast) -> El {
    let number = toast.number;
    let view = el("div").class("toast");
    let view = if toast.failed { view.attr("role", "alert") } else { view };
    view.child(el("p").child(toast.text.as_str())).child(button(ButtonKind::Quiet, "Dismiss", move || {
        toasts.dismiss(number);
        // The button goes away with the message: the focus needs another place.
        focus_heading();
    }))
}
