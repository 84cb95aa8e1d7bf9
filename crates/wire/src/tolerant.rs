//! How tolerantly a member is read: the functions that `#[serde(deserialize_with = "…")]` names, all of them here.
//!
//! | the API says | also read |
//! |---|---|
//! | text | a whole number |
//! | boolean | `0` and `1`; `"true"`, `"false"`, `"0"` and `"1"` in any case |
//! | count | `"7"`, `3.0` |
//! | any of them, optional | `null`, which is the same as missing |
//! | object of texts | an empty array; members that are no text |
//!
//! A number with a fraction is never text: nobody can tell 1.10 from 1.1 in it.

use std::{collections::HashSet, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;

/// The part of `invalid type: …, expected …` that says what a member should be.
mod expected {
    pub(super) const TEXT: &str = "text";
    pub(super) const BOOLEAN: &str = "true or false";
    pub(super) const COUNT: &str = "a count";
    pub(super) const OBJECT: &str = "an object";
}

/// Text that must be there.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Scalar::deserialize(deserializer)?.required(Scalar::text, expected::TEXT)
}

/// Text, or `None` for `null`.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Scalar::deserialize(deserializer)?.optional(Scalar::text, expected::TEXT)
}

/// Text, or empty for `null`.
pub(crate) fn text_or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_text(deserializer).map(Option::unwrap_or_default)
}

/// Text or `null`, where it matters whether the member was there at all: `None` is missing, `Some(None)` is `null`.
pub(crate) fn present_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    optional_text(deserializer).map(Some)
}

/// Text, or `None` for anything else.
pub(crate) fn text_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Scalar::deserialize(deserializer).map(|scalar| scalar.text())
}

/// A boolean, or `None` for `null`.
pub(crate) fn optional_boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Scalar::deserialize(deserializer)?.optional(Scalar::boolean, expected::BOOLEAN)
}

/// A boolean, or `false` for `null`.
pub(crate) fn boolean_or_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    optional_boolean(deserializer).map(|it| it.unwrap_or(false))
}

/// A boolean, or `true` for `null`.
pub(crate) fn boolean_or_true<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    optional_boolean(deserializer).map(|it| it.unwrap_or(true))
}

/// A count that must be there.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Scalar::deserialize(deserializer)?.required(Scalar::count, expected::COUNT)
}

/// A count, or `None` for `null`.
pub(crate) fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Scalar::deserialize(deserializer)?.optional(Scalar::count, expected::COUNT)
}

/// A count, or `None` for anything else.
pub(crate) fn count_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Scalar::deserialize(deserializer).map(|scalar| scalar.count())
}

/// A structure that is written as an object. A derived reader alone takes an array of its members as well, and an empty
/// array for a structure whose members are all optional.
#[derive(Deserialize)]
#[serde(transparent, bound(deserialize = "T: Deserialize<'de>"))]
pub(crate) struct Object<T>(#[serde(deserialize_with = "object")] pub(crate) T);

/// As [`Object`], for a member.
pub(crate) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// An object, or `None` for anything else. Works where serde_json reads from a text.
pub(crate) fn object_or_none<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let json = <&RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(json.get()).ok().map(|Object(object)| object))
}

/// A list of objects, or `None` for `null`.
pub(crate) fn optional_objects<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let objects: Option<Vec<Object<T>>> = Option::deserialize(deserializer)?;
    Ok(objects.map(|objects| objects.into_iter().map(|Object(object)| object).collect()))
}

/// A list of objects, or an empty one for `null`.
pub(crate) fn objects_or_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    optional_objects(deserializer).map(Option::unwrap_or_default)
}

/// The members of an object in their order, each value as text; a name that is there twice is refused. What has no short text is named by its kind, so that
/// the others can be read. `null` and an empty array, which some languages write for an empty map, are an empty object.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, String)>, D::Error> {
    let members: Vec<(String, Scalar)> = deserializer.deserialize_any(MembersVisitor(PhantomData))?;
    let mut names = HashSet::new();
    if let Some((name, _)) = members.iter().find(|(name, _)| !names.insert(name)) {
        // As derived readers put it.
        return Err(Error::custom(["duplicate field `", name, "`"].concat()));
    }
    Ok(members.into_iter().map(|(name, value)| (name, value.shown())).collect())
}

/// A value as text, whatever it is; empty for `null`. What has no short text is named by its kind.
pub(crate) fn any_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Scalar::deserialize(deserializer).map(Scalar::shown)
}

/// As [`text`], for a whole body.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Text(#[serde(deserialize_with = "text")] pub(crate) String);

/// The members of an object in their order, also those with the same name.
pub(crate) struct Members<T>(pub(crate) Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData)).map(Self)
    }
}

/// What a member may hold, before it is known what it should be.
enum Scalar {
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
    fn required<T, E: Error>(self, read: fn(&Self) -> Option<T>, expected: &str) -> Result<T, E> {
        read(&self).ok_or_else(|| self.is_not(expected))
    }

    fn optional<T, E: Error>(self, read: fn(&Self) -> Option<T>, expected: &str) -> Result<Option<T>, E> {
        match self {
            Self::Null => Ok(None),
            scalar => scalar.required(read, expected).map(Some),
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Negative(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn boolean(&self) -> Option<bool> {
        let is = |text: &str, word: &str, digit: &str| text.eq_ignore_ascii_case(word) || text == digit;
        match self {
            Self::Boolean(boolean) => Some(*boolean),
            Self::Whole(number @ (0 | 1)) => Some(*number == 1),
            Self::Text(text) if is(text, "true", "1") => Some(true),
            Self::Text(text) if is(text, "false", "0") => Some(false),
            _ => None,
        }
    }

    fn count(&self) -> Option<u64> {
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

    fn shown(self) -> String {
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

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(expected::OBJECT)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object))
    }
}

struct MembersVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MembersVisitor<T> {
    type Value = Vec<(String, T)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(expected::OBJECT)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        match list.next_element::<IgnoredAny>()? {
            None => Ok(Vec::new()),
            Some(_) => Err(Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}
