//! Moments in the reader's own language.

use super::*;

/// Languages in which a short date has a number in place of the month unless its name is asked for, and what August is
/// called in them.
const AUGUST: [(&str, &str); 5] =
    [("de-DE", "Aug"), ("fr-FR", "août"), ("fi-FI", "elo"), ("cs-CZ", "srp"), ("en-US", "Aug")];

#[wasm_bindgen_test]
async fn a_month_has_its_name_in_every_language() {
    for (locale, august) in AUGUST {
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
}
