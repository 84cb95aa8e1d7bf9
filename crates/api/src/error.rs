//! What can go wrong with a call, kept apart by what the user can do about it, and told in the user's words.

use std::time::Duration;

use wire::ErrorObject;

/// The outcome of a call.
pub type Result<T> = std::result::Result<T, ApiError>;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// No connection to the server, or it was dropped.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The request was given up on this side.
    Cancelled,
    /// 401, and no other token was given.
    Unauthorized,
    /// 404: there is no such thing, or the token is not an administrator's. The API does not tell which.
    NotFound,
    /// 422, or 400 about fields. Empty where the server does not say what is wrong.
    Invalid(Vec<ErrorObject>),
    /// 409, with the server's messages.
    Conflict(Vec<String>),
    /// 429, and the server asks for a longer wait than a user should have to look at.
    RateLimited {
        /// How long the server asks to wait, where it says.
        wait: Option<Duration>,
    },
    /// Any other status that is not a success.
    Refused {
        /// The HTTP status; 0 where the browser hides it, which is so for a redirect.
        status: u16,
        /// The server's messages, each cut to a sane length.
        messages: Vec<String>,
    },
    /// An answer that is not what the specification says.
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// The beginning of the body on one line, without the token.
        excerpt: String,
        /// The path of the part that cannot be read: `data[3].attributes.version`. `None` for the body as a whole.
        place: Option<String>,
        /// The problem, as the end of a sentence: "is a list, not text" behind the place, "it is not JSON" without one.
        reason: String,
    },
    /// A write of a version whose outcome no answer tells, or tells wrongly, after the version was read to find out.
    Unanswered {
        /// Why there was no answer, and what is known.
        message: String,
        /// Whether the version is still as it was, or is gone; else it is not known what became of the write.
        is_undone: bool,
    },
}

impl ApiError {
    /// What happened, why, and what to do next, in plain sentences.
    pub fn message(&self) -> String {
        match self {
            Self::Unreachable => "The server cannot be reached. Check the network connection and try again.".to_owned(),
            Self::TimedOut => {
                "The server did not answer in time. Check the network connection and try again.".to_owned()
            }
            Self::Cancelled => "The request was cancelled before the server answered.".to_owned(),
            Self::Unauthorized => {
                "The server does not accept the token. Connect again with a token that is valid.".to_owned()
            }
            Self::NotFound => {
                "The server found nothing here. It does not exist, or this token has no right to see it.".to_owned()
            }
            Self::Invalid(errors) => match self_messages(errors) {
                messages if messages.is_empty() => NO_REASON.to_owned(),
                messages => sentences("The server did not accept this", ": ", &messages),
            },
            Self::Conflict(messages) if messages.is_empty() => {
                "The server refused this because something else changed meanwhile. Load it again and then try again."
                    .to_owned()
            }
            Self::Conflict(messages) => sentences("The server refused this because of a conflict", ": ", messages),
            Self::RateLimited { wait: Some(wait) } => {
                let mut message = "The server asks for a pause after too many requests. Try again in ".to_owned();
                message.push_str(&seconds(*wait));
                message.push('.');
                message
            }
            Self::RateLimited { wait: None } => {
                "The server asks for a pause after too many requests. Wait a moment and try again.".to_owned()
            }
            Self::Refused { status, messages } => refused(*status, messages),
            Self::Unreadable { status, place, reason, .. } => {
                let mut message = "The server sent something this console does not understand: ".to_owned();
                if let Some(place) = place {
                    message.push_str(place);
                    message.push(' ');
                }
                message.push_str(reason);
                with_status(message, *status)
            }
            Self::Unanswered { message, .. } => message.clone(),
        }
    }

    /// The messages about one attribute of the request (`url` for the pointer `/data/attributes/url` and below), if the
    /// server sent any, each on a line of its own.
    pub fn field(&self, attribute: &str) -> Option<String> {
        let Self::Invalid(errors) = self else { return None };
        let messages: Vec<&str> = errors.iter().filter(|it| is_about(it, attribute)).map(message_of).collect();
        (!messages.is_empty()).then(|| messages.join("\n"))
    }

    /// The messages of a refused form that belong to none of its fields. Never empty for [`ApiError::Invalid`] without
    /// any message for `known`, so that no refusal is silent.
    pub fn rest(&self, known: &[&str]) -> Vec<String> {
        self.rest_by_arch(known).into_iter().map(|(_, message)| message.to_owned()).collect()
    }

