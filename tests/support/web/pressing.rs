//! Presses that take their time, typing that the browser itself knows of, and the focus.

use js_sys::{Array, Function, Object, Reflect, global};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    acting::reachable,
    finding::{focused, is_disabled, name},
    waiting::tick,
};

/// Presses the mouse's button on a thing, lets `meanwhile` happen, and lets go.
///
/// As in a browser it is a click only if the thing that is let go of is the thing that was pressed: one that was made
/// anew in between is another one, and a user presses in vain.
pub async fn press_slowly(element: &Element, meanwhile: impl AsyncFnOnce()) {
    let pressed = reachable(element);
    point(&pressed, "PointerEvent", "pointerdown");
    if point(&pressed, "MouseEvent", "mousedown") {
        pressed.focus().unwrap();
    }
    meanwhile().await;
    tick().await;
    if !pressed.is_connected() || is_disabled(&pressed) {
        return;
    }
    point(&pressed, "PointerEvent", "pointerup");
    point(&pressed, "MouseEvent", "mouseup");
    pressed.click();
    tick().await;
}

/// Puts the keyboard's focus on a thing, as Tab does.
pub async fn focus_on(element: &Element) {
    reachable(element).focus().unwrap();
    assert_eq!(focused().as_ref(), Some(element), "“{}” cannot have the focus", name(element));
    tick().await;
}

/// Presses a key with Shift where the focus is. The browser itself does nothing then.
pub async fn press_with_shift(key: &str) {
    let options = Object::new();
    for (option, value) in [("key", key.into()), ("shiftKey", true.into()), ("bubbles", true.into())] {
        Reflect::set(&options, &option.into(), &value).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &"KeyboardEvent".into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&"keydown".into(), &options)).unwrap();
    focused().unwrap().dispatch_event(event.unchecked_ref()).unwrap();
    tick().await;
}

/// Types behind what is in the field, by the browser's own hand: unlike [`super::type_into`] it then knows that the
/// user has changed the field, and says so when the field loses the focus or goes away.
pub async fn type_behind(field: &Element, text: &str) {
    let field = reachable(field);
    field.focus().unwrap();
    let document = document();
    let insert: Function = Reflect::get(&document, &"execCommand".into()).unwrap().unchecked_into();
    let select: Function = Reflect::get(&field, &"setSelectionRange".into()).unwrap().unchecked_into();
    let end = Reflect::get(&field, &"value".into()).unwrap().as_string().unwrap_or_default().chars().count();
    select.call2(&field, &(end as f64).into(), &(end as f64).into()).unwrap();
    for character in text.chars() {
        let typed = insert.call3(&document, &"insertText".into(), &false.into(), &character.to_string().into());
        assert!(typed.unwrap().is_truthy(), "the browser does not type");
    }
}

/// The browser's Forward.
pub async fn go_forward() {
    window().history().unwrap().forward().unwrap();
    tick().await;
}

/// Whether the browser would go on with what it does itself.
fn point(element: &HtmlElement, kind: &str, event: &str) -> bool {
    let options = Object::new();
    for option in ["bubbles", "cancelable", "composed"] {
        Reflect::set(&options, &option.into(), &true.into()).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &kind.into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&event.into(), &options)).unwrap();
    element.dispatch_event(event.unchecked_ref()).unwrap()
}
