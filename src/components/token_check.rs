//! Trying a token before it is used.

use api::{ApiError, Client, accounts};
use leptos::prelude::*;
use wire::AccountAttributes;

use crate::{query::Task, session::Session};

/// Asks the installation whose token it is; `None` where it does not tell.
///
/// # Errors
/// When the token was refused, or nobody answered. Any other answer means that the installation is there and did not
/// refuse the token: implementations without `account/details` are used all the same.
pub async fn check_token(client: &Client, token: &str) -> Result<Option<AccountAttributes>, ApiError> {
    match accounts::read(&client.with_token(token)).await {
        Ok(account) => Ok(Some(account.attributes)),
        Err(error @ (ApiError::Unauthorized | ApiError::Unreachable | ApiError::TimedOut)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// After a reload the token is there but its owner is not known yet. Whether a token works is told by the page's own
/// requests, so a failure here says nothing.
pub fn recognise_owner() {
    let session = expect_context::<Session>();
    // Not tracked: whoever calls this would be made anew with every answer, and what is typed in the page with it.
    if untrack(|| session.account().is_some()) {
        return;
    }
    let client = expect_context::<Client>();
    let token = untrack(|| session.api_token()).unwrap_or_default();
    Task::new().start(Box::pin(async move {
        if let Ok(account) = check_token(&client, &token).await {
            session.set_account(account);
        }
    }));
}
