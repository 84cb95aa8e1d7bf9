//! `/configurations`: choosing a configuration. The API has no list of them.

use std::rc::Rc;

use leptos::prelude::*;

use super::recent::{forget, recent};
use crate::{
    components::page_header,
    domain::{
        configurations::{check_name, check_username},
        text::{tidy, visible},
    },
    paths::{self, Configuration},
    router::Router,
    ui::{ButtonKind, El, TextField, TextInput, View, button, dynamic, el, focus_by_id, focus_heading, submit_button},
};

const USERNAME: &str = "username";
const NAME: &str = "name";

/// The form, and the last configurations opened.
pub fn open_page() -> View {
    View::from(page_header(|| "Configuration versions".to_owned(), View::default())).and(form()).and(last_ones())
}

fn form() -> El {
    let router = expect_context::<Router>();
    let (username, name) = (Typed::default(), Typed::default());
    let submit = move || {
        let typed = [username, name].map(|it| tidy(&it.text.get_untracked()));
        let [typed_username, typed_name] = &typed;
        username.problem.set(check_username(typed_username).err());
        name.problem.set(check_name(typed_name).err());
        if username.problem.with_untracked(Option::is_some) {
            focus_by_id(USERNAME);
        } else if name.problem.with_untracked(Option::is_some) {
            focus_by_id(NAME);
        } else {
            router.go(&paths::configuration(&Configuration::new(typed_username, typed_name)));
        }
    };
    let username = username.field(USERNAME, "Username", "Who the configuration belongs to: a user or an organization.");
    let name = name.field(NAME, "Configuration name", "Letters, digits, hyphens, underscores and dots, up to 50.");
    el("form")
        .class("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child([username, name])
        .child(el("div").class("form-actions").child(submit_button().child("Open")))
}

/// A field's text and what is wrong with it. Copied freely; all copies are one.
#[derive(Clone, Copy, Default)]
struct Typed {
    text: RwSignal<String>,
    problem: RwSignal<Option<String>>,
}

impl Typed {
    fn field(self, id: &'static str, label: &'static str, hint: &'static str) -> El {
        TextField {
            id,
            label,
            kind: TextInput::Text,
            required: true,
            hint,
            value: Rc::new(move || self.text.get()),
            error: Rc::new(move || self.problem.get()),
            on_input: Box::new(move |text| {
                self.text.set(text);
                self.problem.set(None);
            }),
        }
        .view()
    }
}

fn last_ones() -> View {
    let list = RwSignal::new(recent());
    dynamic(move || {
        let items: Vec<El> = list
            .get()
            .iter()
            .map(|it| el("li").child(el("a").attr("href", &paths::configuration(it)).child(visible(&it.title()))))
            .collect();
        let clear = button(ButtonKind::Quiet, "Clear this list", move || {
            forget();
            list.set(Vec::new());
            focus_heading();
        });
        (!items.is_empty()).then(|| {
            el("section")
                .class("card")
                .child(el("h2").child("Last opened"))
                .child(el("ul").class("plain-list").child(items))
                .child(clear)
        })
    })
}
