//! What is around every page once connected.

use leptos::prelude::*;

use super::{check_token, connect_again::connect_again, leave_dialog::leave_dialog, nav::nav, shortcuts::shortcuts};
use crate::{
    api::Client,
    paths,
    query::Query,
    router::Router,
    session::Session,
    ui::{El, View, dynamic, el},
};

/// The navigation, the page, and what belongs to every page. Without a token it leads to `/connect` and back.
pub fn shell(page: impl Fn() -> View + Clone + 'static) -> View {
    let session = expect_context::<Session>();
    let router = expect_context::<Router>();
    let connected = Memo::new(move |_| session.is_connected());
    dynamic(move || {
        if connected.get() {
            return Some(frame(page.clone()));
        }
        router.replace(&paths::connect(Some(&router.url())));
        None
    })
}

fn frame(page: impl Fn() -> View + 'static) -> El {
    let open = RwSignal::new(false);
    recognise_owner();
    el("div")
        .class("shell")
        .child(el("a").class("skip-link").attr("href", "#main").child("Skip to the content"))
        .child(nav(move || open.set(true)))
        .child(el("main").id("main").attr("tabindex", "-1").child(dynamic(page)))
        .child([leave_dialog(), shortcuts(open), connect_again()])
}

/// After a reload the token is there but its owner is not known yet. Whether a token works is told by the page's own
/// requests, so a failure here says nothing.
fn recognise_owner() {
    let session = expect_context::<Session>();
    // Not tracked: whoever calls this would be made anew with every answer, and what is typed in the page with it.
    if untrack(|| session.account().is_some()) {
        return;
    }
    let client = expect_context::<Client>();
    Query::new(move || {
        let (client, token) = (client.clone(), session.api_token().unwrap_or_default());
        Box::pin(async move {
            session.set_account(check_token(&client, &token).await?);
            Ok(())
        })
    });
}
