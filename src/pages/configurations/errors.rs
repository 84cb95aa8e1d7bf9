//! What the legacy API's refusals mean: it answers 404 for everything that a token may not see.

use crate::{api::ApiError, domain::text::visible, paths::Configuration};

/// What happened, why, and what to do next.
pub fn message(error: &ApiError, configuration: &Configuration) -> String {
    if *error == ApiError::NotFound {
        return format!(
            "The installation knows no configuration {}, or the token may not use it.",
            visible(&configuration.title())
        );
    }
    visible(&error.message())
}
