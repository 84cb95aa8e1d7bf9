//! JSON, and where in it an object has a member twice. `serde_json` keeps the last of them and does not tell, and another
//! reader of the same text may keep the first.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// The most places that are told.
const MOST: usize = 50;

/// A value, with each member as it is there first.
#[derive(Debug)]
pub(super) struct Once {
    pub(super) value: Value,
    /// JSON pointers to the members that are there again.
    pub(super) twins: Vec<String>,
}

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut pointer, mut twins) = (String::new(), Vec::new());
        let value = Place { pointer: &mut pointer, twins: &mut twins }.deserialize(deserializer)?;
        Ok(Self { value, twins })
    }
}

/// A value to be read, and where it is.
struct Place<'a> {
    pointer: &'a mut String,
    twins: &'a mut Vec<String>,
}

impl Place<'_> {
    /// Reads what is one step further.
    fn below<T>(&mut self, step: fmt::Arguments<'_>, read: impl FnOnce(Place<'_>) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.to_string().replace('~', "~0").replace('/', "~1"));
        let value = read(Place { pointer: self.pointer, twins: self.twins });
        self.pointer.truncate(length);
        value
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.below(format_args!("{}", items.len()), |place| list.next_element_seed(place))? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let is_twin = members.contains_key(&name);
            let value = self.below(format_args!("{name}"), |place| {
                if is_twin && place.twins.len() < MOST {
                    place.twins.push(place.pointer.clone());
                }
                object.next_value_seed(place)
            })?;
            if !is_twin {
                members.insert(name, value);
            }
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_value_is_what_it_is_without_twins() {
        for text in [
            "null",
            "true",
            "-7",
            "18446744073709551615",
            "1.5",
            r#""a\n\u00e9""#,
            "[]",
            "{}",
            r#"{"a":[{"b":null},[1,"2",false]],"a/b":{"a":{}}}"#,
        ] {
            let once: Once = serde_json::from_str(text).unwrap();
            assert_eq!((once.value, once.twins), (serde_json::from_str(text).unwrap(), Vec::new()), "{text}");
        }
        for text in ["", "{", "[1,]", r#"{"a":1,}"#, "{}x", r#"{"a" 1}"#] {
            assert!(serde_json::from_str::<Once>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn twins_are_told_by_their_place_and_are_bounded() {
        let text = r#"{"a":1,"b":[{},{"c/d~e":1,"c/d~e":2}],"a":2,"a":3,"\u0061":4}"#;
        let once: Once = serde_json::from_str(text).unwrap();
        assert_eq!(once.twins, ["/b/1/c~1d~0e", "/a", "/a", "/a"]);
        assert_eq!(once.value.get("a"), Some(&Value::from(1)));
        let many: Once = serde_json::from_str(&format!("{{{}}}", vec![r#""a":1"#; 1000].join(","))).unwrap();
        assert_eq!(many.twins.len(), MOST);
    }
}
