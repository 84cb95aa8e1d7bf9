//! What the list says of a run that was left before it was over.

use domain::{Tool, count::grouped, run::Run};
use leptos::prelude::*;

use super::log::Log;
use crate::{
    components::LinkButton,
    paths,
    ui::{Notice, NoticeKind},
};

/// "A run was interrupted: disable, 12 of 500 done.", with a link to its report.
#[component]
pub fn InterruptedRun(
    /// Whose versions.
    tool: Tool,
) -> impl IntoView {
    let run = Log::of(tool).restore().filter(Run::was_interrupted);
    run.map(|run| {
        let (done, all) = run.done();
        let done = [grouped(done as u64), grouped(all as u64)].join(" of ");
        let text = ["A run was interrupted: ", &run.plan().purpose.name(), ", ", &done, " done."].concat();
        view! {
            <Notice kind=NoticeKind::Status text>
                <LinkButton href=paths::plan(tool)>"Show the report"</LinkButton>
            </Notice>
        }
    })
}
