//! What the user reads, and what is offered next.

use std::time::Duration;

use api::ApiError;

fn refused(status: u16, messages: &[&str]) -> ApiError {
    ApiError::Refused { status, messages: messages.iter().map(|&it| it.to_owned()).collect() }
}

fn unreadable(status: u16) -> ApiError {
    unreadable_at(status, None, "it is not JSON")
}

fn unreadable_at(status: u16, place: Option<&str>, reason: &str) -> ApiError {
    let place = place.map(str::to_owned);
    ApiError::Unreadable { status, excerpt: "<html>".to_owned(), place, reason: reason.to_owned() }
}

fn every_kind() -> Vec<ApiError> {
    vec![
        ApiError::Unreachable,
        ApiError::TimedOut,
        ApiError::Cancelled,
        ApiError::Unauthorized,
        ApiError::NotFound,
        ApiError::Invalid(Vec::new()),
        ApiError::Conflict(Vec::new()),
        ApiError::Conflict(vec!["Somebody was faster.".to_owned()]),
        ApiError::RateLimited { wait: None },
        ApiError::RateLimited { wait: Some(Duration::from_millis(1_200)) },
        refused(0, &[]),
        refused(302, &[]),
        refused(403, &["Ask an owner."]),
        refused(405, &[]),
        refused(413, &[]),
        refused(418, &[]),
        refused(500, &[]),
        unreadable(200),
        unreadable_at(200, Some("data[3].attributes.version"), "is a list, not text"),
        ApiError::TimedOut.before_sending(),
    ]
}

#[test]
fn every_message_is_made_of_plain_sentences() {
    for error in every_kind() {
        let message = error.message();
        assert!(message.starts_with(char::is_uppercase) && message.ends_with('.'), "{message}");
        assert!(!message.contains("..") && !message.contains("  ") && !message.contains("status 0"), "{message}");
        for jargon in ["API", "JSON:API", "HTTP", "null", "Error", "None"] {
            assert!(!message.contains(jargon), "{message}");
        }
    }
}

#[test]
fn messages_say_what_happened_why_and_what_to_do() {
    let table = [
        (
            refused(403, &["Ask an owner."]),
            "The server does not allow this with this token (status 403). It says: Ask an owner.",
        ),
        (refused(418, &[]), "The server refused this (status 418)."),
        (unreadable(200), "The server sent something this console does not understand: it is not JSON (status 200)."),
        (
            unreadable_at(200, Some("data[3].attributes.version"), "is a list, not text"),
            "The server sent something this console does not understand: data[3].attributes.version is a list, not text (status 200).",
        ),
        (
            ApiError::RateLimited { wait: Some(Duration::from_millis(30_500)) },
            "The server asks for a pause after too many requests. Try again in 31 seconds.",
        ),
        (
            ApiError::RateLimited { wait: Some(Duration::from_secs(1)) },
            "The server asks for a pause after too many requests. Try again in 1 second.",
        ),
        (
            ApiError::RateLimited { wait: Some(Duration::from_secs(3_601)) },
            "The server asks for a pause after too many requests. Try again in 61 minutes.",
        ),
    ];
    for (error, message) in table {
        assert_eq!(error.message(), message);
    }
}

#[test]
fn trying_again_is_offered_where_it_may_help() {
    let helps = [
        ApiError::Unreachable,
        ApiError::TimedOut,
        ApiError::Cancelled,
        ApiError::Unauthorized,
        ApiError::RateLimited { wait: None },
        refused(0, &[]),
        refused(408, &[]),
        refused(503, &[]),
        unreadable(200),
    ];
    for error in helps {
        assert!(error.is_retryable(), "{error:?}");
    }
    let does_not = [
        ApiError::NotFound,
        ApiError::Invalid(Vec::new()),
        ApiError::Conflict(Vec::new()),
        refused(403, &[]),
        refused(405, &[]),
    ];
    for error in does_not {
        assert!(!error.is_retryable(), "{error:?}");
    }
}

#[test]
fn a_write_is_in_doubt_unless_the_server_refused_it() {
    for error in [ApiError::Unreachable, ApiError::TimedOut, ApiError::Cancelled, unreadable(201), refused(502, &[])] {
        assert!(error.leaves_doubt(), "{error:?}");
    }
    let refusals = [
        ApiError::Unauthorized,
        ApiError::NotFound,
        ApiError::Invalid(Vec::new()),
        ApiError::RateLimited { wait: None },
        refused(403, &[]),
        refused(0, &[]),
    ];
    for error in refusals {
        assert!(!error.leaves_doubt(), "{error:?}");
    }
}

#[test]
fn only_a_refused_form_has_messages_beside_its_fields() {
    for error in every_kind() {
        assert_eq!(error.field("version"), None);
        assert_eq!(error.rest(&[]).is_empty(), !matches!(error, ApiError::Invalid(_)), "{error:?}");
    }
}
