//! The rows of variables and metadata: pasting, what is refused, and leaving with something typed.

use js_sys::{Array, Function, Object, Reflect, global};
use wasm_bindgen::JsCast;
use web_sys::DataTransfer;

use super::*;

/// The fields of a group with that label, from top to bottom.
pub async fn fields(group: &str, label: &str) -> Vec<Element> {
    // A fieldset around several groups begins with the legend of the first.
    let group = wait_for(group, || all("group", group).pop()).await;
    all("textbox", label).into_iter().filter(|field| group.contains(Some(field))).collect()
}

pub async fn field(group: &str, label: &str, at: usize) -> Element {
    fields(group, label).await.into_iter().nth(at).unwrap()
}

/// The rows of a group.
async fn pairs(group: &str) -> Vec<(String, String)> {
    let (keys, values) = (fields(group, "Key").await, fields(group, "Value").await);
    assert_eq!(keys.len(), values.len());
    keys.iter().map(value).zip(values.iter().map(value)).collect()
}

async fn are(group: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    assert_eq!(pairs(group).await, expected, "{group}");
}

/// Pastes; whether the text is left to the browser, which a test's paste does not make do it.
async fn paste(field: &Element, text: &str) -> bool {
    let clipboard = DataTransfer::new().unwrap();
    clipboard.set_data("text/plain", text).unwrap();
    let options = Object::new();
    for (option, value) in [("clipboardData", clipboard.into()), ("bubbles", true.into()), ("cancelable", true.into())]
    {
        Reflect::set(&options, &option.into(), &value).unwrap();
    }
    let constructor: Function = Reflect::get(&global(), &"ClipboardEvent".into()).unwrap().unchecked_into();
    let event = Reflect::construct(&constructor, &Array::of2(&"paste".into(), &options)).unwrap();
    let is_left = field.dispatch_event(event.unchecked_ref()).unwrap();
    settle().await;
    is_left
}

/// The new form with one empty variable, and its key.
async fn empty_variable() -> (Page, Element) {
    let page = open(&Installation::with([]), NEW);
    click_button("Add variable").await;
    let key = field("Variables", "Key", 0).await;
    has_the_focus(&key).await;
    (page, key)
}

#[wasm_bindgen_test]
async fn pasted_lines_fill_rows() {
    let (_page, key) = empty_variable().await;
    assert!(!paste(&key, "# of the build\nami_id=ami-123456\r\nexport TARGET='us east'\n\nempty=\n").await);
    are("Variables", &[("ami_id", "ami-123456"), ("TARGET", "us east"), ("empty", "")]).await;
    has_the_focus(&field("Variables", "Value", 2).await).await;
    are("Metadata", &[]).await;
}

#[wasm_bindgen_test]
async fn a_key_over_several_lines_is_one_value_and_a_comment_is_told() {
    let (_page, key) = empty_variable().await;
    let block = "-----BEGIN MADE-UP BLOCK-----\nbWFkZSB1cA==\n-----END MADE-UP BLOCK-----";
    assert!(
        !paste(&key, &["HINT=a #b is part of it\nKEY=\"", block, "\"\ncount = 5 # so <b>many</b>\n"].concat()).await
    );
    are("Variables", &[("HINT", "a #b is part of it"), ("KEY", block), ("count", "5")]).await;
    let note = "Line 5: “# so <b>many</b>” was taken for a comment.";
    wait_for(note, || said("status").contains(&note.to_owned()).then_some(())).await;
    assert!(!paste(&field("Variables", "Key", 0).await, "A=1\nPEM='open\nB=2").await);
    wait_for("the name", || said("alert").concat().contains("line 2 begins the value of PEM").then_some(())).await;
    are("Variables", &[("HINT", "a #b is part of it"), ("KEY", block), ("count", "5")]).await;
}

