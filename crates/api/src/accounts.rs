//! Whose token it is (Account API, `GET /account/details`).

use wire::Account;

use super::{Client, Result};

/// The owner of the client's token.
///
/// # Errors
/// As for every call.
pub async fn read(client: &Client) -> Result<Account> {
    client.read("/account/details").await?.resource("users")
}
