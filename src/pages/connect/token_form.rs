//! What is in the dialog after a 401.

use api::{ApiError, Client};
use domain::token::clean_token;
use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    components::check_token,
    query::{Mutation, OnSuccess},
    session::{Session, TokenQuestion, Which},
    ui::{Button, FieldErrors, SubmitButton, TextField, TextInput, focus_by_id},
};

const TOKEN: &str = "connect-again-token";

/// Answers the session's question for a new token. The form stays the same while one question follows another, so that
/// the focus stays in its field.
#[component]
pub fn TokenForm() -> impl IntoView {
    let session = expect_context::<Session>();
    let client = expect_context::<Client>();
    let token = RwSignal::new(String::new());
    let errors = FieldErrors::default();
    let mutation = Mutation::default();

    let why = Signal::derive(move || match session.question().map(|question| (question.which, session.has_legacy())) {
        Some((Which::Legacy, false)) => "The v1 API does not accept the API token.",
        _ => "The installation does not accept the token any more.",
    });
    let label = Signal::derive(move || match session.question().map(|question| question.which) {
        Some(Which::Legacy) => "Legacy token".to_owned(),
        Some(Which::Api) | None => "API token".to_owned(),
    });
    let renew = move |question: TokenQuestion, token_sent: String, account| {
        // The next question, if there is one, is for another token.
        token.try_set(String::new());
        session.renewed(question, token_sent, account);
        focus_by_id(TOKEN);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(question) = untrack(|| session.question()) else { return };
        let typed = match clean_token(&token.get_untracked()) {
            Ok(typed) => typed,
            Err(text) => {
                errors.show(vec![(TOKEN, text.to_owned())]);
                return;
            }
        };
        let client = client.clone();
        let check = async move {
            // The other API may not know a legacy token; whether it is good is told by the request itself.
            let account = if question.which == Which::Api { check_token(&client, &typed).await? } else { None };
            Ok(Box::new(move |_| renew(question, typed, account)) as OnSuccess)
        };
        mutation.run(Box::pin(check), move |error, is_there| {
            if is_there && *error != ApiError::Cancelled {
                let text = match error {
                    ApiError::Unauthorized => "This token was refused as well. It may have expired.".to_owned(),
                    other => other.message(),
                };
                errors.show(vec![(TOKEN, text)]);
            }
        });
    };
    let cancel = move |()| {
        mutation.cancel();
        session.give_up();
    };
    view! {
        <form novalidate on:submit=submit>
            <p>
                {why}
                " What is on the page stays, and the request is sent again with the new token."
            </p>
            <TextField id=TOKEN label kind=TextInput::Password required=true value=(token.into(), token.into()) errors/>
            <div class="dialog-actions">
                <Button on_press=cancel>"Cancel"</Button>
                <SubmitButton busy=Signal::derive(move || mutation.is_pending())>"Connect"</SubmitButton>
            </div>
        </form>
    }
}
