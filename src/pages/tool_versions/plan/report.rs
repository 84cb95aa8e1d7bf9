//! What can be done with a report.

use leptos::prelude::*;

use super::{download::download, runner::Runner, undo::Undo};
use crate::{
    components::Copy,
    ui::{Button, ButtonKind, Notice, NoticeKind},
};

/// "Try failed again", "Undo", "Copy report" and "Download report".
#[component]
pub fn ReportActions(
    /// The run.
    runner: Runner,
    /// Opens the plan of the reverse.
    undo: Undo,
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
    let waiting = move || {
        undo.is_waiting()
            .then_some("Loading… The plan is shown when it is known which of the versions there still are.")
    };
    let failed = move || {
        undo.failure().map(|why| {
            let text = ["It is not known which of the versions there still are. ", &why].concat();
            view! { <Notice kind=NoticeKind::Error text/> }
        })
    };
    view! {
        <div class="actions">
            {retry}
            <Button busy=Signal::derive(move || undo.is_waiting()) on_press=move |()| undo.begin()>
                "Undo"
            </Button>
            <Copy text>"Copy report"</Copy>
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
        <p class="muted" role="status">
            {waiting}
        </p>
        {failed}
    }
}
