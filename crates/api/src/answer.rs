//! What an answer means: the resource that was asked for, or the error it stands for.
//!
//! Nothing that a server sends is trusted to be short, or to be free of the token.

use std::time::Duration;

use serde_json::error::Category;
use wire::{AnyJson, Document, ErrorDocument, ErrorObject, FromJson, Resource};

use super::{ApiError, Response, Result, retry::server_wait};
use domain::text;

const LONGEST_MESSAGE: usize = 300;
const MOST_MESSAGES: usize = 20;
const LONGEST_POINTER: usize = 200;

/// A whole answer, and the token that must not be shown from it.
pub(super) struct Answer {
    status: u16,
    wait: Option<Duration>,
    headers: Vec<(&'static str, String)>,
    body: String,
    token: String,
}

impl Answer {
    pub(super) fn new(response: Response, token: &str) -> Self {
        let wait = server_wait(&response);
        let Response { status, headers, body } = response;
        Self { status, wait, headers, body, token: token.to_owned() }
    }

    pub(super) fn is_unauthorized(&self) -> bool {
        self.status == 401
    }

    /// The answer if its status is a success.
    pub(super) fn success(self) -> Result<Self> {
        if matches!(self.status, 200..=299) { Ok(self) } else { Err(self.failure()) }
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// The body as it came, but for the token.
    pub(super) fn shown(&self) -> String {
        self.without_token()
    }

    /// What an answer to an upload means; there is no token that must not be shown.
    pub(super) fn of_upload(response: Response) -> Result<()> {
        Self::new(response, "").success().map(drop)
    }

    /// The body as any JSON.
    pub(super) fn json(&self) -> Result<AnyJson> {
        serde_json::from_str(&self.body).map_err(|error| self.unreadable(error.classify()))
    }

    /// What was read out of the body, or the error that it says no such thing.
    pub(super) fn expect<T>(&self, read: Option<T>) -> Result<T> {
        read.ok_or_else(|| self.unreadable(Category::Data))
    }

    /// The resource in the body. Its type must be `kind`; servers that leave the type out are taken at their shape.
    pub(super) fn resource<A: FromJson>(&self, kind: &str) -> Result<Resource<A>> {
        let resource: Resource<A> = self.expect(Document::from_json(&self.json()?))?.data;
        self.check_kind(&resource.kind, kind)?;
        Ok(resource)
    }

    /// An error unless `found` is the expected JSON:API type, or none.
    pub(super) fn check_kind(&self, found: &str, expected: &str) -> Result<()> {
        if found.is_empty() || found == expected { Ok(()) } else { Err(self.unreadable(Category::Data)) }
    }

    /// An error unless the body is empty or any JSON: some servers confirm a delete with `{}`.
    pub(super) fn nothing(&self) -> Result<()> {
        if self.body.trim().is_empty() {
            return Ok(());
        }
        self.json().map(|_| ())
    }

    fn unreadable(&self, category: Category) -> ApiError {
        let reason = match category {
            _ if self.body.trim().is_empty() => "it is empty",
            _ if self.body.trim_start().starts_with('<') => {
                "it is a web page, often the sign-in page of a network or proxy"
            }
            Category::Data => "it is not what was asked for",
            Category::Eof => "it breaks off in the middle",
            Category::Syntax | Category::Io => "it is not JSON",
        };
        ApiError::Unreadable {
            status: self.status,
            excerpt: text::excerpt(&self.without_token(), LONGEST_MESSAGE),
            reason: reason.to_owned(),
        }
    }

    fn failure(&self) -> ApiError {
        let errors = self.errors();
        let messages = || errors.iter().filter_map(|it| it.message().map(str::to_owned)).collect();
        match self.status {
            401 => ApiError::Unauthorized,
            404 => ApiError::NotFound,
            409 => ApiError::Conflict(messages()),
            429 => ApiError::RateLimited { wait: self.wait },
            422 => ApiError::Invalid(errors),
            400 if errors.iter().any(|it| it.attribute().is_some()) => ApiError::Invalid(errors),
            status => ApiError::Refused { status, messages: messages() },
        }
    }

    /// The errors of the body, fit to be shown.
    fn errors(&self) -> Vec<ErrorObject> {
        let mut errors = ErrorDocument::read(&self.without_token()).errors;
        errors.truncate(MOST_MESSAGES);
        for error in &mut errors {
            for shown in [&mut error.title, &mut error.detail].into_iter().flatten() {
                *shown = text::excerpt(shown, LONGEST_MESSAGE);
            }
            let pointer = error.source.as_ref().and_then(|it| it.pointer.as_ref());
            if pointer.is_some_and(|it| it.len() > LONGEST_POINTER) {
                error.source = None;
            }
        }
        errors
    }

    fn without_token(&self) -> String {
        if self.token.is_empty() { self.body.clone() } else { self.body.replace(&self.token, "$TOKEN") }
    }
}
