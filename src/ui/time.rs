//! A moment, in the reader's time zone.

use js_sys::Date;

use super::{El, el};

/// A moment as the reader's browser writes it, with the exact UTC in the title.
///
/// `iso` is ISO 8601. What is no date is shown as it came.
pub fn time(iso: &str) -> El {
    let date = Date::new(&iso.into());
    if date.get_time().is_nan() {
        return el("span").child(iso);
    }
    let utc = String::from(date.to_iso_string());
    el("time").attr("datetime", &utc).attr("title", &utc).child(local(&date))
}

/// Short and unambiguous in every locale: a month by name, and no seconds.
fn local(date: &Date) -> String {
    let options = js_sys::Object::new();
    for (key, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Setting a plain property of a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&options, &key.into(), &value.into());
    }
    date.to_locale_string("default", &options).into()
}
