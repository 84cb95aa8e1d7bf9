//! Any JSON, for the places where a server may send anything.
//!
//! A small sibling of `serde_json::Value`, which brings a map and the printing of floats into the console's download, and
//! the one way in which answers are read: derived readers weigh three times as much and tell nothing that is shown.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};

/// Any JSON. Whole numbers are texts, since servers differ in how they spell them.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AnyJson {
    /// `null`, which means the same as a member that is not there.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number with a fraction, which only the progress of an upload has.
    Fraction(f64),
    /// A text or a whole number.
    Text(String),
    /// An array.
    List(Vec<AnyJson>),
    /// An object, in the order of the body; the last of equal names counts.
    Object(Vec<(String, AnyJson)>),
}

impl AnyJson {
    /// The member of that name, of an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, or the whole number as text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The count that the text or the number says.
    pub fn count(&self) -> Option<u64> {
        self.text()?.parse().ok()
    }

    /// A member that is a text, or not there; `None` if it is anything else.
    pub fn optional_text(&self, name: &str) -> Option<Option<String>> {
        match self.get(name) {
            None | Some(Self::Null) => Some(None),
            Some(Self::Text(text)) => Some(Some(text.clone())),
            _ => None,
        }
    }

    /// A member that is a count, also spelled as text, or not there; `None` if it is anything else.
    pub fn optional_count(&self, name: &str) -> Option<Option<u64>> {
        match self.get(name) {
            None | Some(Self::Null) => Some(None),
            Some(value) => value.count().map(Some),
        }
    }

    /// A member that is a boolean, or not there; `None` if it is anything else.
    pub fn optional_bool(&self, name: &str) -> Option<Option<bool>> {
        match self.get(name) {
            None | Some(Self::Null) => Some(None),
            Some(Self::Bool(value)) => Some(Some(*value)),
            _ => None,
        }
    }

    /// The items of an array; none of anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }
}

/// What can be read out of any JSON.
pub trait FromJson: Sized {
    /// The thing that `json` says; `None` if it says no such thing.
    fn from_json(json: &AnyJson) -> Option<Self>;
}

impl<T: FromJson> FromJson for Vec<T> {
    /// An array of which every item is such a thing.
    fn from_json(json: &AnyJson) -> Option<Self> {
        match json {
            AnyJson::List(items) => items.iter().map(T::from_json).collect(),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for AnyJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = AnyJson;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<AnyJson, E> {
        Ok(AnyJson::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<AnyJson, E> {
        Ok(AnyJson::Bool(value))
    }

    fn visit_f64<E>(self, number: f64) -> Result<AnyJson, E> {
        Ok(AnyJson::Fraction(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<AnyJson, E> {
        Ok(AnyJson::Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<AnyJson, E> {
        Ok(AnyJson::Text(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<AnyJson, E> {
        Ok(AnyJson::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AnyJson, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(AnyJson::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<AnyJson, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(AnyJson::Object(members))
    }
}
