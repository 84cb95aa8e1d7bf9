//! `/terraform-versions/plan`: what an action will do to the selected versions, its run, its report and its undo.

mod download;
mod log;
mod report;
mod runner;
mod running;
mod table;

use std::sync::Arc;

use domain::{
    Tool,
    plan::{Action, Plan},
    run::Phase,
};
use leptos::prelude::*;
use wire::ToolVersion;

use self::{
    log::Log,
    report::ReportActions,
    runner::Runner,
    running::RunControls,
    table::{PlanTable, RunTable},
};
use crate::{
    components::{Breadcrumbs, LeaveDialog, LinkButton, ListAddresses, PageHeader},
    inventory::{Inventory, use_inventory},
    router::{NavigateOptions, use_location, use_navigate},
    ui::{Button, ButtonKind, FieldErrors, Notice, NoticeKind, TextField, focus_heading},
};

pub use download::download;

/// What is on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Nothing,
    Plan,
    Running,
    Report,
}

/// The plan, until it is begun; its run; its report.
#[component]
pub fn PlanPage(
    /// Whose versions.
    tool: Tool,
) -> impl IntoView {
    let location = use_location();
    let inventory = use_inventory(tool);
    let list = expect_context::<ListAddresses>().of(tool);
    let runner = Runner::new(tool);
    let chosen = StoredValue::new(selected(inventory));
    let is_empty = chosen.with_value(Vec::is_empty);
    if is_empty {
        // After a reload.
        inventory.open();
    }
    // What was interrupted is looked at before anything new is planned.
    if let Some(run) = Log::of(tool).restore().filter(|run| is_empty || run.was_interrupted()) {
        runner.restore(run);
    }
    let action = Memo::new(move |_| location.query("action").and_then(|word| Action::of_word(&word)));
    let reason = RwSignal::new(String::new());
    let undo = RwSignal::new(None::<Plan>);
    let plan = Memo::new(move |_| {
        undo.get().or_else(|| {
            let of_selection = |versions: &Vec<_>| Plan::of_selection(action.get()?, &reason.get(), versions).into();
            chosen.with_value(|versions| if versions.is_empty() { None } else { of_selection(versions) })
        })
    });
    let stage = Memo::new(move |_| match runner.with(|run| run.phase()) {
        Some(Phase::Over) => Stage::Report,
        Some(_) => Stage::Running,
        None if plan.with(Option::is_some) => Stage::Plan,
        None => Stage::Nothing,
    });
    Effect::new(move |known: Option<Stage>| {
        let stage = stage.get();
        if known.is_some_and(|known| known != stage) {
            // What was pressed has gone.
            request_animation_frame(focus_heading);
        }
        stage
    });
    let heading = Signal::derive(move || match stage.get() {
        Stage::Plan => plan.with(|plan| plan.as_ref().map(Plan::heading)).unwrap_or_default(),
        Stage::Running => runner.with(|run| run.heading()).unwrap_or_default(),
        Stage::Report => runner.with(|run| run.plan().purpose.report()).unwrap_or_default(),
        Stage::Nothing => "Nothing is selected".to_owned(),
    });
    let start = Callback::new(move |()| {
        if let Some(plan) = plan.get_untracked() {
            runner.start(plan);
        }
    });
    let take_back = Callback::new(move |()| {
        undo.set(runner.undo());
        runner.close();
    });
    let put_away = Callback::new(move |()| {
        Log::of(tool).clear();
        runner.close();
    });
    let has_reason = Memo::new(move |_| action.get() == Some(Action::Deprecate) && undo.with(Option::is_none));
    let list_of_nothing = list.clone();
    view! {
        <PageHeader
            heading
            breadcrumbs=view! { <Breadcrumbs above=vec![(list, "All versions".to_owned())]/> }.into_any()
        />
        <LeaveDialog text="The run is not over: what is not sent yet is not sent when you leave. The report of what was done is shown when you come back to this page."/>
        {move || match stage.get() {
            Stage::Nothing => view! { <NothingSelected list=list_of_nothing.clone()/> }.into_any(),
            Stage::Plan => view! { <Preview tool inventory plan reason has_reason start/> }.into_any(),
            Stage::Running | Stage::Report => {
                view! { <RunView runner stage take_back put_away/> }.into_any()
            }
        }}
    }
}

