//! Saving a text as a file.

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Blob, HtmlAnchorElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn create_object_url(blob: &Blob) -> String;

    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn revoke_object_url(url: &str);
}

/// Gives the browser a text to save under this name.
pub fn download(name: &str, text: &str) {
    let blob = Blob::new_with_str_sequence(&Array::of1(&JsValue::from_str(text)));
    let link = document().create_element("a").map(JsCast::unchecked_into::<HtmlAnchorElement>);
    // Neither fails in a page that is there.
    let (Ok(blob), Ok(link)) = (blob, link) else { return };
    let url = create_object_url(&blob);
    link.set_href(&url);
    link.set_download(name);
    link.click();
    revoke_object_url(&url);
}
