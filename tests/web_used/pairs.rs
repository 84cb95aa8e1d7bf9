//! The rows of variables: an error goes when its cause is gone, wherever that was.

use super::*;

/// Two variables of the same name, both told to be so.
async fn two_equal() -> (Page, Vec<Element>) {
    let page = open(&Installation::with([]), NEW_UPLOAD);
    click_button("Add variable").await;
    click_button("Add variable").await;
    let keys = all("textbox", "Key");
    for key in &keys {
        type_into(key, "region").await;
    }
    click_button("Create and upload").await;
    for key in &keys {
        let problem = "This name is there more than once.";
        wait_for(problem, || description(key).contains(problem).then_some(())).await;
    }
    (page, keys)
}

#[wasm_bindgen_test]
async fn renaming_one_of_two_equal_keys_rights_the_other_as_well() {
    for (renamed, other) in [(0, 1), (1, 0)] {
        let (_page, keys) = two_equal().await;
        let (renamed, other) = (keys.get(renamed).unwrap(), keys.get(other).unwrap());
        type_into(renamed, "zone").await;
        settle().await;
        assert!(!renamed.has_attribute("aria-invalid"));
        assert!(!other.has_attribute("aria-invalid"), "“{}” is there once by now", value(other));
        assert!(!sees("more than once"));
    }
}

#[wasm_bindgen_test]
async fn removing_one_of_two_equal_keys_rights_the_other_as_well() {
    let (_page, keys) = two_equal().await;
    click(all("button", "Remove region").first().unwrap()).await;
    settle().await;
    let other = keys.get(1).unwrap();
    assert!(other.is_connected() && !other.has_attribute("aria-invalid"));
    assert!(!sees("more than once"));
}
