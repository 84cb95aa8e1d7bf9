//! A moment, in the reader's time zone.

use js_sys::Date;
use leptos::prelude::*;

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
    view! { <time datetime=utc.clone() title=utc>{local(&date)}</time> }.into_any()
}

/// Unambiguous in every locale: the month by name, and no seconds. A short month is a number in some of them, and so is
/// what `dateStyle` chooses.
fn local(date: &Date) -> String {
    const PARTS: [(&str, &str); 5] =
        [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("hour", "numeric"), ("minute", "2-digit")];
    let options = js_sys::Object::new();
    for (key, value) in PARTS {
        // Setting a plain property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    date.to_locale_string("default", &options).into()
}
