//! `/configurations/:username/:name/versions/progress/:token`: how far an upload is, whoever began it.

use api::configuration_versions::ProgressEnd;
use domain::text::visible;
use leptos::prelude::*;

use super::{
    errors::message,
    page_header::BelowConfiguration,
    recent::remember,
    upload_progress::{LatestAnswer, UploadBar, UploadProgress, bar_text},
};
use crate::{
    components::{Copy, LegacyClient},
    paths::Configuration,
    query::Task,
    ui::{Button, focus_heading},
};

/// Follows the upload until it ends.
#[component]
pub fn ProgressPage(
    /// Whose upload it is.
    configuration: Configuration,
    /// Names the upload.
    token: String,
) -> impl IntoView {
    remember(&configuration);
    let LegacyClient(client) = expect_context();
    let progress = UploadProgress::new();
    let task = Task::new();
    let (of, asked) = (configuration.clone(), token.clone());
    let ask = move || {
        let follow = progress.follow(client.clone(), of.clone(), asked.clone());
        task.start(Box::pin(async move { drop(follow.await) }));
    };
    ask();
    let can_ask = Memo::new(move |_| !matches!(progress.end(), None | Some(ProgressEnd::Uploaded)));
    let ask_again = Callback::new(move |()| {
        // The button goes away: the focus needs another place.
        focus_heading();
        ask();
    });
    let done = move || match progress.end() {
        Some(ProgressEnd::Uploaded) => Some(1.0),
        // Nothing moves any more.
        Some(_) => Some(progress.bar().map_or(0.0, |bar| bar.done)),
        None => progress.bar().map(|bar| bar.done),
    };
    let numbers = Memo::new(move |_| progress.bar().map(|bar| bar_text(&bar)).unwrap_or_default());
    view! {
        <BelowConfiguration configuration=configuration.clone() heading="Upload progress"/>
        <section class="card">
            <UploadBar done=Signal::derive(done)/>
            <p class="numbers">{numbers}</p>
            <Outcome progress configuration/>
            <LatestAnswer progress/>
            <Show when=move || can_ask.get()>
                <Button on_press=ask_again>"Ask again"</Button>
            </Show>
        </section>
        <section class="card">
            <dl class="details">
                <dt>"Upload token"</dt>
                <dd>
                    <code class="value">{visible(&token)}</code>
                    <Copy text=token>"Copy token"</Copy>
                </dd>
            </dl>
        </section>
    }
}

/// How it stands, in words that are announced when they change.
#[component]
fn Outcome(progress: UploadProgress, configuration: Configuration) -> impl IntoView {
    let word = Memo::new(move |_| match progress.end() {
        None => progress.word().unwrap_or_else(|| "Following".to_owned()),
        Some(ProgressEnd::Uploaded) => "Uploaded".to_owned(),
        Some(ProgressEnd::Failed(_)) => "Failed".to_owned(),
        Some(ProgressEnd::UnknownToken) => "Unknown token".to_owned(),
        Some(ProgressEnd::TimedOut) => "Still under way".to_owned(),
        Some(ProgressEnd::Refused(_)) => "No answer".to_owned(),
    });
    let sentence = Memo::new(move |_| {
        match progress.end() {
        None => "The installation is asked every 3 seconds.".to_owned(),
        Some(ProgressEnd::Uploaded) => "The archive is there.".to_owned(),
        Some(ProgressEnd::Failed(Some(reason))) => visible(&reason),
        Some(ProgressEnd::Failed(None)) => "The installation does not say why.".to_owned(),
        Some(ProgressEnd::UnknownToken) => {
            "The installation does not know this upload. The link may be mistyped, the upload may be too old, or the token \
             in use may not see it."
                .to_owned()
        }
        Some(ProgressEnd::TimedOut) => {
            "The upload did not end within 10 minutes, and is not followed any more.".to_owned()
        }
        Some(ProgressEnd::Refused(error)) => message(&error, &configuration),
    }
    });
    view! {
        <div class="outcome" role="status">
            <p class="outcome-word">{word}</p>
            <p>{sentence}</p>
        </div>
    }
}
