//! What is told of a run while it runs, and what can be done with it.

use domain::{
    count::grouped,
    run::{Event, Phase},
};
use leptos::prelude::*;

use super::runner::Runner;
use crate::{
    router::use_unsaved_changes,
    ui::{Button, ButtonKind},
};

/// In seconds: a shorter wait is over before it is read.
const SHORTEST_WAIT_TOLD: u64 = 3;

/// The progress, and the buttons that pause and stop the run. Leaving is asked about as long as they are there.
#[component]
pub fn RunControls(
    /// The run.
    runner: Runner,
) -> impl IntoView {
    use_unsaved_changes(Signal::derive(|| true));
    let progress = Memo::new(move |_| runner.with(|run| run.progress()).unwrap_or_default());
    let phase = Memo::new(move |_| runner.with(|run| run.phase()).unwrap_or(Phase::Over));
    let is_paused = Memo::new(move |_| matches!(phase.get(), Phase::Paused | Phase::Unauthorized));
    let wait = Memo::new(move |_| runner.with(|run| run.wait()).flatten().map_or(0, |left| left.as_secs()));
    let told = move || match phase.get() {
        Phase::Running if wait.get() >= SHORTEST_WAIT_TOLD => {
            let seconds = wait.get().to_string();
            ["The installation asks to wait: goes on in about ", &seconds, " s."].concat()
        }
        phase => words(phase).to_owned(),
    };
    let pause = move |()| {
        runner.tell(if is_paused.get_untracked() { Event::Resume } else { Event::Pause });
    };
    let stop = move |()| {
        if phase.get_untracked() != Phase::Stopping {
            runner.tell(Event::Stop);
        }
    };
    view! {
        <div class="run">
            <progress
                aria-label="Progress"
                max=move || progress.get().1.to_string()
                value=move || progress.get().0.to_string()
            ></progress>
            <span class="run-count">
                {move || {
                    let (ended, all) = progress.get();
                    [grouped(ended as u64), grouped(all as u64)].join(" of ")
                }}
            </span>
            <Button on_press=pause>{move || if is_paused.get() { "Resume" } else { "Pause" }}</Button>
            <Button
                kind=ButtonKind::Danger
                busy=Signal::derive(move || phase.get() == Phase::Stopping)
                on_press=stop
            >
                "Stop"
            </Button>
        </div>
        <p class="muted" role="status">
            {told}
        </p>
    }
}

fn words(phase: Phase) -> &'static str {
    match phase {
        Phase::Running | Phase::Over => "",
        Phase::Paused => "Paused. What is under way is still answered.",
        Phase::Stopping => "Stopping. What is under way is still answered.",
        Phase::Offline => "There is no network. It goes on when the network is back.",
        Phase::Unauthorized => "The installation refuses the token. “Resume” asks for another one.",
    }
}
