//! The `:username/:name` of a path: which configuration a request is about (facts.md 3.2).

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::embedded::{
    Embedded,
    legacy_error::{LegacyError, Problems},
};

const LONGEST: usize = 50;

/// A configuration, as a path names it. No configuration has a name that breaks the rules; a create tells which.
#[derive(Clone, Debug)]
pub(super) struct Configuration {
    pub(super) username: String,
    pub(super) name: String,
}

impl FromRequestParts<Embedded> for Configuration {
    type Rejection = LegacyError;

    async fn from_request_parts(parts: &mut Parts, state: &Embedded) -> Result<Self, LegacyError> {
        let segments = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(mut segments) = segments.map_err(|_| LegacyError::NotFound)?;
        let mut segment = |name| segments.remove(name).ok_or(LegacyError::NotFound);
        Ok(Self { username: segment("username")?, name: segment("name")? })
    }
}

impl Configuration {
    /// What is wrong with the names.
    pub(super) fn check(&self, problems: &mut Problems) {
        for (field, text) in [("username", &self.username), ("name", &self.name)] {
            problems_of(text).into_iter().for_each(|wrong| problems.add(field, wrong));
        }
    }
}

/// The documents state the rule for a name; a username follows it here too.
fn problems_of(text: &str) -> Vec<String> {
    let known = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let characters = (!text.chars().all(known)).then(|| "may only contain letters, digits, -, _ and .".to_owned());
    let dots = text.chars().all(|letter| letter == '.').then(|| "can't be of dots alone".to_owned());
    let length = (text.chars().count() > LONGEST).then(|| format!("is too long (maximum is {LONGEST} characters)"));
    [characters, dots, length].into_iter().flatten().collect()
}
