//! What needs Unicode's tables. Browsers have them, and this program would be a tenth larger with its own.

use std::borrow::Cow;

/// Unicode's composed form (NFC), in which go-slug compares rules and names: macOS names files in the decomposed form.
pub fn nfc(text: &str) -> Cow<'_, str> {
    // Most names, and quicker than asking.
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(tables::nfc(text)) }
}

/// Lower case, as disks compare names that do not tell upper from lower case.
pub fn lower_case(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { tables::lower_case(text) }
}

#[cfg(target_arch = "wasm32")]
mod tables {
    use js_sys::JsString;

    pub fn nfc(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    pub fn lower_case(text: &str) -> String {
        JsString::from(text).to_lower_case().into()
    }
}

/// For tests.
#[cfg(not(target_arch = "wasm32"))]
mod tables {
    pub fn nfc(text: &str) -> String {
        icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
    }

    pub fn lower_case(text: &str) -> String {
        text.to_lowercase()
    }
}
