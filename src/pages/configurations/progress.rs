//! `/configurations/:username/:name/versions/progress/:token`: how far an upload is, whoever began it.

use leptos::prelude::*;

use super::{
    configuration_header::way_back,
    errors::message,
    recent::remember,
    said::{Following, bar_text, said_view, upload_bar},
};
use crate::{
    api::configuration_versions::End,
    components::{LegacyClient, copy, page_header},
    domain::text::visible,
    paths::Configuration,
    query::Task,
    ui::{ButtonKind, El, View, button, dynamic, el, focus_heading},
};

/// Follows the upload until it ends.
pub fn progress_page(configuration: Configuration, token: String) -> View {
    remember(&configuration);
    let following = Following::new();
    let task = Task::new();
    let LegacyClient(client) = expect_context();
    let start = {
        let (configuration, token) = (configuration.clone(), token.clone());
        move || {
            let run = following.run(client.clone(), configuration.clone(), token.clone());
            task.start(Box::pin(async move { drop(run.await) }));
        }
    };
    start();
    let done = move || match following.end.get() {
        Some(End::Uploaded) => Some(1.0),
        Some(End::UnknownToken | End::Failed(_) | End::Refused(_)) => Some(following.bar().map_or(0.0, |bar| bar.done)),
        Some(End::OutOfPatience) | None => following.bar().map(|bar| bar.done),
    };
    let numbers = move || following.bar().map(|bar| bar_text(&bar)).unwrap_or_default();
    let again = dynamic(move || {
        let start = start.clone();
        let has_ended = following.end.with(|end| !matches!(end, None | Some(End::Uploaded)));
        has_ended.then(|| {
            button(ButtonKind::Secondary, "Ask again", move || {
                // The button goes away: the focus needs another place.
                focus_heading();
                start();
            })
        })
    });
    let of = configuration.clone();
    let card = el("section")
        .class("card")
        .child(upload_bar(done))
        .child(el("p").class("numbers").text_of(numbers))
        .child(outcome(following, of))
        .child(said_view(following))
        .child(again);
    let details = el("dl")
        .class("details")
        .child(el("dt").child("Upload token"))
        .child(el("dd").child(el("code").class("value").child(visible(&token))).child(copy("Copy token", token)));
    View::from(page_header(|| "Upload progress".to_owned(), View::default()))
        .and(way_back(&configuration))
        .and(card)
        .and(el("section").class("card").child(details))
}

/// How it stands, in words that are announced when they change.
fn outcome(following: Following, configuration: Configuration) -> El {
    let words = move || match following.end.get() {
        None => ("Following", "The installation is asked every 3 seconds.".to_owned()),
        Some(End::Uploaded) => ("Uploaded", "The archive is there.".to_owned()),
        Some(End::Failed(reason)) => {
            let reason = reason.map(|reason| visible(&reason));
            ("Failed", reason.unwrap_or_else(|| "The installation does not say why.".to_owned()))
        }
        Some(End::UnknownToken) => {
            let text = "The installation does not know this upload. The link may be mistyped, the upload may be too old, \
                        or the token in use may not see it.";
            ("Unknown token", text.to_owned())
        }
        Some(End::OutOfPatience) => {
            ("Still under way", "The upload did not end within 10 minutes, and is not followed any more.".to_owned())
        }
        Some(End::Refused(error)) => ("No answer", message(&error, &configuration)),
    };
    let words = Memo::new(move |_| words());
    el("div")
        .class("outcome")
        .attr("role", "status")
        .child(el("p").class("outcome-word").text_of(move || words.get().0.to_owned()))
        .child(el("p").text_of(move || words.get().1))
}