/// The selected versions, the newest first.
fn selected(inventory: Inventory) -> Vec<Arc<ToolVersion>> {
    let places = inventory.selection().with_untracked(|selection| selection.places());
    inventory.with_untracked(|store| {
        let mut entries: Vec<_> = places.into_iter().filter_map(|place| store.get(place)).collect();
        entries.sort_by(|one, other| domain::version_order::compare(one.key(), other.key(), true));
        entries.into_iter().map(|entry| Arc::clone(entry.version())).collect()
    })
}

#[component]
fn NothingSelected(list: String) -> impl IntoView {
    view! {
        <div class="empty">
            <p>"Select versions in the list, and then choose what to do with them."</p>
            <LinkButton href=list>"Go to the list"</LinkButton>
        </div>
    }
}

#[component]
fn Preview(
    tool: Tool,
    inventory: Inventory,
    plan: Memo<Option<Plan>>,
    reason: RwSignal<String>,
    has_reason: Memo<bool>,
    start: Callback<()>,
) -> impl IntoView {
    let navigate = use_navigate();
    let lists = expect_context::<ListAddresses>();
    let counts = Memo::new(move |_| plan.with(|plan| plan.as_ref().map(Plan::counts)).unwrap_or_default());
    let summary = move || plan.with(|plan| plan.as_ref().map(Plan::summary));
    let partial = move || {
        let is_partial = inventory.progress().with(|progress| progress.is_partial);
        let text = "Not all versions of the installation are loaded. The plan is for those that were selected.";
        is_partial.then(|| view! { <Notice kind=NoticeKind::Warning text/> })
    };
    let reason_field = move || {
        has_reason.get().then(|| {
            let value = (reason.into(), reason.into());
            let hint =
                "Users of these versions see it. Left empty, a version that is deprecated already keeps its reason.";
            view! { <TextField id="reason" label="Reason" hint value errors=FieldErrors::default()/> }
        })
    };
    let act = move || {
        let changes = counts.get().changes;
        let words = plan.with(|plan| plan.as_ref().map(Plan::button)).unwrap_or_default();
        (changes > 0).then(|| view! { <Button kind=ButtonKind::Primary on_press=start>{words}</Button> })
    };
    let cancel = move |()| navigate(&lists.of(tool), NavigateOptions::default());
    view! {
        {partial}
        {reason_field}
        <p class="summary" role="status">
            {summary}
        </p>
        <PlanTable plan/>
        <div class="actions plan-actions">
            {act} <Button on_press=cancel>"Cancel"</Button>
        </div>
    }
}

#[component]
fn RunView(runner: Runner, stage: Memo<Stage>, take_back: Callback<()>, put_away: Callback<()>) -> impl IntoView {
    let is_over = Memo::new(move |_| stage.get() == Stage::Report);
    let interrupted = move || {
        let text = "This run was interrupted when the page was left. What was sent and not answered then is unclear: look \
                    at those versions, or try them again, which looks first.";
        let was_interrupted = is_over.get() && runner.with(|run| run.was_interrupted()).unwrap_or_default();
        was_interrupted.then(|| {
            view! {
                <Notice kind=NoticeKind::Warning text>
                    <Button on_press=put_away>"Put the report away"</Button>
                </Notice>
            }
        })
    };
    let full = move || {
        let text = "This browser has no room left to note down what is done: a reload would lose this report.";
        runner.is_log_full().then(|| view! { <Notice kind=NoticeKind::Warning text/> })
    };
    let summary = move || is_over.get().then(|| runner.with(|run| run.summary()));
    view! {
        {interrupted}
        {full}
        <p class="summary" role="status">
            {summary}
        </p>
        {move || {
            if is_over.get() {
                view! { <ReportActions runner take_back/> }.into_any()
            } else {
                view! { <RunControls runner/> }.into_any()
            }
        }}
        <RunTable runner is_over/>
    }
}
