//! The side navigation, and whose console it is.

use leptos::prelude::*;

use super::about::{build_line, installation_line};
use crate::{
    api::{Client, server},
    domain::text::visible,
    paths,
    query::Query,
    router::Router,
    session::Session,
    ui::{ButtonKind, El, View, button, dynamic, el},
};

/// The links to the sections, and the connection at the foot.
pub fn nav(on_shortcuts: impl Fn() + 'static) -> El {
    let session = expect_context::<Session>();
    let router = expect_context::<Router>();
    let disconnect = move || router.ask(Callback::new(move |()| session.disconnect()));
    let sections = [
        section(&paths::terraform_versions(&Default::default()), "Terraform versions"),
        section(&paths::configurations(), "Configuration versions"),
    ];
    el("header")
        .class("side")
        .child(el("div").child(el("p").class("brand").child("tfe-console")).child(installation_line()))
        .child(el("nav").attr("aria-label", "Main").child(el("ul").child(sections)))
        .child(
            el("div")
                .class("side-foot")
                .child(identity())
                .child(server())
                .child(button(ButtonKind::Quiet, "Sign out", disconnect))
                .child(button(ButtonKind::Quiet, "Keyboard shortcuts", on_shortcuts))
                .child(build_line()),
        )
}

fn section(href: &str, label: &str) -> El {
    let router = expect_context::<Router>();
    let begins = href.to_owned();
    let link = el("a").attr("href", href).child(label);
    el("li").child(link.attr_if("aria-current", "page", move || router.path().starts_with(&begins)))
}

/// Which installation this is, where it tells.
fn server() -> View {
    let client = expect_context::<Client>();
    let query = Query::new(move || {
        let client = client.clone();
        Box::pin(async move { server::read(&client).await })
    });
    dynamic(move || {
        let title = query.data()?.title()?;
        Some(el("p").class("server").child(visible(&title)))
    })
}

/// Who the token belongs to, as far as the installation tells.
pub fn identity() -> View {
    let session = expect_context::<Session>();
    let name = move || match session.account().and_then(|account| account.username) {
        Some(name) => visible(&name),
        None => "Connected".to_owned(),
    };
    let role = move || match session.is_administrator() {
        Some(true) => "Site administrator",
        Some(false) => "Not an administrator",
        None => "Role unknown",
    };
    el("p")
        .class("identity")
        .child(el("span").class("identity-name").text_of(name))
        .child(el("span").class("identity-role").text_of(move || role().to_owned()))
        .into()
}
