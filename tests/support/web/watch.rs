//! Watching what a user does not see: errors in the browser's log, failures that nobody caught, and the clipboard.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Object, Promise, Reflect, global};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::Event;

/// Watches from [`Watch::start`] to [`Watch::stop`].
pub struct Watch {
    errors: Rc<RefCell<Vec<String>>>,
    copied: Rc<RefCell<Vec<String>>>,
    log: Function,
    on_log: Closure<dyn Fn(JsValue, JsValue)>,
    on_event: Closure<dyn Fn(Event)>,
    on_copy: Closure<dyn Fn(String) -> Promise>,
}

const NOT_CAUGHT: &str = "not caught: ";

const UNCAUGHT: [&str; 2] = ["error", "unhandledrejection"];

impl Watch {
    /// Stands in for `console.error` and for the clipboard, which a headless browser does not have.
    pub fn start() -> Self {
        let errors = Rc::new(RefCell::new(Vec::new()));
        let copied = Rc::new(RefCell::new(Vec::new()));
        let log: Function = get(&console(), "error").unchecked_into();

        let (seen, original) = (Rc::clone(&errors), log.clone());
        let on_log = Closure::<dyn Fn(JsValue, JsValue)>::new(move |first: JsValue, second: JsValue| {
            seen.borrow_mut().push(words(&first));
            let _ = original.call2(&console(), &first, &second);
        });
        Reflect::set(&console(), &"error".into(), on_log.as_ref()).unwrap();

        let seen = Rc::clone(&errors);
        let on_event = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let what = [get(&event, "message"), get(&event, "reason")].iter().map(words).collect::<Vec<_>>().join(" ");
            seen.borrow_mut().push([NOT_CAUGHT, &what].concat());
        });
        for name in UNCAUGHT {
            window().add_event_listener_with_callback(name, on_event.as_ref().unchecked_ref()).unwrap();
        }

        let clipboard = Rc::clone(&copied);
        let on_copy = Closure::<dyn Fn(String) -> Promise>::new(move |text| {
            clipboard.borrow_mut().push(text);
            Promise::resolve(&JsValue::UNDEFINED)
        });
        let watch = Self { errors, copied, log, on_log, on_event, on_copy };
        watch.set_clipboard(&watch.clipboard());
        watch
    }

    /// What was copied.
    pub fn copied(&self) -> Vec<String> {
        self.copied.borrow().clone()
    }

    /// As on a page without TLS: there is no clipboard.
    pub fn take_clipboard_away(&self) {
        self.set_clipboard(&JsValue::UNDEFINED);
    }

    /// How many failures nobody caught.
    pub fn uncaught(&self) -> usize {
        self.errors.borrow().iter().filter(|error| error.starts_with(NOT_CAUGHT)).count()
    }

    /// Hands everything back, and tells the errors.
    pub fn stop(self) -> Vec<String> {
        Reflect::set(&console(), &"error".into(), &self.log).unwrap();
        for name in UNCAUGHT {
            window().remove_event_listener_with_callback(name, self.on_event.as_ref().unchecked_ref()).unwrap();
        }
        self.take_clipboard_away();
        // The browser may still call them, late.
        let Self { errors, on_log, on_event, on_copy, .. } = self;
        on_log.forget();
        on_event.forget();
        on_copy.forget();
        errors.take()
    }

    fn clipboard(&self) -> JsValue {
        let clipboard = Object::new();
        Reflect::set(&clipboard, &"writeText".into(), self.on_copy.as_ref()).unwrap();
        clipboard.into()
    }

    fn set_clipboard(&self, clipboard: &JsValue) {
        let property = Object::new();
        Reflect::set(&property, &"value".into(), clipboard).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Reflect::define_property(&window().navigator(), &"clipboard".into(), &property).unwrap();
    }
}

fn console() -> JsValue {
    get(&global(), "console")
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

fn words(value: &JsValue) -> String {
    if value.is_undefined() {
        return String::new();
    }
    value.as_string().unwrap_or_else(|| format!("{value:?}"))
}
