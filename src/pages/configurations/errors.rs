//! The legacy API's refusals in words: it answers 404 for everything that a token may not see.

use api::ApiError;
use domain::text::{visible, visible_lines};
use wire::ErrorObject;

use crate::paths::Configuration;

/// What happened, why, and what to do next.
pub fn message(error: &ApiError, configuration: &Configuration) -> String {
    if *error == ApiError::NotFound {
        return format!(
            "The installation knows no configuration {}, or the token may not use it.",
            visible(&configuration.title())
        );
    }
    visible_lines(&with_field_names(error).message())
}

/// No field here has the name of what a refusal is about, so that the name has to stand in the sentence, once.
fn with_field_names(error: &ApiError) -> ApiError {
    let ApiError::Invalid(errors) = error else { return error.clone() };
    let named = |error: &ErrorObject| {
        let detail = error.message().map(|text| match error.attribute() {
            Some(name) if !text.starts_with(name) => [name, ": ", text].concat(),
            _ => text.to_owned(),
        });
        ErrorObject { detail, ..error.clone() }
    };
    ApiError::Invalid(errors.iter().map(named).collect())
}
