//! The upload as its user sees it: the steps, the bar, and what can be done.
//!
//! Built once. What changes many times a second is a text or an attribute, and each part follows a [`Memo`] of its own:
//! what can be pressed or has the focus is never made anew by the progress.

use domain::{
    text::visible,
    uploads::machine::{Created, Event, Phase, Step},
};
use leptos::{html, prelude::*};

use super::{
    super::upload_progress::{LatestAnswer, UploadBar},
    UPLOAD,
    runner::Runner,
    wording::{headline, numbers, share_done, step_state},
};
use crate::{
    components::{Copy, LinkButton},
    paths::{self, Configuration},
    router::Link,
    ui::{Button, ButtonKind, Notice, NoticeKind, dynamic, focus_by_id},
};

/// The upload from its beginning to its end. As long as there is no version, the form can be changed, and trying again is
/// to `submit` it as it is then.
#[component]
pub fn UploadSteps(
    /// The upload.
    runner: Runner,
    /// Sends the form.
    submit: Callback<()>,
) -> impl IntoView {
    let bar = move || runner.progress().bar();
    let numbers = Memo::new(move |_| runner.with(|upload| numbers(upload, bar().as_ref())));
    let headline = Memo::new(move |_| runner.with(headline));
    let failure = Memo::new(move |_| failure(runner));
    let created = Memo::new(move |_| runner.with(|upload| upload.created().cloned()));
    let steps: Vec<AnyView> = Step::ALL.into_iter().map(|step| view! { <StepItem runner step/> }.into_any()).collect();
    view! {
        <section id=UPLOAD class="card upload" tabindex="-1" aria-label="Upload steps">
            <ol class="steps">{steps}</ol>
            <UploadBar done=Signal::derive(move || runner.with(|upload| share_done(upload, bar().as_ref())))/>
            <p class="numbers">{numbers}</p>
            <p class="outcome-word" role="status">
                {headline}
            </p>
            {dynamic(move || failure.get().map(|failure| view! { <FailureNotice failure/> }))}
            {dynamic(move || created.get().map(|created| view! {
                <CreatedVersion configuration=runner.configuration() created/>
            }))}
            <LatestAnswer progress=runner.progress()/>
            <Actions runner submit/>
        </section>
    }
}

#[component]
fn StepItem(runner: Runner, step: Step) -> impl IntoView {
    let state = Memo::new(move |_| step_state(runner.step_state(step)));
    view! {
        <li class="step" data-state=state>
            {step.label()}
            <span class="step-state">" " {state}</span>
        </li>
    }
}

/// A step that failed.
#[derive(Clone, PartialEq)]
struct Failure {
    step: Step,
    reason: String,
    /// Whether it may have been done all the same.
    is_in_doubt: bool,
}

/// Tracked.
fn failure(runner: Runner) -> Option<Failure> {
    runner.with(|upload| match upload.phase() {
        Phase::Failed { step, reason } => {
            let is_in_doubt = *step == Step::Creating && upload.create_is_in_doubt();
            Some(Failure { step: *step, reason: reason.clone(), is_in_doubt })
        }
        _ => None,
    })
}

#[component]
fn FailureNotice(failure: Failure) -> impl IntoView {
    let Failure { step, reason, is_in_doubt } = failure;
    let text = [step.label(), " failed. ", &visible(&reason)].concat();
    let doubt = is_in_doubt.then(|| {
        view! { <p>"A version may have been created all the same. Trying again may then make a second one."</p> }
    });
    view! {
        <Notice kind=NoticeKind::Error text>
            {doubt}
        </Notice>
    }
}

/// The number and the token, as soon as they are known.
#[component]
fn CreatedVersion(configuration: Configuration, created: Created) -> impl IntoView {
    let Created { version, token, .. } = created;
    view! {
        <dl class="details">
            <dt>"Version"</dt>
            <dd>{version}</dd>
            <dt>"Upload token"</dt>
            <dd>
                <code class="value">{visible(&token)}</code>
                <Copy text=token.clone()>"Copy token"</Copy>
            </dd>
            <dt>"Follow it"</dt>
            <dd>
                <Link href=paths::upload_progress(&configuration, &token)>"Upload progress"</Link>
            </dd>
        </dl>
    }
}

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Cancel,
    TryAgain,
    Return,
}

/// Tracked.
fn choice(runner: Runner) -> Choice {
    runner.with(|upload| match upload.phase() {
        Phase::Idle | Phase::Running(_) | Phase::Waiting(_) => Choice::Cancel,
        Phase::Failed { .. } | Phase::Cancelled(_) => Choice::TryAgain,
        Phase::Done => Choice::Return,
    })
}

/// The button of what can be done: the same one as long as that is so.
#[component]
fn Actions(runner: Runner, submit: Callback<()>) -> impl IntoView {
    let place = NodeRef::<html::Div>::new();
    let choice = Memo::new(move |_| choice(runner));
    let cancel = Callback::new(move |()| runner.tell(Event::Cancel));
    let try_again =
        Callback::new(move |()| if runner.is_created_untracked() { runner.tell(Event::Retry) } else { submit.run(()) });
    let button = move || {
        let choice = choice.get();
        if has_the_focus(place) {
            // It goes away now: the focus needs another place.
            focus_by_id(UPLOAD);
        }
        match choice {
            Choice::Cancel => view! { <Button on_press=cancel>"Cancel"</Button> }.into_any(),
            Choice::TryAgain => {
                view! { <Button kind=ButtonKind::Primary on_press=try_again>"Try again"</Button> }.into_any()
            }
            Choice::Return => {
                let href = paths::configuration(&runner.configuration());
                view! { <LinkButton href>"Back to the configuration"</LinkButton> }.into_any()
            }
        }
    };
    view! {
        <div class="form-actions" node_ref=place>
            {button}
        </div>
    }
}

/// Not tracked.
fn has_the_focus(place: NodeRef<html::Div>) -> bool {
    let focused = document().active_element();
    place.get_untracked().is_some_and(|place| place.contains(focused.as_deref()))
}
