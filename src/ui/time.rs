//! A moment, in the reader's time zone.

use js_sys::{Array, Date, Function, Intl::DateTimeFormat};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// How moments are written. Making it costs the browser a hundred times what writing one does: a context of the
/// application.
#[derive(Clone, Copy)]
pub struct TimeFormat(StoredValue<Function, LocalStorage>);

impl Default for TimeFormat {
    /// Unambiguous in every locale: the month by name, and no seconds. A short month is a number in some of them, and so
    /// is what `dateStyle` chooses.
    fn default() -> Self {
        const PARTS: [(&str, &str); 5] =
            [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("hour", "numeric"), ("minute", "2-digit")];
        let options = js_sys::Object::new();
        for (key, value) in PARTS {
            // Setting a plain property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
        }
        Self(StoredValue::new_local(DateTimeFormat::new(&Array::new(), &options).format()))
    }
}

impl TimeFormat {
    fn write(self, date: &Date) -> Option<String> {
        self.0.with_value(|write| write.call1(&JsValue::UNDEFINED, date).ok()?.as_string())
    }
}

/// A moment as the reader's browser writes it, with the exact UTC in the title.
///
/// `iso` is ISO 8601. What is no date is shown unchanged.
#[component]
pub fn Time(
    /// The moment.
    iso: String,
) -> impl IntoView {
    let date = Date::new(&iso.as_str().into());
    if date.get_time().is_nan() {
        return view! { <span>{iso}</span> }.into_any();
    }
    let utc = String::from(date.to_iso_string());
    let local = use_context::<TimeFormat>().unwrap_or_default().write(&date);
    view! { <time datetime=utc.clone() title=utc>{local}</time> }.into_any()
}