#[wasm_bindgen_test]
async fn a_pasted_json_object_fills_rows() {
    let (_page, key) = empty_variable().await;
    assert!(!paste(&key, "{\"b\": \"two\\nlines\", \"a\": 1.10, \"list\": [1, 2], \"<b>\": null}").await);
    are("Variables", &[("b", "two\nlines"), ("a", "1.10"), ("list", "[1, 2]"), ("<b>", "")]).await;
}

#[wasm_bindgen_test]
async fn pasted_tfvars_fill_rows_of_the_group_they_are_pasted_into() {
    let _page = open(&Installation::with([]), NEW);
    click_button("Add metadata").await;
    let key = field("Metadata", "Key", 0).await;
    assert!(
        !paste(&key, "region = \"us-east-1\" # where\ncount = 5\nzones = [\n  \"a\",\n]\nscript = <<EOT\n#!\nEOT\n")
            .await
    );
    let zones = "[\n  \"a\",\n]";
    are("Metadata", &[("region", "us-east-1"), ("count", "5"), ("zones", zones), ("script", "#!\n")]).await;
    are("Variables", &[]).await;
}

#[wasm_bindgen_test]
async fn what_is_pasted_goes_behind_its_row_and_changes_no_other() {
    let (_page, key) = empty_variable().await;
    type_into(&key, "first").await;
    click_button("Add variable").await;
    type_into(&field("Variables", "Value", 1).await, "kept").await;
    assert!(!paste(&key, "a=1\nb=2").await);
    are("Variables", &[("first", ""), ("a", "1"), ("b", "2"), ("", "kept")]).await;
    assert!(key.is_connected(), "the rows that were there stay in the page");
}

#[wasm_bindgen_test]
async fn a_pasted_name_or_value_is_left_to_the_browser() {
    let (_page, key) = empty_variable().await;
    assert!(paste(&key, " ami_id ").await);
    assert!(paste(&field("Variables", "Value", 0).await, "a=1\nb=2").await, "a value may have lines");
    are("Variables", &[("", "")]).await;
}

