//! The hands of a user: only what is on screen, in reach and enabled can be used.

use js_sys::{Array, Function, Object, Reflect, global};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

use super::{
    finding::{by_role_name, focused, is_disabled, name, open_dialog},
    waiting::tick,
};

/// Clicks.
pub async fn click(element: &Element) {
    let element = reachable(element);
    // A click takes the focus along, and does not scroll.
    element.focus().unwrap();
    element.click();
    tick().await;
}

/// Clicks the button of that name.
pub async fn click_button(name: &str) {
    click(&by_role_name("button", name).await).await;
}

/// Clicks the link of that name.
pub async fn click_link(name: &str) {
    click(&by_role_name("link", name).await).await;
}

/// Types in place of what is in the field, key by key.
pub async fn type_into(field: &Element, text: &str) {
    let field = reachable(field);
    field.focus().unwrap();
    let mut typed = String::new();
    set(&field, "value", "");
    for character in text.chars() {
        typed.push(character);
        set(&field, "value", &typed);
        fire(&field, "input");
    }
    if text.is_empty() {
        fire(&field, "input");
    }
    tick().await;
}

/// Chooses from a list.
pub async fn choose(list: &Element, option: &str) {
    let list = reachable(list);
    list.focus().unwrap();
    set(&list, "value", option);
    fire(&list, "input");
    fire(&list, "change");
    tick().await;
}

/// Presses a key where the focus is, with what the browser itself does then: Enter sends a form, Escape closes a
/// dialog.
pub async fn press(key: &str) {
    let target: HtmlElement = focused().or_else(|| document().body().map(Into::into)).unwrap().unchecked_into();
    let options = Object::new();
    for (option, value) in [("key", key.into()), ("bubbles", true.into()), ("cancelable", true.into())] {
        Reflect::set(&options, &option.into(), &value).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &"KeyboardEvent".into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&"keydown".into(), &options)).unwrap();
    if target.dispatch_event(event.unchecked_ref()).unwrap() {
        match key {
            "Enter" => send_form_of(&target),
            "Escape" => close_dialog(),
            _ => {}
        }
    }
    tick().await;
}

/// The browser's Back.
pub async fn go_back() {
    window().history().unwrap().back().unwrap();
    tick().await;
}

/// Closes or reloads the tab up to the browser's own question; whether it would be asked.
pub fn ask_to_close_the_tab() -> bool {
    let event = document().create_event("BeforeUnloadEvent").unwrap();
    event.init_event_with_bubbles_and_cancelable("beforeunload", false, true);
    window().dispatch_event(&event).unwrap();
    event.default_prevented()
}

/// What the browser does on Enter in a text field: it leaves word of the change, and presses the form's button.
fn send_form_of(field: &Element) {
    if field.tag_name() != "INPUT" {
        return;
    }
    fire(field, "change");
    let form = field.closest("form").unwrap().unwrap();
    match form.query_selector("button[type=submit]").unwrap() {
        Some(button) if is_disabled(&button) => {}
        Some(button) => button.unchecked_into::<HtmlElement>().click(),
        None => fire(&form, "submit"),
    }
}

fn close_dialog() {
    if let Some(dialog) = open_dialog() {
        let dialog: HtmlDialogElement = dialog.unchecked_into();
        let event = Event::new("cancel").unwrap();
        if dialog.dispatch_event(&event).unwrap() {
            dialog.close();
        }
    }
}

/// The element, which must be there to be used.
pub fn reachable(element: &Element) -> HtmlElement {
    let who = name(element);
    assert!(element.is_connected(), "“{who}” is not on the page any more");
    assert!(!is_disabled(element), "“{who}” is disabled");
    if let Some(dialog) = open_dialog() {
        assert!(dialog.contains(Some(element)), "“{who}” is behind the dialog “{}”", name(&dialog));
    }
    element.clone().unchecked_into()
}

fn set(element: &Element, property: &str, value: &str) {
    Reflect::set(element, &property.into(), &value.into()).unwrap();
}

fn fire(element: &Element, event: &str) {
    let options = Object::new();
    for option in ["bubbles", "cancelable"] {
        Reflect::set(&options, &option.into(), &true.into()).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &"Event".into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&event.into(), &options)).unwrap();
    element.dispatch_event(event.unchecked_ref()).unwrap();
}
