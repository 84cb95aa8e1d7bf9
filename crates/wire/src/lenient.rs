//! Scalars as they are spelled in the wild: a number where text is documented, `null` where a value is.

use serde::{Deserialize, Deserializer, de::Error};

use crate::AnyJson;

/// Text, or a whole number as text. `null` and everything else is an error.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_text(deserializer)?.ok_or_else(|| D::Error::custom("text expected"))
}

/// Text, a whole number as text, or `null`. Booleans and numbers with a fraction count as `null`: there is no telling
/// 1.10 from 1.1 any more.
pub fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match AnyJson::deserialize(deserializer)? {
        AnyJson::Other => Ok(None),
        AnyJson::Text(text) => Ok(Some(text)),
        AnyJson::List(_) | AnyJson::Object(_) => Err(D::Error::custom("text expected")),
    }
}

/// Text or `null`, where it matters whether the member was there at all: `None` is missing, `Some(None)` is `null`.
pub fn present_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    optional_text(deserializer).map(Some)
}

/// A boolean; `null` is false.
pub fn null_is_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.unwrap_or(false))
}

/// A boolean; `null` is true.
pub fn null_is_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.unwrap_or(true))
}

/// A count, also spelled as text; `null` is none.
pub fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match optional_text(deserializer)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| D::Error::custom("a count expected")),
    }
}
