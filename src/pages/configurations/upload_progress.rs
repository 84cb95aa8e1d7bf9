//! How far an upload is, as the progress endpoint tells: asked for, kept, and shown, by its page and by the form alike.

use api::{
    Client,
    configuration_versions::{ProgressEnd, ProgressResponse, ProgressUpdate, follow},
};
use domain::{
    size::bytes_text,
    text::{excerpt, visible},
    uploads::progress::Bar,
};
use leptos::prelude::*;

use super::errors::message;
use crate::{
    components::Copy,
    paths::Configuration,
    ui::{Notice, NoticeKind, dynamic},
};

/// The longest state that is shown as one, in characters.
const LONGEST_WORD: usize = 60;

/// The bar's `max`.
const FULL: u32 = 1_000;

/// The progress of an upload that is being followed. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct UploadProgress {
    /// The latest answer.
    answer: RwSignal<Option<ProgressResponse>>,
    /// Why there was no answer to the latest question.
    trouble: RwSignal<Option<String>>,
    end: RwSignal<Option<ProgressEnd>>,
}

impl UploadProgress {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self { answer: RwSignal::new(None), trouble: RwSignal::new(None), end: RwSignal::new(None) }
    }

    /// Asks until the upload has ended.
    pub async fn follow(self, client: Client, configuration: Configuration, token: String) -> ProgressEnd {
        // The page may go while an answer is on its way, here and below.
        self.end.try_set(None);
        let on_update = |update| match update {
            ProgressUpdate::Response(answer) => {
                self.trouble.try_set(None);
                self.answer.try_set(Some(answer));
            }
            ProgressUpdate::Failed(error) => {
                let text = message(&error, &configuration) + " It is asked again by itself.";
                self.trouble.try_set(Some(text));
            }
        };
        let end = follow(&client, &configuration.username, &configuration.name, &token, on_update).await;
        self.trouble.try_set(None);
        self.end.try_set(Some(end.clone()));
        end
    }

    /// The bar that the latest answer allows to draw. Tracked.
    pub fn bar(self) -> Option<Bar> {
        self.answer.with(|answer| answer.as_ref()?.reading.bar.clone())
    }

    /// The state in the endpoint's own word, if the latest answer has one. Tracked.
    pub fn word(self) -> Option<String> {
        self.answer.with(|answer| Some(excerpt(answer.as_ref()?.reading.word.as_deref()?, LONGEST_WORD)))
    }

    /// How it ended, once it has. Tracked.
    pub fn end(self) -> Option<ProgressEnd> {
        self.end.get()
    }
}

/// A bar in numbers: "45 %, 1.2 MB of 4 MB".
pub fn bar_text(bar: &Bar) -> String {
    let mut text = ((bar.done * 100.0) as u32).to_string() + " %";
    if let Some((arrived, all)) = bar.bytes {
        text.push_str(", ");
        text.push_str(&bytes_text(arrived));
        text.push_str(" of ");
        text.push_str(&bytes_text(all));
    }
    text
}

/// The progress bar of an upload.
#[component]
pub fn UploadBar(
    /// From 0 to 1. None while something moves and nobody knows how far it is; never none for what stands still.
    #[prop(into)]
    done: Signal<Option<f64>>,
) -> impl IntoView {
    let value = Memo::new(move |_| done.get().map(|done| (done.clamp(0.0, 1.0) * f64::from(FULL)) as u32));
    view! { <progress class="progress" aria-label="Upload" max=FULL value=value></progress> }
}

/// The latest answer word for word, and why there is no newer one. An answer that nothing was recognised in is unfolded.
#[component]
pub fn LatestAnswer(
    /// The upload's.
    progress: UploadProgress,
) -> impl IntoView {
    let UploadProgress { answer, trouble, .. } = progress;
    let trouble = Memo::new(move |_| trouble.get());
    let has_answer = Memo::new(move |_| answer.with(Option::is_some));
    let body = Memo::new(move |_| answer.with(|answer| answer.as_ref().map(|it| it.body.clone()).unwrap_or_default()));
    // What was unfolded once is not folded again: the user may be reading it.
    let open = Memo::new(move |was_open: Option<&bool>| {
        let is_strange = answer.with(|answer| answer.as_ref().is_some_and(|it| !it.reading.is_understood()));
        is_strange || was_open == Some(&true)
    });
    view! {
        <div>
            {dynamic(move || trouble.get().map(|text| view! { <Notice kind=NoticeKind::Status text/> }))}
            <Show when=move || has_answer.get()>
                <details class="raw-answer" open=open>
                    <summary>"What the installation says, as it came"</summary>
                    <pre class="excerpt" tabindex="0">
                        {dynamic(move || body.with(|body| shown(body)))}
                    </pre>
                    <Copy text=body>"Copy what it says"</Copy>
                </details>
            </Show>
        </div>
    }
}

/// Everything in it visible, line by line, so that line breaks stay.
fn shown(body: &str) -> String {
    if body.trim().is_empty() {
        return "(empty)".to_owned();
    }
    body.lines().map(visible).collect::<Vec<_>>().join("\n")
}
