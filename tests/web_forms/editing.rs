//! Changing a version.

use super::*;

#[wasm_bindgen_test]
async fn an_edit_shows_and_sends_only_what_changes() {
    let mut known = version("1.5.0");
    known.attributes.version = "custom build".to_owned();
    let installation = Installation::with([known]);
    let _page = Page::open(&installation, EDIT);
    heading("Edit Terraform custom build").await;
    let save = by_role_name("button", "Save changes").await;
    assert!(is_disabled(&save));
    assert_eq!(description(&save), NOTHING_CHANGED);
    by_role_name("region", "Changes").await;

    click(&by_label("Beta").await).await;
    type_into(&by_label("URL").await, "https://example.com/terraform.zip ").await;
    let changes = [
        ["URL", &url("1.5.0"), "https://example.com/terraform.zip"].map(str::to_owned),
        ["Beta", "No", "Yes"].map(str::to_owned),
    ];
    wait_for("both changes", || (rows("Changes") == changes).then_some(())).await;
    assert!(!is_disabled(&save) && description(&save).is_empty());

    click(&save).await;
    at("/terraform-versions/tool-1.5.0").await;
    see("Terraform custom build was saved.").await;
    assert!(said("status").concat().contains("was saved."));
    assert_eq!(installation.body("PATCH"), json!({"url": "https://example.com/terraform.zip", "beta": true}));
}

#[wasm_bindgen_test]
async fn what_is_changed_back_is_no_change() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    let field = by_label("Version").await;
    type_into(&field, "1.5.1").await;
    wait_for("the change", || (row("Changes", "Version") == ["Version", "1.5.0", "1.5.1"]).then_some(())).await;
    assert!(ask_to_close_the_tab());
    type_into(&field, " 1.5.0 ").await;
    see(NOTHING_CHANGED).await;
    assert!(is_disabled(&by_role_name("button", "Save changes").await));
    assert!(!ask_to_close_the_tab());
    press("Enter").await;
    settle().await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_change_that_cannot_be_right_is_told_at_its_field() {
    let installation = Installation::with([version("1.5.0")]);
    let _page = Page::open(&installation, EDIT);
    type_into(&by_label("SHA-256").await, "xyz").await;
    click_button("Save changes").await;
    is_wrong("SHA-256", "A SHA-256 consists of").await;
    has_the_focus("SHA-256").await;
    assert_eq!(installation.sent("PATCH"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_reason_that_is_taken_away_is_sent_as_none() {
    let mut known = version("1.5.0");
    known.attributes.deprecated = Some(true);
    known.attributes.deprecated_reason = Some(Some("Old.".to_owned()));
    let installation = Installation::with([known]);
    let _page = Page::open(&installation, EDIT);
    click(&by_label("Deprecated").await).await;
    wait_for("both changes", || (rows("Changes").len() == 2).then_some(())).await;
    assert_eq!(row("Changes", "Deprecation reason"), ["Deprecation reason", "Old.", "empty"]);
    click_button("Save changes").await;
    heading("Terraform 1.5.0").await;
    assert_eq!(installation.body("PATCH"), json!({"deprecated": false, "deprecated-reason": null}));
}

#[wasm_bindgen_test]
async fn a_version_in_use_cannot_be_disabled_and_says_why() {
    let mut known = version("1.5.0");
    known.attributes.usage = Some(2);
    let _page = Page::open(&Installation::with([known]), EDIT);
    let enabled = by_label("Enabled").await;
    assert!(is_disabled(&enabled) && is_ticked(&enabled));
    assert_eq!(description(&enabled), "It cannot be disabled. 2 workspaces use it.");
    assert!(sees("It cannot be disabled. 2 workspaces use it."));
    assert!(!is_disabled(&by_label("Beta").await));
}

#[wasm_bindgen_test]
async fn an_old_installation_cannot_deprecate_and_says_why() {
    let mut known = version("1.5.0");
    known.attributes.deprecated = None;
    known.attributes.deprecated_reason = None;
    let _page = Page::open(&Installation::with([known]), EDIT);
    let deprecated = by_label("Deprecated").await;
    assert!(is_disabled(&deprecated));
    assert_eq!(description(&deprecated), "This installation does not know deprecated versions.");
}

#[wasm_bindgen_test]
async fn losing_architectures_is_warned_of() {
    let arch = |name: &str| Arch {
        url: Some(url("1.5.0")),
        sha: Some(SHA.to_owned()),
        os: "linux".to_owned(),
        arch: name.to_owned(),
    };
    let mut known = version("1.5.0");
    known.attributes.archs = Some(vec![arch("amd64"), arch("arm64"), arch("s390x")]);
    let _page = Page::open(&Installation::with([known]), EDIT);
    by_role_name("group", "Architectures").await;
    assert_eq!(rows("Architectures").len(), 3);
    let warning = "saving takes arm64 and s390x away from this version";
    click(&by_label("Beta").await).await;
    assert!(!sees(warning));
    type_into(&by_label("SHA-256").await, SHA_2).await;
    see(warning).await;
    type_into(&by_label("SHA-256").await, SHA).await;
    gone(warning).await;
}
