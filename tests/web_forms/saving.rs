//! What happens while a change is saved, here and elsewhere.

use super::*;

async fn into_a_conflict(installation: &std::sync::Arc<Installation>) -> Page {
    let page = Page::open(installation, EDIT);
    type_into(&by_label("URL").await, "https://example.com/mine.zip").await;
    installation.change("tool-1.5.0", |version| {
        version.url = Some("https://example.com/theirs.zip".to_owned());
        version.beta = true;
    });
    click_button("Save changes").await;
    by_role_name("dialog", "This version was changed meanwhile").await;
    assert_eq!(
        rows("Both sides"),
        [["URL", "https://example.com/theirs.zip", "https://example.com/mine.zip"], ["Beta", "Yes", "No"]]
    );
    assert_eq!(installation.sent("PATCH"), [""; 0]);
    page
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_cancelled() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Cancel").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/mine.zip");
    click_button("Save changes").await;
    by_role_name("dialog", "This version was changed meanwhile").await;
    press("Escape").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/mine.zip");
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_overwritten_with_what_was_changed_here() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Overwrite").await;
    at("/terraform-versions/tool-1.5.0").await;
    see("was saved.").await;
    assert_eq!(installation.body("PATCH"), json!({"url": "https://example.com/mine.zip"}));
    see("Enabled Beta").await;
}

#[wasm_bindgen_test]
async fn a_conflict_can_be_ended_with_what_the_installation_has() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = into_a_conflict(&installation).await;
    click_button("Reload").await;
    gone("This version was changed meanwhile").await;
    assert_eq!(value(&by_label("URL").await), "https://example.com/theirs.zip");
    assert!(is_ticked(&by_label("Beta").await));
    see(NOTHING_CHANGED).await;
    click(&by_label("Beta").await).await;
    click_button("Save changes").await;
    at("/terraform-versions/tool-1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"beta": false}));
}

#[wasm_bindgen_test]
async fn another_usage_is_no_conflict() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Beta").await).await;
    installation.change("tool-1.5.0", |version| version.usage = Some(7));
    click_button("Save changes").await;
    at("/terraform-versions/tool-1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"beta": true}));
}

#[wasm_bindgen_test]
async fn what_is_refused_all_the_same_is_told_and_kept() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Enabled").await).await;
    for (failure, told) in [
        (errors(&[("enabled", "Enabled cannot be false while 3 workspaces use it")]), "while 3 workspaces use it"),
        (errors(&[("", "Not now.")]), "Not now."),
        (answer(502, ""), "The server failed to do this."),
        (unreachable(), "The server cannot be reached."),
    ] {
        installation.once("PATCH", failure);
        click_button("Save changes").await;
        see(told).await;
        assert_eq!(address(), EDIT);
        assert!(!is_ticked(&by_label("Enabled").await));
        assert_eq!(rows("Changes"), [["Enabled", "Yes", "No"]]);
    }
    click_button("Save changes").await;
    see("was saved.").await;
}

#[wasm_bindgen_test]
async fn a_refused_checkbox_says_so_and_has_the_focus() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Enabled").await).await;
    installation.once("PATCH", errors(&[("enabled", "Enabled cannot be false")]));
    click_button("Save changes").await;
    is_wrong("Enabled", "Enabled cannot be false").await;
    has_the_focus("Enabled").await;
}

#[wasm_bindgen_test]
async fn a_version_that_was_deleted_meanwhile_is_told_and_the_draft_stays() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    installation.always("GET /admin/terraform-versions/tool-1.5.0", answer(404, ""));
    click_button("Save changes").await;
    see("The server found nothing here.").await;
    assert_eq!(value(&by_label("Version").await), "1.5.1");
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_version_that_is_not_there_cannot_be_edited() {
    let _page = Page::open(&Installation::with([]), EDIT);
    heading("Not found").await;
    see("This version does not exist.").await;
    assert_eq!(all("button", "Save changes").len(), 0);
}

#[wasm_bindgen_test]
async fn saving_twice_saves_once_and_can_be_cancelled() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    let held = installation.hold("PATCH");
    let save = by_role_name("button", "Save changes").await;
    click(&save).await;
    held.arrives().await;
    assert!(is_disabled(&save));
    click(&by_label("Version").await).await;
    press("Enter").await;
    settle().await;
    assert_eq!(installation.sent("PATCH").len(), 1);
    click_button("Cancel").await;
    see("The request was cancelled before the server answered.").await;
    assert_eq!(installation.dropped("PATCH"), 1);
    assert_eq!(value(&by_label("Version").await), "1.5.1");
}

#[wasm_bindgen_test]
async fn a_save_goes_on_when_its_page_is_left_and_is_told_there() {
    for (outcome, told, role) in [
        (None, "Terraform 1.5.1 was saved.", "status"),
        (Some(answer(500, "")), "The version was not saved. The server failed to do this.", "alert"),
    ] {
        let installation = Installation::with([version("1.5.0")]);
        let _page = Page::open(&installation, LIST);
        click_link("1.5.0").await;
        click_link("Edit").await;
        type_into(&by_label("Version").await, "1.5.1").await;
        let held = installation.hold("PATCH");
        if let Some(answer) = outcome {
            installation.once("PATCH", answer);
        }
        click_button("Save changes").await;
        held.arrives().await;
        go_back().await;
        click_button("Leave").await;
        at("/terraform-versions/tool-1.5.0").await;
        click_link("Terraform versions").await;
        see("1–1 of 1").await;
        held.release();
        wait_for(told, || said(role).iter().any(|text| text.contains(told)).then_some(())).await;
        settle().await;
        assert_eq!(address(), LIST);
        assert_eq!(installation.dropped("PATCH"), 0);
    }
}

#[wasm_bindgen_test]
async fn a_conflict_after_the_page_was_left_is_told_there() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("Version").await, "1.5.1").await;
    installation.change("tool-1.5.0", |version| version.beta = true);
    let held = installation.hold("GET /admin/terraform-versions/tool-1.5.0");
    click_button("Save changes").await;
    held.arrives().await;
    click_link("Terraform versions").await;
    click_button("Leave").await;
    see("1–1 of 1").await;
    held.release();
    see("The version was not saved, because somebody else changed it meanwhile.").await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_is_typed_outlives_a_late_word_about_the_tokens_owner() {
    let installation = Installation::with(many(1));
    let held = installation.hold("/account/details");
    let _page = Page::open(&installation, NEW);
    held.arrives().await;
    fill_in("1.9.5").await;
    held.release();
    see("Site administrator").await;
    settle().await;
    stays_typed("1.9.5").await;
}

#[wasm_bindgen_test]
async fn an_edit_that_is_loading_says_so_and_can_be_left() {
    let installation = Installation::with([version("1.5.0")]);
    let held = installation.hold("GET /admin/terraform-versions/tool-1.5.0");
    let _page = Page::open(&installation, EDIT);
    held.arrives().await;
    assert_eq!(said("status"), ["Loading the version…"]);
    assert!(is_busy());
    click_link("Terraform versions").await;
    see("1–1 of 1").await;
    assert_eq!(installation.dropped("tool-1.5.0"), 1);
}
