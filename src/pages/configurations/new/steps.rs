//! The upload as its user sees it: the steps, the bar, and what can be done.

use leptos::prelude::*;

use super::{
    super::said::{bar_text, said_view, upload_bar},
    runner::Runner,
};
use crate::{
    components::copy,
    domain::{
        size::{bytes_text, duration_text},
        text::visible,
        uploads::machine::{Event, Phase, Step, StepState},
    },
    paths,
    ui::{ButtonKind, El, NoticeKind, View, button, dynamic, el, focus_by_id, link_button, notice},
};

/// The id of the section, which takes the focus when the upload begins.
const SECTION: &str = "upload";

/// The upload from its beginning to its end. As long as there is no version, the form can be changed, and trying again is
/// to `submit` it as it is then.
pub fn steps_view(runner: Runner, submit: impl Fn() + Copy + 'static) -> View {
    focus_by_id(SECTION);
    let items: Vec<El> = Step::ALL.into_iter().map(|step| step_item(runner, step)).collect();
    let phase = Memo::new(move |_| runner.phase());
    el("section")
        .id(SECTION)
        .class("card upload")
        .attr("tabindex", "-1")
        .attr("aria-label", "Upload steps")
        .child(el("ol").class("steps").child(items))
        .child(upload_bar(move || done(runner)))
        .child(el("p").class("numbers").text_of(move || numbers(runner)))
        .child(el("p").class("outcome-word").attr("role", "status").text_of(move || headline(runner, &phase.get())))
        .child(dynamic(move || failure(runner, &phase.get())))
        .child(dynamic(move || version(runner)))
        .child(said_view(runner.following))
        .child(dynamic(move || buttons(runner, submit, &phase.get())))
        .into()
}

fn step_item(runner: Runner, step: Step) -> El {
    let state = Memo::new(move |_| runner.step_state(step));
    let words = move || match state.get() {
        StepState::Ahead => "",
        StepState::Active => "under way",
        StepState::Done => "done",
        StepState::Failed => "failed",
        StepState::Waiting => "waiting for the network",
        StepState::Cancelled => "cancelled",
    };
    el("li")
        .class("step")
        .attr_of("data-state", move || Some(words().to_owned()))
        .child(step.label())
        .child(el("span").class("step-state").text_of(move || [" ", words()].concat()))
}

/// How full the bar is: of the packing, of the sending, and of what the installation says after that.
fn done(runner: Runner) -> Option<f64> {
    match runner.phase() {
        Phase::Done => Some(1.0),
        Phase::Running(Step::Processing) => runner.following.bar().map(|bar| bar.done),
        Phase::Running(Step::Creating) | Phase::Idle => None,
        _ => runner.with(|upload| match upload.bytes() {
            (_, 0) => None,
            (bytes, total) => Some(bytes as f64 / total as f64),
        }),
    }
}

fn numbers(runner: Runner) -> String {
    match runner.phase() {
        Phase::Running(Step::Processing) => runner.following.bar().map(|bar| bar_text(&bar)).unwrap_or_default(),
        Phase::Running(Step::Preparing) => runner.with(|upload| {
            let (bytes, total) = upload.bytes();
            [&bytes_text(bytes), " of ", &bytes_text(total), " packed"].concat()
        }),
        Phase::Running(Step::Sending) | Phase::Waiting(Step::Sending) => runner.with(|upload| {
            let (bytes, total) = upload.bytes();
            let mut text = [&bytes_text(bytes), " of ", &bytes_text(total), " sent"].concat();
            if let Some(speed) = upload.speed() {
                text.push_str(", ");
                text.push_str(&bytes_text(speed as u64));
                text.push_str("/s");
            }
            if let Some(left) = upload.time_left() {
                text.push_str(", ");
                text.push_str(&duration_text(left));
                text.push_str(" left");
            }
            text
        }),
        _ => String::new(),
    }
}

fn headline(runner: Runner, phase: &Phase) -> String {
    match phase {
        Phase::Idle => String::new(),
        Phase::Running(Step::Preparing) => "Packing the folder…".to_owned(),
        Phase::Running(Step::Creating) => "Creating the configuration version…".to_owned(),
        Phase::Running(Step::Sending) => "Sending the archive…".to_owned(),
        Phase::Running(Step::Processing) => "The archive was sent. The installation processes it…".to_owned(),
        Phase::Waiting(_) => "The browser is offline. It goes on when the network is back.".to_owned(),
        Phase::Failed { .. } => String::new(),
        Phase::Cancelled(_) => "Cancelled.".to_owned(),
        Phase::Done => {
            let number = runner.with(|upload| upload.created().map(|it| it.version).unwrap_or_default());
            format!("Configuration version {number} was uploaded.")
        }
    }
}

fn failure(runner: Runner, phase: &Phase) -> Option<El> {
    let Phase::Failed { step, reason } = phase else { return None };
    let in_doubt = *step == Step::Creating && untrack(|| runner.with(|upload| upload.create_is_in_doubt()));
    let doubt = in_doubt.then(|| {
        el("p").child("A version may have been created all the same. Trying again may then make a second one.")
    });
    let text = [step.label(), " failed. ", &visible(reason)].concat();
    Some(notice(NoticeKind::Error, &text, doubt.into()))
}

/// The number and the token, as soon as they are known.
fn version(runner: Runner) -> Option<El> {
    let created = runner.with(|upload| upload.created().cloned())?;
    let token = el("code").class("value").child(visible(&created.token));
    let link =
        el("a").attr("href", &paths::upload_progress(&runner.configuration(), &created.token)).child("Upload progress");
    let list = el("dl")
        .class("details")
        .child(el("dt").child("Version"))
        .child(el("dd").child(created.version.to_string()))
        .child(el("dt").child("Upload token"))
        .child(el("dd").child(token).child(copy("Copy token", created.token)))
        .child(el("dt").child("Follow it"))
        .child(el("dd").child(link));
    Some(list)
}

fn buttons(runner: Runner, submit: impl Fn() + Copy + 'static, phase: &Phase) -> Option<El> {
    // The button may go away with this: the focus needs another place.
    let leave = || focus_by_id(SECTION);
    let cancel = move || {
        leave();
        runner.tell(Event::Cancel);
    };
    let try_again = move || {
        leave();
        if runner.is_created_untracked() { runner.tell(Event::Retry) } else { submit() }
    };
    let buttons: View = match phase {
        Phase::Idle => return None,
        Phase::Running(_) | Phase::Waiting(_) => button(ButtonKind::Secondary, "Cancel", cancel).into(),
        Phase::Failed { .. } | Phase::Cancelled(_) => button(ButtonKind::Primary, "Try again", try_again).into(),
        Phase::Done => {
            let configuration = runner.configuration();
            link_button(ButtonKind::Secondary, "Back to the configuration", &paths::configuration(&configuration))
                .into()
        }
    };
    Some(el("div").class("form-actions").child(buttons))
}
