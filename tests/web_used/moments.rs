//! Moments in the reader's own language.

use super::*;

/// Waits until the moment is shown on both pages with this name of its month.
async fn has_month(locale: &str, august: &str) {
    let _language = Language::set(locale);
    let _page = open(&Installation::with(many(1)), LIST);
    shown_from("1.0.1").await;
    let cells = row(VERSIONS, "1.0.1");
    let created = cells.last().unwrap();
    assert!(created.contains(august) && created.contains("2018"), "{locale} in the list: {created}");
    click_link("1.0.1").await;
    let created = text(&definition("Created").await);
    assert!(created.contains(august) && created.contains("2018"), "{locale} on the version's page: {created}");
    assert!(!created.contains("T22:34"), "not as it came: {created}");
}

#[wasm_bindgen_test]
async fn a_month_has_its_name_in_german_and_other_languages() {
    for (locale, august) in
        [("en-US", "Aug"), ("en-GB", "Aug"), ("de-DE", "Aug"), ("fr-FR", "août"), ("pl-PL", "sie"), ("sv-SE", "aug")]
    {
        has_month(locale, august).await;
    }
}

#[wasm_bindgen_test]
async fn a_month_has_its_name_also_where_its_short_form_is_a_number() {
    for (locale, august) in [("fi-FI", "elokuu"), ("cs-CZ", "srpna")] {
        has_month(locale, august).await;
    }
}
