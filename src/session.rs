//! Who is connected: the tokens, where they are kept, and asking for a new one when the installation refuses the old.
//!
//! Tokens live in memory, and in `sessionStorage` only when the user asked for that. Nothing here formats a token.

use api::{Credentials, LocalBoxFuture};
use futures_channel::oneshot;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Storage;
use wire::AccountAttributes;

use crate::paths;

const STORAGE_KEY: &str = "tfe-console.tokens";

/// The tokens of one installation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// For `/api/v2`.
    pub api: String,
    /// For `/api/v1`, where it differs.
    pub legacy: Option<String>,
}

/// One of the tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// The API token, which also serves the legacy API where it has none of its own.
    #[default]
    Api,
    /// The legacy token, where there is one.
    Legacy,
}

/// A question for a new token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenQuestion {
    /// Which of the tokens was refused.
    pub which: Which,
    /// Tells it apart from the questions before and after it.
    number: usize,
}

/// A request that waits for a new token.
struct Waiting {
    which: Which,
    is_legacy: bool,
    sender: oneshot::Sender<Option<String>>,
}

/// The connection of this tab. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Session {
    tokens: RwSignal<Option<Tokens>>,
    kept: RwSignal<bool>,
    account: RwSignal<Option<AccountAttributes>>,
    question: RwSignal<Option<TokenQuestion>>,
    questions: StoredValue<usize>,
    waiting: StoredValue<Vec<Waiting>>,
    /// The API token that was given because the legacy API refused the one before it.
    given_for_legacy: StoredValue<Option<String>>,
}

impl Session {
    /// Takes up what this tab was asked to keep, if anything.
    pub fn restore() -> Self {
        let stored = storage()
            .and_then(|storage| storage.get_item(&paths::in_storage(STORAGE_KEY)).ok().flatten())
            .and_then(|text| serde_json::from_str(&text).ok());
        Self {
            kept: RwSignal::new(stored.is_some()),
            tokens: RwSignal::new(stored),
            account: RwSignal::new(None),
            question: RwSignal::new(None),
            questions: StoredValue::new(0),
            waiting: StoredValue::new(Vec::new()),
            given_for_legacy: StoredValue::new(None),
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
        self.given_for_legacy.set_value(None);
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

    /// Whether the legacy API has a token of its own, tracked.
    pub fn has_legacy(&self) -> bool {
        self.tokens.with(|tokens| tokens.as_ref().is_some_and(|tokens| tokens.legacy.is_some()))
    }

    /// Notes whose token it is.
    pub fn set_account(&self, account: Option<AccountAttributes>) {
        self.account.set(account);
    }

    /// Whether the owner is an administrator; `None` where the installation does not tell. Tracked.
    pub fn is_administrator(&self) -> Option<bool> {
        self.account.with(|account| account.as_ref().and_then(AccountAttributes::is_administrator))
    }

    /// The question for a new token, while requests wait for the answer. Tracked.
    pub fn question(&self) -> Option<TokenQuestion> {
        self.question.get()
    }

    /// Answers a question with a new token in the place of the refused one: the waiting requests are sent again. An
    /// `account` is known of an API token only. A question that is not asked any more, because the user has given up or
    /// signed out meanwhile, has no answer.
    pub fn renewed(&self, question: TokenQuestion, token: String, account: Option<AccountAttributes>) {
        if self.question.get_untracked() != Some(question) {
            return;
        }
        self.tokens.update(|tokens| match (tokens, question.which) {
            (Some(tokens), Which::Legacy) => tokens.legacy = Some(token.clone()),
            (Some(tokens), Which::Api) => tokens.api.clone_from(&token),
            (None, _) => {}
        });
        if question.which == Which::Api {
            self.account.set(account);
        }
        self.store();
        self.answer(question.which, Some(&token));
    }

    /// Goes on without: the waiting requests fail as unauthorized.
    pub fn give_up(&self) {
        self.answer(Which::Api, None);
        self.answer(Which::Legacy, None);
    }

    /// Answers the requests that wait for this token, and asks for the other one if others wait for that.
    fn answer(&self, which: Which, token: Option<&str>) {
        self.question.set(None);
        let mut waiting = Vec::new();
        self.waiting.update_value(|all| std::mem::swap(all, &mut waiting));
        for request in waiting {
            if request.which == which {
                if request.is_legacy && which == Which::Api {
                    self.given_for_legacy.set_value(token.map(str::to_owned));
                }
                // A request that was dropped meanwhile does not listen any more.
                let _ = request.sender.send(token.map(str::to_owned));
            } else {
                self.ask(request);
            }
        }
    }

    /// Asks for a token. While it is asked for one already, the request waits: what is typed stays, and another kind of
    /// token is asked for afterwards.
    fn ask(&self, request: Waiting) {
        let which = request.which;
        self.waiting.update_value(|waiting| waiting.push(request));
        if self.question.with_untracked(Option::is_none) {
            let number = self.questions.get_value();
            self.questions.set_value(number.wrapping_add(1));
            self.question.set(Some(TokenQuestion { which, number }));
        }
    }

    /// The credentials for the legacy API.
    pub fn legacy(&self) -> LegacyCredentials {
        LegacyCredentials(*self)
    }

    /// The token for a request, and which of the two it is.
    fn token_for(&self, legacy: bool) -> (Which, Option<String>) {
        self.tokens.with_untracked(|tokens| match tokens {
            Some(Tokens { legacy: Some(token), .. }) if legacy => (Which::Legacy, Some(token.clone())),
            Some(tokens) => (Which::Api, Some(tokens.api.clone())),
            None => (Which::Api, None),
        })
    }

    fn renew_for(&self, legacy: bool, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        let session = *self;
        Box::pin(async move {
            let (which, current) = session.token_for(legacy);
            if current.is_none() || current != refused {
                // Another request asked before this one, or the user has disconnected.
                return current;
            }
            // An installation may know the new API token and refuse it in the legacy API all the same: there it needs
            // one of its own, and asking for the API token again would never end.
            let needs_its_own = legacy && which == Which::Api && session.given_for_legacy.get_value() == current;
            let which = if needs_its_own { Which::Legacy } else { which };
            let (sender, answer) = oneshot::channel();
            session.ask(Waiting { which, is_legacy: legacy, sender });
            answer.await.ok().flatten()
        })
    }

    fn store(&self) {
        let Some(storage) = storage() else { return };
        let text = self.tokens.with_untracked(|tokens| tokens.as_ref().and_then(|it| serde_json::to_string(it).ok()));
        // Storage may be full or forbidden; then the tokens live until the next reload, as without the checkbox.
        let _ = match text {
            Some(text) if self.kept.get_untracked() => storage.set_item(&paths::in_storage(STORAGE_KEY), &text),
            _ => storage.remove_item(&paths::in_storage(STORAGE_KEY)),
        };
    }
}

impl Credentials for Session {
    fn token(&self) -> Option<String> {
        self.token_for(false).1
    }

    fn renew(&self, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        self.renew_for(false, refused)
    }
}

/// The legacy token where there is one, else the API token.
#[derive(Clone, Copy)]
pub struct LegacyCredentials(Session);

impl Credentials for LegacyCredentials {
    fn token(&self) -> Option<String> {
        self.0.token_for(true).1
    }

    fn renew(&self, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        self.0.renew_for(true, refused)
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
