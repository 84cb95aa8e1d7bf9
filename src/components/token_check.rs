//! Trying a token before it is used.

use wire::AccountAttributes;

use api::{ApiError, Client, accounts};

/// A token as it can be sent: without the white space of pasting, and only characters that a header may have.
///
/// # Errors
/// The sentence to show at the field.
pub fn clean_token(typed: &str) -> Result<String, String> {
    let token = typed.trim();
    if token.is_empty() {
        return Err("Enter a token. Terraform Enterprise makes one under User settings, Tokens.".to_owned());
    }
    if !token.chars().all(|character| character.is_ascii_graphic()) {
        return Err("A token has only letters, digits and punctuation. Paste it again, without spaces.".to_owned());
    }
    Ok(token.to_owned())
}

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
