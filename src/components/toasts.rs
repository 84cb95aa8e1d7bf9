//! Outcomes of what the user did, told from wherever it happened.

use std::time::Duration;

use domain::text::visible_lines;
use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Icon, IconView, Key, focus_heading_if_lost, keyed};

/// Long enough to read two lines twice; an outcome is also on the page that it led to.
const OUTCOME_STAYS: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Toast {
    number: usize,
    text: String,
    failed: bool,
}

impl Toast {
    /// Its id in the page, and its number.
    fn key(&self) -> Key {
        (Self::id(self.number), self.number)
    }

    fn id(number: usize) -> String {
        ["toast-", &number.to_string()].concat()
    }
}

/// The messages that are on screen. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<usize>,
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

    fn push(&self, text: &str, failed: bool) -> usize {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let text = visible_lines(text);
        self.list.update(|list| list.push(Toast { number, text, failed }));
        number
    }

    fn expire(self, number: usize) {
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

    fn dismiss(self, number: usize) {
        self.remove(number);
        // The button had the focus and goes away with its message.
        focus_heading_if_lost();
    }

    fn remove(self, number: usize) {
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
    let keys = move || {
        let of_kind = |list: &Vec<Toast>| list.iter().filter(|toast| toast.failed == failed).map(Toast::key).collect();
        toasts.list.with(of_kind)
    };
    let toast = move |(id, number): Key| {
        let icon = if failed { Icon::Warning } else { Icon::Done };
        let text = toasts.list.with_untracked(|list| Some(list.iter().find(|it| it.number == number)?.text.clone()));
        view! {
            <div id=id class="toast" role=failed.then_some("alert")>
                <IconView icon/>
                <p>{text}</p>
                <Button kind=ButtonKind::Quiet on_press=move |()| toasts.dismiss(number)>"Dismiss"</Button>
            </div>
        }
        .into_any()
    };
    keyed(keys, toast)
}
