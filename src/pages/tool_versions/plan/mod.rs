//! `/terraform-versions/plan`: what an action will do to the selected versions, its run, its report and its undo.

mod download;
mod draft;
mod interrupted;
mod log;
mod place;
mod preview;
mod report;
mod runner;
mod running;
mod table;
mod undo;

use std::sync::Arc;

use domain::{Tool, plan::Action, run::Phase};
use leptos::prelude::*;
use wire::ToolVersion;

use self::{
    draft::Draft, log::Log, preview::Preview, report::ReportActions, runner::Runner, running::RunControls,
    table::RunTable, undo::Undo,
};
use crate::{
    components::{Breadcrumbs, LeaveDialog, LinkButton, ListAddresses, PageHeader},
    inventory::{Inventory, use_inventory},
    router::{NavigateOptions, use_history, use_location, use_navigate},
    ui::{Button, Notice, NoticeKind, focus_heading},
};

pub use download::download;
pub use interrupted::InterruptedRun;
pub use log::was_interrupted;

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
    let chosen = selected(inventory);
    let is_empty = chosen.is_empty();
    if is_empty {
        // After a reload.
        inventory.open();
    }
    let history = use_history();
    let is_back = place::is_back(tool, history, location);
    // What was interrupted is looked at before anything new is planned, and Back leads to a report.
    if let Some(run) = Log::of(tool).restore().filter(|run| is_empty || is_back || run.was_interrupted()) {
        // It is read now: the list does not speak of it any more.
        Log::of(tool).end();
        runner.restore(run);
    }
    let action = Memo::new(move |_| location.query("action").and_then(|word| Action::of_word(&word)));
    let draft = Draft::new(chosen, action);
    // Whether the plan is of what the run left open, and the run goes on with it.
    let is_again = RwSignal::new(false);
    let stage = Memo::new(move |_| match runner.with(|run| run.phase()) {
        Some(Phase::Over) if !is_again.get() => Stage::Report,
        Some(phase) if phase != Phase::Over => Stage::Running,
        _ if draft.purpose().is_some() => Stage::Plan,
        _ => Stage::Nothing,
    });
    Effect::new(move |known: Option<Stage>| {
        let stage = stage.get();
        if matches!(stage, Stage::Running | Stage::Report) {
            place::keep(tool, history, location);
        }
        if known.is_some_and(|known| known != stage) {
            // What was pressed has gone.
            request_animation_frame(focus_heading);
        }
        stage
    });
    let heading = Signal::derive(move || match stage.get() {
        Stage::Plan => draft.purpose().map(|purpose| purpose.heading(draft.len())).unwrap_or_default(),
        Stage::Running => runner.with(|run| run.heading()).unwrap_or_default(),
        Stage::Report => runner.with(|run| run.plan().purpose.report()).unwrap_or_default(),
        Stage::Nothing => "Nothing is selected".to_owned(),
    });
    let start = Callback::new(move |()| {
        if is_again.get_untracked() {
            is_again.set(false);
            draft.put(None);
            runner.retry();
        } else if let Some(plan) = draft.plan() {
            runner.start(plan);
        }
    });
    let take_back = Callback::new(move |plan| {
        draft.put(Some(plan));
        runner.close();
    });
    let undo = Undo::new(tool, runner, take_back);
    let try_again = Callback::new(move |()| {
        undo.cancel();
        draft.put(runner.again());
        is_again.set(true);
    });
    let put_away = Callback::new(move |()| {
        undo.cancel();
        Log::of(tool).clear();
        runner.close();
    });
    let (navigate, list_to_leave_to, list_of_nothing) = (use_navigate(), list.clone(), list.clone());
    let cancel = Callback::new(move |()| {
        if is_again.get_untracked() {
            // Back to the report.
            is_again.set(false);
            draft.put(None);
        } else {
            navigate(&list_to_leave_to, NavigateOptions::default());
        }
    });
    view! {
        <PageHeader
            heading
            breadcrumbs=view! { <Breadcrumbs above=vec![(list, "All versions".to_owned())]/> }.into_any()
        />
        <LeaveDialog
            text="The run is not over: what is not sent yet is not sent when you leave. The report of what was done is shown when you come back to this page."
            text_at_sign_out="The run is not over: what is not sent yet is not sent when you sign out. Signing out also forgets what was done: without the report it can neither be read nor undone."
        />
        {move || match stage.get() {
            Stage::Nothing => view! { <NothingSelected list=list_of_nothing.clone()/> }.into_any(),
            Stage::Plan => view! { <Preview inventory draft start cancel/> }.into_any(),
            Stage::Running | Stage::Report => {
                view! { <RunView runner stage undo try_again put_away/> }.into_any()
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
fn RunView(
    runner: Runner,
    stage: Memo<Stage>,
    undo: Undo,
    try_again: Callback<()>,
    put_away: Callback<()>,
) -> impl IntoView {
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
                view! { <ReportActions runner undo try_again/> }.into_any()
            } else {
                view! { <RunControls runner/> }.into_any()
            }
        }}
        <RunTable runner is_over/>
    }
}
