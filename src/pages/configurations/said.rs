//! What the progress endpoint says, as the page of an upload and the form both show it.

use leptos::prelude::*;

use super::errors::message;
use crate::{
    api::{
        Client,
        configuration_versions::{End, Followed, Said, follow},
    },
    components::copy_of,
    domain::{size::bytes_text, text::visible, uploads::progress::Bar},
    paths::Configuration,
    ui::{El, NoticeKind, View, dynamic, el, notice},
};

/// An upload that is being followed. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Following {
    /// The latest answer.
    pub said: RwSignal<Option<Said>>,
    /// Why there was no answer to the latest question.
    pub trouble: RwSignal<Option<String>>,
    /// How it ended.
    pub end: RwSignal<Option<End>>,
}

impl Following {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self { said: RwSignal::new(None), trouble: RwSignal::new(None), end: RwSignal::new(None) }
    }

    /// Asks until the upload has ended.
    pub async fn run(self, client: Client, configuration: Configuration, token: String) -> End {
        // The page may go while an answer is on its way.
        self.end.try_set(None);
        let on_answer = |answer| match answer {
            Followed::Said(said) => {
                self.trouble.try_set(None);
                self.said.try_set(Some(said));
            }
            Followed::Failed(error) => {
                let text = message(&error, &configuration) + " It is asked again by itself.";
                self.trouble.try_set(Some(text));
            }
        };
        let end = follow(&client, &configuration.username, &configuration.name, &token, on_answer).await;
        self.trouble.try_set(None);
        self.end.try_set(Some(end.clone()));
        end
    }

    /// The bar that the latest answer allows to draw. Tracked.
    pub fn bar(self) -> Option<Bar> {
        self.said.with(|said| said.as_ref()?.reading.bar.clone())
    }
}

/// What the latest answer says in numbers: "45 %, 1.2 MB of 4 MB".
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

/// The one progress bar, named "Upload". It has no value while nothing is known.
pub fn upload_bar(done: impl Fn() -> Option<f64> + 'static) -> El {
    let per_mille = move || done().map(|done| ((done.clamp(0.0, 1.0) * 1_000.0) as u32).to_string());
    el("progress").class("progress").attr("aria-label", "Upload").attr("max", "1000").attr_of("value", per_mille)
}

/// The answer as it came, and the trouble of getting one.
pub fn said_view(following: Following) -> El {
    let trouble = move || following.trouble.get().map(|text| notice(NoticeKind::Warning, &text, View::default()));
    let has_answer = Memo::new(move |_| following.said.with(Option::is_some));
    let body = move || following.said.with(|said| said.as_ref().map(|said| said.body.clone())).unwrap_or_default();
    let shown = move || match body() {
        empty if empty.trim().is_empty() => "(empty)".to_owned(),
        body => visible_lines(&body),
    };
    // Made once, so that it stays open and keeps the focus while answers come.
    let as_it_came = move || {
        has_answer.get().then(|| {
            el("details")
                .class("as-it-came")
                .child(el("summary").child("What the installation says, as it came"))
                .child(el("pre").class("excerpt").attr("tabindex", "0").text_of(shown))
                .child(copy_of("Copy what it says", move || untrack(body)))
        })
    };
    el("div").child(dynamic(trouble)).child(dynamic(as_it_came))
}

/// Line by line, so that line breaks stay.
fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}
