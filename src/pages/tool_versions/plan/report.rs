//! What can be done with a report.

use leptos::prelude::*;

use super::{download::download, runner::Runner};
use crate::{
    components::Copy,
    ui::{Button, ButtonKind},
};

/// "Try failed again", "Undo", "Copy report" and "Download report".
#[component]
pub fn ReportActions(
    /// The run.
    runner: Runner,
    /// Opens the plan of the reverse.
    take_back: Callback<()>,
    /// Opens the plan of what is not done.
    try_again: Callback<()>,
) -> impl IntoView {
    let has_failed = Memo::new(move |_| runner.with(|run| run.retryable()).unwrap_or_default() > 0);
    let retry = move || {
        has_failed.get().then(|| {
            view! { <Button kind=ButtonKind::Primary on_press=try_again>"Try failed again"</Button> }
        })
    };
    let report = move || runner.with(|run| run.report());
    let text = untrack(report).map(|report| report.to_text()).unwrap_or_default();
    let is_json = RwSignal::new(false);
    let save = move |()| {
        let Some(report) = untrack(report) else { return };
        if is_json.get_untracked() {
            download("report.json", &report.to_json());
        } else {
            download("report.csv", &report.to_csv());
        }
    };
    view! {
        <div class="actions">
            {retry} <Button on_press=take_back>"Undo"</Button> <Copy text>"Copy report"</Copy>
            <Button on_press=save>"Download report"</Button>
            <label class="filter">
                "as"
                <select
                    class="input"
                    on:change:target=move |event| is_json.set(event.target().value() == "json")
                >
                    <option value="csv">"CSV"</option>
                    <option value="json">"JSON"</option>
                </select>
            </label>
        </div>
    }
}
