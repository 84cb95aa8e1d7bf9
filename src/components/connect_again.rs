//! The dialog after a 401: the page and everything typed stay behind it, and the refused request is sent again.

use std::rc::Rc;

use leptos::prelude::*;

use super::{check_token, clean_token};
use crate::{
    api::{ApiError, Client},
    query::{Mutation, Then},
    session::{Session, Which},
    ui::{ButtonKind, El, TextField, TextInput, View, button, dialog, dialog_actions, el, focus_by_id, submit_button},
};

const TOKEN: &str = "connect-again-token";

/// Asks for a token while the session has requests that wait for one.
pub fn connect_again() -> El {
    let session = expect_context::<Session>();
    let client = StoredValue::new(expect_context::<Client>());
    let content = move || form(session, client.get_value()).into();
    dialog("connect-again", session.asking(), || "Connect again".to_owned(), content, move || session.give_up())
}

fn form(session: Session, client: Client) -> El {
    let token = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let mutation = Mutation::default();
    let which = untrack(|| session.refused());
    Effect::new(move |_| {
        if mutation.error().is_some() || problem.with(Option::is_some) {
            focus_by_id(TOKEN);
        }
    });

    let submit = move || match clean_token(&token.get_untracked()) {
        Err(text) => problem.set(Some(text)),
        Ok(token) => {
            let client = client.clone();
            let check = async move {
                // The other API may not know a legacy token; whether it is good is told by the request itself.
                let account = if which == Which::Api { check_token(&client, &token).await? } else { None };
                Ok(Box::new(move |_| session.renewed(token, account)) as Then)
            };
            problem.set(None);
            mutation.run(Box::pin(check), |_| ());
        }
    };
    let error = move || {
        problem.get().or_else(|| match mutation.error()? {
            ApiError::Unauthorized => Some("This token was refused as well. It may have expired.".to_owned()),
            other => Some(other.message()),
        })
    };
    let field = TextField {
        id: TOKEN,
        label: if which == Which::Api { "API token" } else { "Legacy token" },
        kind: TextInput::Password,
        required: true,
        hint: "",
        value: Rc::new(move || token.get()),
        error: Rc::new(error),
        on_input: Box::new(move |text| token.set(text)),
    };
    let text = "The installation does not accept the token any more. What is on the page stays, and the request is sent \
                again with the new token.";
    let cancel = button(ButtonKind::Secondary, "Cancel", move || session.give_up());
    let connect = submit_button().child("Connect").busy_if(move || mutation.is_pending());
    el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(View::from(el("p").child(text)).and(field.view()).and(dialog_actions([cancel, connect])))
}
