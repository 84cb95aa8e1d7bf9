//! A response, checked: the resource that was asked for, or an error.
//!
//! Nothing that a server sends is trusted to be short, or to be free of the token.

use std::time::Duration;

use serde::de::DeserializeOwned;
use wire::{ErrorDocument, ErrorObject, ErrorSource, Mismatch, Resource, ResourceList, Unreadable};

use super::{ApiError, Response, Result, retry::server_wait};
use domain::text;

const LONGEST_MESSAGE: usize = 300;
const MOST_MESSAGES: usize = 20;
const LONGEST_NAME: usize = 200;

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

    pub(super) fn status(&self) -> u16 {
        self.status
    }

    /// The answer if its status is a success.
    pub(super) fn success(self) -> Result<Self> {
        if matches!(self.status, 200..=299) { Ok(self) } else { Err(self.failure()) }
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// The body, without the token.
    pub(super) fn shown(&self) -> String {
        self.without_token(&self.body)
    }

    /// Checks the response to an upload; no token was sent with it.
    pub(super) fn of_upload(response: Response) -> Result<()> {
        Self::new(response, "").success().map(drop)
    }

    /// The body as one structure.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T> {
        wire::read(&self.body).map_err(|error| self.unreadable(error))
    }

    /// The resource in the body. Its type must be `kind`; a server that leaves the type out is taken at its shape.
    pub(super) fn resource<A: DeserializeOwned>(&self, kind: &str) -> Result<Resource<A>> {
        let resource = wire::read_resource(&self.body).map_err(|error| self.unreadable(error))?;
        match wrong_kind("data", &resource.kind, kind) {
            None => Ok(resource),
            Some(mismatch) => Err(self.unreadable(Unreadable::Mismatch(mismatch))),
        }
    }

    /// The resources of type `kind` in the body. Those that cannot be read are left out, unless there are no others.
    pub(super) fn resources<A: DeserializeOwned>(&self, kind: &str) -> Result<ResourceList<A>> {
        let mut list: ResourceList<A> = ResourceList::read(&self.body).map_err(|error| self.unreadable(error))?;
        let ResourceList { readable, unreadable, .. } = &mut list;
        readable.retain(|(index, resource)| {
            let mismatch = wrong_kind(&["data[", &index.to_string(), "]"].concat(), &resource.kind, kind);
            let is_right = mismatch.is_none();
            unreadable.extend(mismatch);
            is_right
        });
        match list.unreadable.first() {
            Some(first) if list.readable.is_empty() => Err(self.unreadable(Unreadable::Mismatch(first.clone()))),
            _ => Ok(list),
        }
    }

    /// An error unless the body is empty or any JSON: some servers confirm a delete with `{}`.
    pub(super) fn nothing(&self) -> Result<()> {
        if self.body.trim().is_empty() {
            return Ok(());
        }
        wire::check(&self.body).map_err(|error| self.unreadable(error))
    }

    /// The mismatch, short enough to be shown and without the token.
    pub(super) fn shown_mismatch(&self, mismatch: &Mismatch) -> Mismatch {
        Mismatch { place: self.excerpt(&mismatch.place), problem: self.excerpt(&mismatch.problem) }
    }

    fn unreadable(&self, error: Unreadable) -> ApiError {
        let body = self.body.trim();
        let (place, reason) = match error {
            _ if body.is_empty() => (None, "it is empty".to_owned()),
            _ if body.starts_with('<') => {
                (None, "it is a web page, often the sign-in page of a network or proxy".to_owned())
            }
            Unreadable::BreaksOff => (None, "it breaks off in the middle".to_owned()),
            Unreadable::NotJson { .. } => (None, "it is not JSON".to_owned()),
            Unreadable::Mismatch(mismatch) => match self.shown_mismatch(&mismatch) {
                Mismatch { place, problem } if place.is_empty() => (None, ["it ", &problem].concat()),
                Mismatch { place, problem } => (Some(place), problem),
            },
        };
        ApiError::Unreadable { status: self.status, excerpt: self.excerpt(body), place, reason }
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

    /// The errors of the body, fit to be shown: short, not too many, and each with the parameter that it is about.
    fn errors(&self) -> Vec<ErrorObject> {
        let mut errors = ErrorDocument::read(&self.shown()).errors;
        let more = errors.len().saturating_sub(MOST_MESSAGES);
        errors.truncate(MOST_MESSAGES);
        for error in &mut errors {
            for shown in [&mut error.title, &mut error.detail].into_iter().flatten() {
                *shown = text::excerpt(shown, LONGEST_MESSAGE);
            }
            let Some(ErrorSource { pointer, parameter }) = &mut error.source else { continue };
            for name in [&mut *pointer, &mut *parameter] {
                *name = name.take().filter(|it| it.len() <= LONGEST_NAME);
            }
            let (Some(name), Some(message)) = (parameter.clone(), error.message()) else { continue };
            if !message.to_ascii_lowercase().contains(&name.to_ascii_lowercase()) {
                error.detail = Some([&name, ": ", message].concat());
            }
        }
        if more > 0 {
            let detail = Some(["and ", &more.to_string(), " more"].concat());
            errors.push(ErrorObject { detail, ..ErrorObject::default() });
        }
        errors
    }

    fn excerpt(&self, text: &str) -> String {
        text::excerpt(&self.without_token(text), LONGEST_MESSAGE)
    }

    fn without_token(&self, text: &str) -> String {
        if self.token.is_empty() { text.to_owned() } else { text.replace(&self.token, "$TOKEN") }
    }
}

/// The mismatch of a resource at `place` whose JSON:API type is neither `expected` nor left out.
fn wrong_kind(place: &str, kind: &str, expected: &str) -> Option<Mismatch> {
    let is_right = kind.is_empty() || kind == expected;
    (!is_right).then(|| Mismatch {
        place: [place, ".type"].concat(),
        problem: ["is \"", kind, "\", not \"", expected, "\""].concat(),
    })
}
