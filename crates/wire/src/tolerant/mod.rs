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

mod scalar;

use std::{collections::HashSet, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;

use scalar::Scalar;

/// The end of `invalid type: …, expected …`. None has a comma.
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
