//! A value of any type, before it is known which one is expected.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor},
};

/// The value; lists and objects without their contents.
pub(super) enum Scalar {
    Null,
    Boolean(bool),
    Whole(u64),
    Negative(i64),
    Fraction(f64),
    Text(String),
    List,
    Object,
}

impl Scalar {
    pub(super) fn required<T, E: Error>(self, read: fn(&Self) -> Option<T>, expected: &str) -> Result<T, E> {
        read(&self).ok_or_else(|| self.is_not(expected))
    }

    pub(super) fn optional<T, E: Error>(self, read: fn(&Self) -> Option<T>, expected: &str) -> Result<Option<T>, E> {
        match self {
            Self::Null => Ok(None),
            scalar => scalar.required(read, expected).map(Some),
        }
    }

    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Negative(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        let is = |text: &str, word: &str, digit: &str| text.eq_ignore_ascii_case(word) || text == digit;
        match self {
            Self::Boolean(boolean) => Some(*boolean),
            Self::Whole(number @ (0 | 1)) => Some(*number == 1),
            Self::Text(text) if is(text, "true", "1") => Some(true),
            Self::Text(text) if is(text, "false", "0") => Some(false),
            _ => None,
        }
    }

    pub(super) fn count(&self) -> Option<u64> {
        match self {
            Self::Whole(number) => Some(*number),
            // Up to here every whole number has a float of its own.
            Self::Fraction(number) if number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(number) => {
                Some(*number as u64)
            }
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(super) fn shown(self) -> String {
        let text = match &self {
            Self::Null => "",
            Self::Boolean(true) => "true",
            Self::Boolean(false) => "false",
            Self::Fraction(_) => "(a number)",
            Self::List => "(a list)",
            Self::Object => "(an object)",
            Self::Text(_) | Self::Whole(_) | Self::Negative(_) => return self.text().unwrap_or_default(),
        };
        text.to_owned()
    }

    fn is_not<E: Error>(&self, expected: &str) -> E {
        let found = match self {
            Self::Null => Unexpected::Unit,
            Self::Boolean(boolean) => Unexpected::Bool(*boolean),
            Self::Whole(number) => Unexpected::Unsigned(*number),
            Self::Negative(number) => Unexpected::Signed(*number),
            Self::Fraction(number) => Unexpected::Float(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::List => Unexpected::Seq,
            Self::Object => Unexpected::Map,
        };
        E::invalid_type(found, &expected)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(boolean))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar::Negative(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Fraction(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Scalar, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Object)
    }
}
