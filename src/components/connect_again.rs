//! The dialog after a 401: the page and everything typed stay behind it, and the refused request is sent again.

use leptos::prelude::*;

use super::{check_token, clean_token};
use crate::{
    api::{ApiError, Client},
    query::{Mutation, Outcome},
    session::Session,
    ui::{Button, Dialog, TextField, TextInput},
};

/// Asks for a token while the session has requests that wait for one.
#[component]
pub fn ConnectAgain() -> AnyView {
    let session = expect_context::<Session>();
    let give_up = move |()| session.give_up();
    view! {
        <Dialog id="connect-again" open=session.asking() heading="Connect again" on_dismiss=give_up>
            <ConnectAgainForm/>
        </Dialog>
    }
    .into_any()
}

#[component]
fn ConnectAgainForm() -> AnyView {
    let session = expect_context::<Session>();
    let client = StoredValue::new(expect_context::<Client>());
    let token = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let mutation = Mutation::default();
    let pending = mutation.pending();

    let submit = move || match clean_token(&token.get_untracked()) {
        Err(text) => problem.set(Some(text)),
        Ok(token) => {
            problem.set(None);
            let client = client.get_value();
            mutation.run(
                async move { check_token(&client, &token).await.map(|account| (token, account)) },
                move |outcome| {
                    if let Outcome::Done((token, account)) = outcome {
                        session.renewed(token, account);
                    }
                },
            );
        }
    };
    let error = Signal::derive(move || {
        problem.get().or_else(|| match mutation.error().get()? {
            ApiError::Unauthorized => Some("This token was refused as well. It may have expired.".to_owned()),
            other => Some(other.message()),
        })
    });
    view! {
        <form novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
            <p>
                "The installation does not accept the token any more. "
                "What is on the page stays; the request is sent again with the new token."
            </p>
            <TextField
                id="connect-again-token"
                label="API token"
                kind=TextInput::Password
                value=token
                on_input=move |text| token.set(text)
                error
                required=true
            />
            <div class="dialog-actions">
                <Button label="Cancel" on_press=move |()| session.give_up()/>
                <button type="submit" class="button" data-kind="primary" disabled=move || pending.get()>
                    "Connect"
                </button>
            </div>
        </form>
    }
    .into_any()
}
