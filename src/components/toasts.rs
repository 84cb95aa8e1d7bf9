//! Outcomes of what the user did, told from wherever it happened.

use std::time::Duration;

use domain::text::visible_lines;
use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Icon, IconView, focus_heading_if_lost};

/// Long enough to read two lines twice; an outcome is also on the page that it led to.
const OUTCOME_STAYS: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Toast {
    number: u64,
    text: String,
    failed: bool,
}

impl Toast {
    fn id(number: u64) -> String {
        ["toast-", &number.to_string()].concat()
    }
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
    /// Tells an outcome. It goes away by itself, but not while the focus or the pointer is on it.
    pub fn tell(&self, text: &str) {
        let number = self.push(text, false);
        self.expire(number);
    }

    /// Tells a failure that has no better place. It stays until it is dismissed.
    pub fn warn(&self, text: &str) {
        self.push(text, true);
    }

    fn push(&self, text: &str, failed: bool) -> u64 {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let text = visible_lines(text);
        self.list.update(|list| list.push(Toast { number, text, failed }));
        number
    }

    fn expire(self, number: u64) {
        set_timeout(
            move || {
                let attended = ["#", &Toast::id(number), ":is(:hover, :focus-within)"].concat();
                if matches!(document().query_selector(&attended), Ok(Some(_))) {
                    self.expire(number);
                } else {
                    self.remove(number);
                }
            },
            OUTCOME_STAYS,
        );
    }

    fn dismiss(self, number: u64) {
        self.remove(number);
        // The button had the focus and goes away with its message.
        focus_heading_if_lost();
    }

    fn remove(self, number: u64) {
        // The application may be gone by then, in a test.
        self.list.try_update(|list| list.retain(|toast| toast.number != number));
    }
}

/// Where the messages are. There from the start, so that screen readers announce what comes into it.
#[component]
pub fn ToastRegion() -> impl IntoView {
    view! {
        <div class="toasts">
            <div role="status">
                <ToastList failed=false/>
            </div>
            <ToastList failed=true/>
        </div>
    }
}

#[component]
fn ToastList(failed: bool) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let list = move || toasts.list.get().into_iter().filter(|toast| toast.failed == failed).collect::<Vec<_>>();
    let item = move |Toast { number, text, failed }: Toast| {
        let icon = if failed { Icon::Warning } else { Icon::Done };
        view! {
            <div id=Toast::id(number) class="toast" role=failed.then_some("alert")>
                <IconView icon/>
                <p>{text}</p>
                <Button kind=ButtonKind::Quiet on_press=move |()| toasts.dismiss(number)>"Dismiss"</Button>
            </div>
        }
    };
    view! { <For each=list key=|toast| toast.number children=item/> }
}
