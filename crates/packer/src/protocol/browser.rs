//! Messages as objects of JavaScript.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::members::{Members, Value};

/// The largest number that JavaScript has without gaps before it.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// The object that is posted.
pub fn write<H: JsCast>(members: Members<H>) -> JsValue {
    let object = Object::new();
    for (name, value) in members.0 {
        // Setting a member of a new object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(&name), &write_value(value));
    }
    object.into()
}

fn write_value<H: JsCast>(value: Value<H>) -> JsValue {
    match value {
        Value::Text(text) => JsValue::from_str(&text),
        Value::Number(number) => JsValue::from_f64(number as f64),
        Value::Handle(handle) => handle.into(),
        Value::List(values) => values.into_iter().map(write_value).collect::<Array>().into(),
    }
}

/// The members of an object that was posted; none if one of them cannot be in a message.
pub fn read<H: JsCast>(object: &JsValue) -> Option<Members<H>> {
    let entries = Object::entries(object.dyn_ref()?);
    let entries = entries.iter().map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, read_value(entry.get(1))?))
    });
    Some(Members(entries.collect::<Option<_>>()?))
}

fn read_value<H: JsCast>(value: JsValue) -> Option<Value<H>> {
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text));
    }
    if let Some(number) = value.as_f64() {
        let is_whole = (0.0..=LARGEST).contains(&number) && number.fract() == 0.0;
        return is_whole.then_some(Value::Number(number as u64));
    }
    match value.dyn_into::<Array>() {
        Ok(values) => Some(Value::List(values.iter().map(read_value).collect::<Option<_>>()?)),
        Err(other) => other.dyn_into().ok().map(Value::Handle),
    }
}
