//! Who is connected: the tokens, where they are kept, and asking for a new one when the installation refuses the old.
//!
//! Tokens live in memory, and in `sessionStorage` only when the user asked for that. Nothing here formats a token.

use futures_channel::oneshot;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Storage;
use wire::AccountAttributes;

use crate::api::{Credentials, LocalBoxFuture};

const STORAGE_KEY: &str = "tfe-console.tokens";

/// The tokens of one installation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// For `/api/v2`.
    pub api: String,
    /// For `/api/v1`, where it differs.
    pub legacy: Option<String>,
}

/// The connection of this tab. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Session {
    tokens: RwSignal<Option<Tokens>>,
    kept: RwSignal<bool>,
    account: RwSignal<Option<AccountAttributes>>,
    asking: RwSignal<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<Option<String>>>>,
}

impl Session {
    /// Takes up what this tab was asked to keep, if anything.
    pub fn restore() -> Self {
        let stored = storage()
            .and_then(|storage| storage.get_item(STORAGE_KEY).ok().flatten())
            .and_then(|text| serde_json::from_str(&text).ok());
        Self {
            kept: RwSignal::new(stored.is_some()),
            tokens: RwSignal::new(stored),
            account: RwSignal::new(None),
            asking: RwSignal::new(false),
            waiting: StoredValue::new(Vec::new()),
        }
    }

    /// Connects with new tokens, and keeps them for this tab's reloads if `keep`.
    pub fn connect(&self, tokens: Tokens, account: Option<AccountAttributes>, keep: bool) {
        self.kept.set(keep);
        self.account.set(account);
        self.tokens.set(Some(tokens));
        self.store();
    }

    /// Forgets everything.
    pub fn disconnect(&self) {
        self.tokens.set(None);
        self.account.set(None);
        self.kept.set(false);
        self.store();
        self.give_up();
    }

    /// Whether there is a token, tracked.
    pub fn is_connected(&self) -> bool {
        self.tokens.with(Option::is_some)
    }

    /// Whose token it is, where the installation told, tracked.
    pub fn account(&self) -> Option<AccountAttributes> {
        self.account.get()
    }

    /// The token in use for `/api/v2`, tracked.
    pub fn api_token(&self) -> Option<String> {
        self.tokens.with(|tokens| tokens.as_ref().map(|tokens| tokens.api.clone()))
    }

    /// Notes whose token it is.
    pub fn set_account(&self, account: Option<AccountAttributes>) {
        self.account.set(account);
    }

    /// Whether the owner is an administrator; `None` where the installation does not tell. Tracked.
    pub fn is_administrator(&self) -> Option<bool> {
        self.account.with(|account| account.as_ref().and_then(AccountAttributes::is_administrator))
    }

    /// Whether requests wait for a new token. Setting it to false alone leaves them waiting: see [`Session::give_up`].
    pub fn asking(&self) -> RwSignal<bool> {
        self.asking
    }

    /// Goes on with a new token: the waiting requests are sent again.
    pub fn renewed(&self, token: String, account: Option<AccountAttributes>) {
        self.tokens.update(|tokens| match tokens {
            Some(tokens) => tokens.api.clone_from(&token),
            None => *tokens = Some(Tokens { api: token.clone(), legacy: None }),
        });
        self.account.set(account);
        self.store();
        self.answer(Some(&token));
    }

    /// Goes on without: the waiting requests fail as unauthorized.
    pub fn give_up(&self) {
        self.answer(None);
    }

    fn answer(&self, token: Option<&str>) {
        self.asking.set(false);
        let mut waiting = Vec::new();
        self.waiting.update_value(|senders| std::mem::swap(senders, &mut waiting));
        for sender in waiting {
            // A request that was dropped meanwhile does not listen any more.
            let _ = sender.send(token.map(str::to_owned));
        }
    }

    fn store(&self) {
        let Some(storage) = storage() else { return };
        let text = self.tokens.with_untracked(|tokens| tokens.as_ref().and_then(|it| serde_json::to_string(it).ok()));
        // Storage may be full or forbidden; then the tokens live until the next reload, as without the checkbox.
        let _ = match text {
            Some(text) if self.kept.get_untracked() => storage.set_item(STORAGE_KEY, &text),
            _ => storage.remove_item(STORAGE_KEY),
        };
    }
}

impl Credentials for Session {
    fn token(&self) -> Option<String> {
        self.tokens.with_untracked(|tokens| tokens.as_ref().map(|tokens| tokens.api.clone()))
    }

    fn renew(&self, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        let session = *self;
        Box::pin(async move {
            let current = session.token();
            if current.is_none() || current != refused {
                // Another request asked before this one, or the user has disconnected.
                return current;
            }
            let (sender, answer) = oneshot::channel();
            session.waiting.update_value(|waiting| waiting.push(sender));
            session.asking.set(true);
            answer.await.ok().flatten()
        })
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
