//! Who may do what: one administrator's token and, if wanted, one of a user without rights.
//!
//! Tokens are kept and compared as SHA-256 digests, so that neither a core dump, a debug print nor the time that a
//! comparison takes tells anything of them. What it must not know: HTTP.

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// The administrator's token of a server that was given none. Everyone knows it.
pub const DEMO_ADMIN_TOKEN: &str = "demo-admin-token";
/// The token without rights of a server that was given none. Everyone knows it.
pub const DEMO_USER_TOKEN: &str = "demo-user-token";

/// The tokens of one server.
#[derive(Clone)]
pub struct Tokens {
    admin: [u8; 32],
    user: Option<[u8; 32]>,
}

/// Whose token a request came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A site administrator.
    Administrator,
    /// A valid user without any right here.
    User,
}

/// Why a token cannot be used. Never tells the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// Empty, or with white space, control characters or anything beyond ASCII: no header could carry it.
    #[error("a token must be of visible ASCII characters, at least one")]
    Unusable,
    /// The same token for both.
    #[error("the administrator's and the user's token must differ")]
    Same,
}

impl Tokens {
    /// The two well-known tokens: for this machine only.
    pub fn demo() -> Self {
        Self { admin: digest(DEMO_ADMIN_TOKEN), user: Some(digest(DEMO_USER_TOKEN)) }
    }

    /// The tokens given. Without `user` there is no valid token that is not an administrator's.
    pub fn new(admin: &str, user: Option<&str>) -> Result<Self, TokenError> {
        let usable = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !usable(admin) || !user.is_none_or(usable) {
            return Err(TokenError::Unusable);
        }
        if user == Some(admin) {
            return Err(TokenError::Same);
        }
        Ok(Self { admin: digest(admin), user: user.map(digest) })
    }

    /// Whether the administrator's token is the well-known one.
    pub fn admin_is_demo(&self) -> bool {
        self.admin == digest(DEMO_ADMIN_TOKEN)
    }

    /// Whether the token without rights is the well-known one.
    pub fn user_is_demo(&self) -> bool {
        self.user == Some(digest(DEMO_USER_TOKEN))
    }

    /// Whether there is a valid token that is not an administrator's.
    pub fn has_user(&self) -> bool {
        self.user.is_some()
    }

    /// Whether a well-known token opens this server, in either role.
    pub fn any_is_demo(&self) -> bool {
        [DEMO_ADMIN_TOKEN, DEMO_USER_TOKEN].into_iter().any(|token| self.owner_of(token).is_some())
    }

    pub(crate) fn owner_of(&self, token: &str) -> Option<Owner> {
        let given = digest(token);
        if given == self.admin {
            Some(Owner::Administrator)
        } else if self.user == Some(given) {
            Some(Owner::User)
        } else {
            None
        }
    }
}

/// What is kept of a token, and of the secret of an upload path.
pub(crate) fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// The bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tokens(…)")
    }
}
