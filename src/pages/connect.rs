//! `/connect`: the tokens, and whose they are.

use leptos::prelude::*;

use crate::{
    api::{ApiError, Client},
    components::{ErrorNotice, Identity, PageHeader, Toasts, check_token, clean_token},
    paths,
    query::{Mutation, Outcome},
    router::Router,
    session::{Session, Tokens},
    ui::{Button, Checkbox, TextField, TextInput, focus_by_id},
};

/// Connects, and then leads to where the user wanted to go.
#[component]
pub fn ConnectPage() -> AnyView {
    let session = expect_context::<Session>();
    view! {
        <main class="connect">
            <PageHeader heading="Connect"/>
            {move || session.is_connected().then(|| view! { <Connected/> })}
            <ConnectForm/>
        </main>
    }
    .into_any()
}

#[component]
fn Connected() -> AnyView {
    let session = expect_context::<Session>();
    view! {
        <section class="card" aria-label="Connection">
            <Identity/>
            <p class="actions">
                <a href=paths::terraform_versions(&Default::default())>"Go to the Terraform versions"</a>
                <Button label="Disconnect" on_press=move |()| session.disconnect()/>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn ConnectForm() -> AnyView {
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let client = StoredValue::new(expect_context::<Client>());
    let router = expect_context::<Router>();

    let api = RwSignal::new(String::new());
    let legacy = RwSignal::new(String::new());
    let keep = RwSignal::new(false);
    let api_problem = RwSignal::new(None::<String>);
    let legacy_problem = RwSignal::new(None::<String>);
    let mutation = Mutation::default();
    let pending = mutation.pending();

    let connected = move |tokens: Tokens, account: Option<wire::AccountAttributes>| {
        toasts.tell(&welcome(account.as_ref()));
        session.connect(tokens, account, keep.get_untracked());
        let next = untrack(|| router.query("next"));
        let next = next.as_deref().and_then(paths::safe_next).map(str::to_owned);
        let target = next.unwrap_or_else(|| paths::terraform_versions(&Default::default()));
        // Replaced, so that Back does not lead to a form that has done its work.
        router.replace(&target);
    };
    let submit = move || {
        let token = clean_token(&api.get_untracked());
        let legacy = match legacy.get_untracked().trim() {
            "" => Ok(None),
            typed => clean_token(typed).map(Some),
        };
        api_problem.set(token.as_ref().err().cloned());
        legacy_problem.set(legacy.as_ref().err().cloned());
        let (Ok(token), Ok(legacy)) = (token, legacy) else {
            focus_by_id(if api_problem.with_untracked(Option::is_some) { "api-token" } else { "legacy-token" });
            return;
        };
        let client = client.get_value();
        mutation.run(
            async move {
                let account = check_token(&client, &token).await?;
                Ok((Tokens { api: token, legacy }, account))
            },
            move |outcome| {
                if let Outcome::Done((tokens, account)) = outcome {
                    connected(tokens, account);
                }
            },
        );
    };
    let api_error = Signal::derive(move || {
        api_problem.get().or_else(|| {
            let refused = mutation.error().get()? == ApiError::Unauthorized;
            refused.then(|| "The installation does not accept this token. It may be mistyped or expired.".to_owned())
        })
    });
    let failure = move || {
        let error = mutation.error().get().filter(|error| *error != ApiError::Unauthorized)?;
        Some(view! { <ErrorNotice error on_retry=move |()| submit()/> })
    };
    view! {
        <form class="form" novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            {failure}
            <TextField
                id="api-token"
                label="API token"
                kind=TextInput::Password
                value=api
                on_input=move |text| { api.set(text); api_problem.set(None); mutation.forget_error(); }
                error=api_error
                hint="A user token of a site administrator. It is sent to this installation and nowhere else."
                required=true
            />
            <TextField
                id="legacy-token"
                label="Legacy token"
                kind=TextInput::Password
                value=legacy
                on_input=move |text| { legacy.set(text); legacy_problem.set(None); }
                error=legacy_problem
                hint="Only for configuration uploads through the v1 API, where it differs. Leave it empty to use the API token."
            />
            <Checkbox
                id="keep"
                label="Keep me connected in this tab"
                checked=keep
                on_change=move |ticked| keep.set(ticked)
                hint="Also after a reload, until the tab is closed. Otherwise the token is only in memory."
            />
            <div class="form-actions">
                <button type="submit" class="button" data-kind="primary" disabled=move || pending.get()>
                    {move || if pending.get() { "Connecting…" } else { "Connect" }}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Whose token it is, and what that means.
fn welcome(account: Option<&wire::AccountAttributes>) -> String {
    let mut text = match account.and_then(|account| account.username.as_deref()) {
        Some(name) => format!("Connected as {name}"),
        None => "Connected".to_owned(),
    };
    text.push_str(match account.and_then(wire::AccountAttributes::is_administrator) {
        Some(true) => ", a site administrator.",
        Some(false) => ", not an administrator: the Terraform versions cannot be managed with this token.",
        None => ". The installation does not tell whether the token is an administrator's.",
    });
    text
}