    /// As [`ApiError::rest`], each with the place in `archs` that it is about ([`ErrorObject::arch`]), if it is about one.
    pub fn rest_by_arch(&self, known: &[&str]) -> Vec<(Option<(usize, &str)>, &str)> {
        let Self::Invalid(errors) = self else { return Vec::new() };
        if errors.is_empty() {
            return vec![(None, NO_REASON)];
        }
        let is_elsewhere = |it: &&ErrorObject| !known.iter().any(|attribute| is_about(it, attribute));
        errors.iter().filter(is_elsewhere).map(|it| (it.arch(), message_of(it))).collect()
    }

    /// Whether the same request may succeed when it is sent again.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable
            | Self::TimedOut
            | Self::Cancelled
            | Self::Unauthorized
            | Self::RateLimited { .. }
            | Self::Unreadable { .. } => true,
            Self::Refused { status, .. } => matches!(status, 0 | 300..=399 | 408 | 425 | 500..),
            Self::NotFound | Self::Invalid(_) | Self::Conflict(_) => false,
            Self::Unanswered { is_undone, .. } => *is_undone,
        }
    }

    /// Whether a write that failed like this may have been done all the same, because no answer says that it was not.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled => true,
            Self::Unreadable { status, .. } => matches!(status, 0..=299 | 500..),
            Self::Refused { status, .. } => *status >= 500,
            Self::Unanswered { is_undone, .. } => !is_undone,
            _ => false,
        }
    }

    /// Whether the server refuses the request as it is (400 to 499), apart from the token and from asking for a pause.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::NotFound | Self::Invalid(_) | Self::Conflict(_) => true,
            Self::Refused { status, .. } => matches!(status, 400..=499),
            _ => false,
        }
    }

    /// What is told of a write that failed like this, once the version was read.
    pub(super) fn unanswered(&self, is_undone: bool) -> Self {
        let mut message = self.message();
        message.push_str(if is_undone {
            " The version is still there, as it was."
        } else {
            " It is not known whether it was done all the same: look at the version before you try again."
        });
        Self::Unanswered { message, is_undone }
    }

    /// The failure of a request without which nothing was sent: as [`ApiError::Unanswered`] where it would leave a doubt.
    pub fn before_sending(self) -> Self {
        if self.leaves_doubt() { self.unanswered(true) } else { self }
    }
}

const NO_REASON: &str = "The server did not accept this and does not say why.";

fn is_about(error: &ErrorObject, attribute: &str) -> bool {
    error.attribute().is_some_and(|name| {
        let spelled = |it: u8| if it == b'_' { b'-' } else { it.to_ascii_lowercase() };
        name.bytes().map(spelled).eq(attribute.bytes().map(spelled))
    })
}

fn message_of(error: &ErrorObject) -> &str {
    error.message().unwrap_or(NO_REASON)
}

fn self_messages(errors: &[ErrorObject]) -> Vec<String> {
    errors.iter().map(|it| message_of(it).to_owned()).collect()
}

fn refused(status: u16, messages: &[String]) -> String {
    let start = match status {
        0 | 300..=399 => {
            "The request was sent on to another address, often the sign-in page of a network or proxy. Reload the console, sign in if asked to, and try again"
        }
        403 => "The server does not allow this with this token",
        405 | 501 => "This installation does not offer this",
        408 | 425 => "The server did not get the request in time. Try again",
        413 => "The server refuses the request because it is too large",
        500.. => "The server failed to do this. Try again in a moment, and look into the server's log if it stays so",
        _ => "The server refused this",
    };
    if messages.is_empty() {
        return with_status(start.to_owned(), status);
    }
    sentences(&with_status(start.to_owned(), status), " It says: ", messages)
}

/// What happened with the one message behind it, or with each of several on a line of its own.
fn sentences(start: &str, colon: &str, messages: &[String]) -> String {
    let mut message = [start, colon].concat();
    if messages.len() > 1 {
        message.truncate(message.trim_end().len());
        message.push('\n');
    }
    message.push_str(&messages.join("\n"));
    message
}

fn with_status(mut message: String, status: u16) -> String {
    if status >= 100 {
        message.push_str(" (status ");
        message.push_str(&status.to_string());
        message.push(')');
    }
    message.push('.');
    message
}

fn seconds(wait: Duration) -> String {
    let whole = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    let (count, unit) = if whole < 120 { (whole, "second") } else { (whole.div_ceil(60), "minute") };
    let mut text = count.to_string();
    text.push(' ');
    text.push_str(unit);
    if count != 1 {
        text.push('s');
    }
    text
}
