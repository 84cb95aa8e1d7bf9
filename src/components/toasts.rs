//! Outcomes of what the user did, told from wherever it happened.

use std::time::Duration;

use leptos::prelude::*;

use crate::{domain::text::visible, ui::{Button, ButtonKind}};

/// Long enough to read two lines twice; an outcome is also on the page that it led to.
const OUTCOME_STAYS: Duration = Duration::from_secs(10);

#[derive(Clone, PartialEq)]
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
#[component]
pub fn ToastRegion() -> AnyView {
    let toasts = expect_context::<Toasts>();
    let of_kind = move |failed: bool| {
        view! {
            <For each=move || toasts.list.get().into_iter().filter(move |it| it.failed == failed) key=|toast| toast.number let(toast)>
                <div class="toast" data-kind=if failed { "error" } else { "outcome" } role=failed.then_some("alert")>
                    <p>{toast.text}</p>
                    <Button kind=ButtonKind::Quiet label="Dismiss" on_press=move |()| toasts.dismiss(toast.number)/>
                </div>
            </For>
        }
    };
    view! {
        <div class="toasts">
            <div role="status">{of_kind(false)}</div>
            <div>{of_kind(true)}</div>
        </div>
    }
    .into_any()
}