#[wasm_bindgen_test]
async fn a_paste_that_is_not_understood_fills_nothing_and_names_the_line() {
    let (_page, key) = empty_variable().await;
    let too_many = "a=b\n".repeat(501);
    for (pasted, told) in [
        ("a=1\nnonsense", "Nothing was filled in: line 2 has no “=”."),
        ("{\"a\": 1,\n \"b\"}", "Nothing was filled in: line 2 is not JSON."),
        ("a = [\n1", "Nothing was filled in: line 1 has a bracket that does not close."),
        (&too_many, "Nothing was filled in: these are more than 500 rows."),
    ] {
        assert!(!paste(&key, pasted).await);
        wait_for(told, || said("alert").iter().any(|alert| alert == told).then_some(())).await;
        are("Variables", &[("", "")]).await;
    }
    assert!(!paste(&key, "a=1").await);
    are("Variables", &[("a", "1")]).await;
    assert_eq!(said("alert"), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_was_told_of_a_paste_goes_with_the_next_one() {
    let (_page, key) = empty_variable().await;
    let (problem, note) = ("Nothing was filled in: line 2 has no “=”.", "was taken for a comment");
    assert!(!paste(&key, "a=1\nnonsense").await);
    see(problem).await;
    assert!(paste(&key, "name").await, "the browser pastes it");
    gone(problem).await;
    assert!(!paste(&key, "count = 5 # so many\nb = 1").await);
    see(note).await;
    let key = field("Variables", "Key", 0).await;
    assert!(!paste(&key, "a=1\nnonsense").await);
    see(problem).await;
    assert!(!sees(note), "that was of the paste before");
    assert!(!paste(&key, "c=1\nd=2").await);
    gone(problem).await;
}

#[wasm_bindgen_test]
async fn empty_and_duplicate_keys_are_refused_at_their_rows() {
    let installation = Installation::with([]);
    let _page = open(&installation, NEW);
    click_button("Add variable").await;
    paste(&field("Variables", "Key", 0).await, "a=1\nb=2").await;
    click_button("Add variable").await;
    type_into(&field("Variables", "Key", 2).await, " a ").await;
    click_button("Add metadata").await;
    click_button("Create and upload").await;
    let keys = fields("Variables", "Key").await;
    let [first, second, third] = keys.as_slice() else { panic!("{} rows", keys.len()) };
    is_wrong(first, "This name is there more than once.").await;
    is_wrong(third, "This name is there more than once.").await;
    is_right(second).await;
    is_wrong(&field("Metadata", "Key", 0).await, "Enter a name, or remove this row.").await;
    is_wrong(&by_label("Configuration archive").await, "Choose an archive or a folder.").await;
    has_the_focus(first).await;

    type_into(third, "c").await;
    is_right(third).await;
    click_button("Create and upload").await;
    is_right(first).await;
    has_the_focus(&field("Metadata", "Key", 0).await).await;
    click_button("Remove this row").await;
    are("Metadata", &[]).await;
    has_the_focus(&by_role_name("button", "Add metadata").await).await;
    click_button("Create and upload").await;
    has_the_focus(&by_label("Configuration archive").await).await;
    are("Variables", &[("a", "1"), ("b", "2"), ("c", "")]).await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_value_above_256_kb_is_refused_at_its_row() {
    let (_page, key) = empty_variable().await;
    let (fits, too_long) = ("x".repeat(262_144), "ä".repeat(131_073));
    paste(&key, &json!({"fits": fits, "long": too_long}).to_string()).await;
    click_button("Create and upload").await;
    let long = field("Variables", "Value", 1).await;
    is_wrong(&long, "At most 256 kB fit here, and this has 257 kB.").await;
    is_right(&field("Variables", "Value", 0).await).await;
    has_the_focus(&long).await;
    assert_eq!(value(&long).chars().count(), 131_073, "it stays to be shortened");
    type_into(&long, "short").await;
    is_right(&long).await;
}

#[wasm_bindgen_test]
async fn removing_a_row_names_it_and_leaves_the_focus_on_its_neighbour() {
    let (_page, key) = empty_variable().await;
    paste(&key, "a=1\nb\u{202E}=2\nc=3").await;
    click_button("Remove b\\u{202e}").await;
    are("Variables", &[("a", "1"), ("c", "3")]).await;
    has_the_focus(&field("Variables", "Key", 1).await).await;
    click_button("Remove c").await;
    has_the_focus(&field("Variables", "Key", 0).await).await;
}

#[wasm_bindgen_test]
async fn leaving_with_something_typed_asks_first() {
    for group in ["variable", "metadata"] {
        let installation = Installation::with([]);
        let _page = open(&installation, NEW);
        click_button(&["Add ", group].concat()).await;
        let legend = if group == "variable" { "Variables" } else { "Metadata" };
        let key = field(legend, "Key", 0).await;
        assert!(!ask_to_close_the_tab(), "an empty row is nothing to lose");
        type_into(&field(legend, "Value", 0).await, "v").await;
        assert!(ask_to_close_the_tab());
        for way in ["Cancel", "All configurations", "Terraform versions"] {
            click_link(way).await;
            by_role_name("dialog", "Leave without saving?").await;
            click_button("Stay").await;
            gone("Leave without saving?").await;
            assert_eq!(address(), NEW);
        }
        are(legend, &[("", "v")]).await;
        assert!(key.is_connected());
        click_link("Cancel").await;
        click_button("Leave").await;
        at(ATLAS).await;
        click_link("New configuration version").await;
        heading("New configuration version").await;
        are(legend, &[]).await;
        assert!(!ask_to_close_the_tab(), "it was given up");
    }
}

#[wasm_bindgen_test]
async fn what_was_typed_and_removed_again_is_not_asked_about() {
    let (_page, key) = empty_variable().await;
    type_into(&key, "a").await;
    assert!(ask_to_close_the_tab());
    click_button("Remove a").await;
    assert!(!ask_to_close_the_tab());
    click_link("Cancel").await;
    at(ATLAS).await;
}
