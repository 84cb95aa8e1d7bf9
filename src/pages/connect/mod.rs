//! `/connect`: the tokens, and whose they are; and asking for a new one after a 401.

mod token_form;

use api::{ApiError, Client};
use domain::token::clean_token;
use leptos::{ev::SubmitEvent, prelude::*};
use wire::AccountAttributes;

use crate::{
    components::{
        BuildLine, ErrorNotice, FormState, Identity, InstallationLine, PageHeader, Toasts, check_token, recognise_owner,
    },
    paths,
    query::OnSuccess,
    router::{Link, NavigateOptions, use_location, use_navigate},
    session::{Session, Tokens},
    ui::{Button, Checkbox, SubmitButton, TextField, TextInput, dynamic},
};

pub use token_form::TokenForm;

const API_TOKEN: &str = "api-token";
const LEGACY_TOKEN: &str = "legacy-token";

/// Connects, and then leads to where the user wanted to go.
#[component]
pub fn ConnectPage() -> impl IntoView {
    let session = expect_context::<Session>();
    view! {
        <PageHeader heading="Connect"/>
        <InstallationLine/>
        <Show when=move || session.is_connected()>
            <Connection/>
        </Show>
        <ConnectForm/>
        <BuildLine/>
    }
}

/// The connection that there is already.
#[component]
fn Connection() -> impl IntoView {
    recognise_owner();
    let session = expect_context::<Session>();
    view! {
        <section class="card" aria-label="Connection">
            <Identity/>
            <p class="actions">
                <Link href=paths::start()>"Back to the list"</Link>
                <Button on_press=move |()| session.disconnect()>"Sign out"</Button>
            </p>
        </section>
    }
}

/// What is typed.
#[derive(Clone, Default)]
struct TokensDraft {
    api: String,
    legacy: String,
    keep: bool,
}

impl TokensDraft {
    /// The tokens as they can be sent.
    ///
    /// # Errors
    /// What is wrong at which field.
    fn tokens(&self) -> Result<Tokens, Vec<(&'static str, String)>> {
        let api = clean_token(&self.api).map_err(|text| (API_TOKEN, text.to_owned()));
        let legacy = match self.legacy.trim() {
            "" => Ok(None),
            typed => clean_token(typed).map(Some).map_err(|text| (LEGACY_TOKEN, text.to_owned())),
        };
        match (api, legacy) {
            (Ok(api), Ok(legacy)) => Ok(Tokens { api, legacy }),
            (api, legacy) => Err(api.err().into_iter().chain(legacy.err()).collect()),
        }
    }
}

#[component]
fn ConnectForm() -> impl IntoView {
    let session = expect_context::<Session>();
    let toasts = expect_context::<Toasts>();
    let client = StoredValue::new(expect_context::<Client>());
    let location = use_location();
    let navigate = use_navigate();
    let form = FormState::new(TokensDraft::default());
    let FormState { draft, errors, mutation } = form;

    let connected = move |tokens: Tokens, account: Option<AccountAttributes>| {
        toasts.tell(&welcome(account.as_ref()));
        session.connect(tokens, account, draft.with_untracked(|draft| draft.keep));
        let next = untrack(|| location.query("next"));
        let next = next.as_deref().and_then(paths::safe_next).map(str::to_owned);
        // Replaced, so that Back does not lead to a form that has done its work.
        navigate(&next.unwrap_or_else(paths::start), NavigateOptions { replace: true });
    };
    let connect = Callback::new(move |()| {
        let Some(tokens) = form.accept(draft.with_untracked(TokensDraft::tokens)) else { return };
        let client = client.get_value();
        let check = async move {
            let account = check_token(&client, &tokens.api).await?;
            Ok(Box::new(move |is_there| {
                if is_there {
                    connected(tokens, account);
                }
            }) as OnSuccess)
        };
        mutation.run(Box::pin(check), move |error, is_there| {
            if is_there && *error == ApiError::Unauthorized {
                let text = "The installation does not accept this token. It may be mistyped or expired.";
                errors.show(vec![(API_TOKEN, text.to_owned())]);
            }
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        connect.run(());
    };
    let failure = move || {
        let error = mutation.error().filter(|error| *error != ApiError::Unauthorized)?;
        Some(view! { <ErrorNotice error on_retry=connect/> })
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            {failure}
            <TextField
                id=API_TOKEN
                label="API token"
                kind=TextInput::Password
                required=true
                hint="A user token of a site administrator. It is sent to this installation and nowhere else."
                value=slice!(draft.api)
                errors
            />
            <TextField
                id=LEGACY_TOKEN
                label="Legacy token"
                kind=TextInput::Password
                hint="Only for configuration uploads through the v1 API, where it differs. Leave it empty to use the API token."
                value=slice!(draft.legacy)
                errors
            />
            <Checkbox
                id="keep"
                label="Keep me connected in this tab"
                hint="Also after a reload, until the tab is closed. Otherwise the token is only in memory."
                value=slice!(draft.keep)
                errors
            />
            <div class="form-actions">
                <SubmitButton busy=Signal::derive(move || mutation.is_pending())>
                    {dynamic(move || if mutation.is_pending() { "Connecting…" } else { "Connect" })}
                </SubmitButton>
            </div>
        </form>
    }
}

/// Whose token it is, and what that allows.
fn welcome(account: Option<&AccountAttributes>) -> String {
    let mut text = match account.and_then(|account| account.username.as_deref()) {
        Some(name) => format!("Connected as {name}"),
        None => "Connected".to_owned(),
    };
    text.push_str(match account.and_then(AccountAttributes::is_administrator) {
        Some(true) => ", a site administrator.",
        Some(false) => ", not an administrator: managing versions then needs the role for them.",
        None => ". The installation does not tell whether the token is an administrator's.",
    });
    text
}
