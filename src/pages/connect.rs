//! `/connect`: the tokens, and whose they are.

use std::rc::Rc;

use leptos::prelude::*;
use wire::AccountAttributes;

use crate::{
    api::{ApiError, Client},
    components::{
        Toasts, build_line, check_token, clean_token, error_notice, identity, installation_line, page_header,
    },
    paths,
    query::{Mutation, Then},
    router::Router,
    session::{Session, Tokens},
    ui::{ButtonKind, Checkbox, El, TextField, TextInput, View, button, dynamic, el, focus_by_id, submit_button},
};

const API_TOKEN: &str = "api-token";
const LEGACY_TOKEN: &str = "legacy-token";

/// Connects, and then leads to where the user wanted to go.
pub fn connect_page() -> View {
    let session = expect_context::<Session>();
    let connected = Memo::new(move |_| session.is_connected());
    el("main")
        .class("connect")
        .child(page_header(|| "Connect".to_owned(), View::default()))
        .child(installation_line())
        .child(dynamic(move || connected.get().then(|| connection(session))))
        .child(connect_form())
        .child(build_line())
        .into()
}

/// The connection that there is already.
fn connection(session: Session) -> El {
    let link = el("a").attr("href", &paths::terraform_versions(&Default::default())).child("Back to the list");
    let disconnect = button(ButtonKind::Secondary, "Sign out", move || session.disconnect());
    el("section")
        .class("card")
        .attr("aria-label", "Connection")
        .child(identity())
        .child(el("p").class("actions").child([link, disconnect]))
}

/// What is typed, and what is wrong with it. Copied freely; all copies are one.
#[derive(Clone, Copy)]
struct Form {
    api: RwSignal<String>,
    legacy: RwSignal<String>,
    keep: RwSignal<bool>,
    api_problem: RwSignal<Option<String>>,
    legacy_problem: RwSignal<Option<String>>,
    mutation: Mutation,
}

impl Form {
    fn new() -> Self {
        Self {
            api: RwSignal::new(String::new()),
            legacy: RwSignal::new(String::new()),
            keep: RwSignal::new(false),
            api_problem: RwSignal::new(None),
            legacy_problem: RwSignal::new(None),
            mutation: Mutation::default(),
        }
    }

    /// The tokens as they can be sent, or the problems at the fields and the focus on the first.
    fn tokens(self) -> Option<Tokens> {
        let api = clean_token(&self.api.get_untracked());
        let legacy = match self.legacy.get_untracked().trim() {
            "" => Ok(None),
            typed => clean_token(typed).map(Some),
        };
        self.api_problem.set(api.as_ref().err().cloned());
        self.legacy_problem.set(legacy.as_ref().err().cloned());
        if api.is_err() || legacy.is_err() {
            focus_by_id(if api.is_err() { API_TOKEN } else { LEGACY_TOKEN });
        }
        Some(Tokens { api: api.ok()?, legacy: legacy.ok()? })
    }

    fn api_error(self) -> Option<String> {
        self.api_problem.get().or_else(|| {
            let refused = self.mutation.error()? == ApiError::Unauthorized;
            refused.then(|| "The installation does not accept this token. It may be mistyped or expired.".to_owned())
        })
    }
}

fn connect_form() -> El {
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let router = expect_context::<Router>();
    let client = StoredValue::new(expect_context::<Client>());
    let form = Form::new();
    let mutation = form.mutation;
    Effect::new(move |_| {
        if mutation.error() == Some(ApiError::Unauthorized) {
            focus_by_id(API_TOKEN);
        }
    });

    let connected = move |tokens: Tokens, account: Option<AccountAttributes>| {
        toasts.tell(&welcome(account.as_ref()));
        session.connect(tokens, account, form.keep.get_untracked());
        let next = untrack(|| router.query("next"));
        let next = next.as_deref().and_then(paths::safe_next).map(str::to_owned);
        // Replaced, so that Back does not lead to a form that has done its work.
        router.replace(&next.unwrap_or_else(|| paths::terraform_versions(&Default::default())));
    };
    let submit = move || {
        let Some(tokens) = form.tokens() else { return };
        let client = client.get_value();
        let check = async move {
            let account = check_token(&client, &tokens.api).await?;
            Ok(Box::new(move |is_there| {
                if is_there {
                    connected(tokens, account);
                }
            }) as Then)
        };
        mutation.run(Box::pin(check), |_| ());
    };
    let retry: Rc<dyn Fn()> = Rc::new(submit);
    let failure = dynamic(move || {
        let error = mutation.error().filter(|error| *error != ApiError::Unauthorized)?;
        Some(error_notice(&error, Some(retry.clone())))
    });
    let api = TextField {
        id: API_TOKEN,
        label: "API token",
        kind: TextInput::Password,
        required: true,
        hint: "A user token of a site administrator. It is sent to this installation and nowhere else.",
        value: Rc::new(move || form.api.get()),
        error: Rc::new(move || form.api_error()),
        on_input: Box::new(move |text| {
            form.api.set(text);
            form.api_problem.set(None);
            mutation.forget_error();
        }),
    };
    let legacy = TextField {
        id: LEGACY_TOKEN,
        label: "Legacy token",
        kind: TextInput::Password,
        required: false,
        hint: "Only for configuration uploads through the v1 API, where it differs. Leave it empty to use the API token.",
        value: Rc::new(move || form.legacy.get()),
        error: Rc::new(move || form.legacy_problem.get()),
        on_input: Box::new(move |text| {
            form.legacy.set(text);
            form.legacy_problem.set(None);
        }),
    };
    let keep = Checkbox {
        id: "keep",
        label: "Keep me connected in this tab",
        hint: "Also after a reload, until the tab is closed. Otherwise the token is only in memory.",
        checked: Rc::new(move || form.keep.get()),
        error: Rc::new(|| None),
        locked: Rc::new(|| None),
        on_change: Box::new(move |ticked| form.keep.set(ticked)),
    };
    let label = move || if mutation.is_pending() { "Connecting…" } else { "Connect" }.to_owned();
    let connect = submit_button().text_of(label).busy_if(move || mutation.is_pending());
    el("form")
        .class("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(failure)
        .child([api.view(), legacy.view(), keep.view()])
        .child(el("div").class("form-actions").child(connect))
}

/// Whose token it is, and what that means.
fn welcome(account: Option<&AccountAttributes>) -> String {
    let mut text = match account.and_then(|account| account.username.as_deref()) {
        Some(name) => format!("Connected as {name}"),
        None => "Connected".to_owned(),
    };
    text.push_str(match account.and_then(AccountAttributes::is_administrator) {
        Some(true) => ", a site administrator.",
        Some(false) => ", not an administrator: the Terraform versions cannot be managed with this token.",
        None => ". The installation does not tell whether the token is an administrator's.",
    });
    text
}
