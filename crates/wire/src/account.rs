//! `GET /api/v2/account/details`: whose token this is (facts.md 1.1).

use serde::{Deserialize, Serialize};

use crate::{Resource, tolerant};

/// The owner of the token in use.
pub type Account = Resource<AccountAttributes>;

/// What the console reads of an account. Each member is missing on some installations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AccountAttributes {
    /// The user's name, as it is signed in with.
    #[serde(default, deserialize_with = "tolerant::optional_text", skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether the user is a site administrator: the older name.
    #[serde(default, deserialize_with = "tolerant::optional_boolean", skip_serializing_if = "Option::is_none")]
    pub is_site_admin: Option<bool>,
    /// Whether the user is an administrator: the newer name, since v202406.
    #[serde(default, deserialize_with = "tolerant::optional_boolean", skip_serializing_if = "Option::is_none")]
    pub is_admin: Option<bool>,
}

impl AccountAttributes {
    /// Whether the owner is an administrator by either name; `None` where the installation does not tell.
    pub fn is_administrator(&self) -> Option<bool> {
        match (self.is_admin, self.is_site_admin) {
            (None, None) => None,
            (newer, older) => Some(newer == Some(true) || older == Some(true)),
        }
    }
}
