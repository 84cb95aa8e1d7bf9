//! Adding a version.

use super::*;

#[wasm_bindgen_test]
async fn a_create_sends_the_form_and_leads_to_the_version() {
    let installation = Installation::with(many(1));
    let _page = Page::open(&installation, NEW);
    heading("Add a Terraform version").await;
    fill_in("1.9.5").await;
    click_button("Create version").await;
    at("/terraform-versions/tool-1.9.5").await;
    heading("Terraform 1.9.5").await;
    see("Terraform 1.9.5 was added.").await;
    assert!(said("status").concat().contains("Terraform 1.9.5 was added."));
    let sent = json!({
        "version": "1.9.5", "url": url("1.9.5"), "sha": SHA, "official": false, "enabled": true, "beta": false
    });
    assert_eq!(installation.body("POST"), sent);
    assert!(!ask_to_close_the_tab(), "it is saved");
}

#[wasm_bindgen_test]
async fn a_deprecated_version_is_created_with_its_reason() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    assert_eq!(all("textbox", "Deprecation reason").len(), 0);
    for switch in ["Official", "Enabled", "Beta", "Deprecated"] {
        click(&by_label(switch).await).await;
    }
    type_into(&by_label("Deprecation reason").await, "  Use 1.9.6. ").await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let sent = json!({
        "version": "1.9.5", "url": url("1.9.5"), "sha": SHA, "official": true, "enabled": false, "beta": true,
        "deprecated": true, "deprecated-reason": "Use 1.9.6."
    });
    assert_eq!(installation.body("POST"), sent);
}

#[wasm_bindgen_test]
async fn a_reason_without_deprecation_is_kept_but_not_sent() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click(&by_label("Deprecated").await).await;
    type_into(&by_label("Deprecation reason").await, "Use 1.9.6.").await;
    click(&by_label("Deprecated").await).await;
    gone("Deprecation reason").await;
    click(&by_label("Deprecated").await).await;
    assert_eq!(value(&by_label("Deprecation reason").await), "Use 1.9.6.");
    click(&by_label("Deprecated").await).await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let body = installation.body("POST");
    assert_eq!((body.get("deprecated"), body.get("deprecated-reason")), (None, None));
}

#[wasm_bindgen_test]
async fn what_was_pasted_with_white_space_is_tidied() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    type_into(&by_label("Version").await, "\u{A0} 1.9.5\u{200B} ").await;
    type_into(&by_label("URL").await, &[" ", &url("1.9.5"), "\t"].concat()).await;
    type_into(&by_label("SHA-256").await, &[" ", &SHA.to_uppercase(), " "].concat()).await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    let body = installation.body("POST");
    assert_eq!((body["version"].as_str(), body["url"].as_str()), (Some("1.9.5"), Some(url("1.9.5").as_str())));
    assert_eq!(body["sha"].as_str(), Some(SHA));
}

#[wasm_bindgen_test]
async fn an_empty_form_is_not_sent_and_says_what_is_missing() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    for label in ["Version", "URL", "SHA-256"] {
        assert_eq!(by_label(label).await.get_attribute("aria-required").as_deref(), Some("true"));
        is_right(label).await;
    }
    click_button("Create version").await;
    is_wrong("Version", "Enter a version, for example 1.9.5.").await;
    is_wrong("URL", "Enter the URL of the zip file").await;
    is_wrong("SHA-256", "Enter the SHA-256 of the zip file").await;
    has_the_focus("Version").await;
    type_into(&by_label("Version").await, "1.9.5").await;
    is_right("Version").await;
    is_wrong("URL", "Enter the URL of the zip file").await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_first_field_that_is_wrong() {
    let installation = Installation::with([]);
    let _page = Page::open(&installation, NEW);
    type_into(&by_label("Version").await, "1.9.5").await;
    type_into(&by_label("URL").await, "javascript:alert(1)").await;
    type_into(&by_label("SHA-256").await, "abc").await;
    press("Enter").await;
    is_wrong("URL", "The URL must begin with https:// or http://.").await;
    is_wrong("SHA-256", "This has 3.").await;
    is_right("Version").await;
    has_the_focus("URL").await;
    assert_eq!(installation.sent("POST"), [""; 0]);
}

#[wasm_bindgen_test]
async fn the_servers_refusal_is_told_at_the_fields_and_the_rest_above_them() {
    let installation = Installation::with([]);
    installation.once(
        "POST",
        errors(&[
            ("", "The license does not cover this."),
            ("url", "URL cannot be reached"),
            ("sha", "Sha is <b>wrong</b>\u{202E}"),
            ("archs", "Archs are odd"),
        ]),
    );
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    is_wrong("URL", "URL cannot be reached").await;
    is_wrong("SHA-256", "Sha is <b>wrong</b>\\u{202e}").await;
    is_right("Version").await;
    has_the_focus("URL").await;
    let above = "The license does not cover this. Archs are odd";
    assert_eq!(said("alert").first().map(String::as_str), Some(above), "above the fields");
    stays_typed("1.9.5").await;
    type_into(&by_label("URL").await, "https://example.com/terraform.zip").await;
    is_right("URL").await;
    is_wrong("SHA-256", "Sha is <b>wrong</b>").await;
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
    assert_eq!(installation.sent("POST").len(), 2);
}

#[wasm_bindgen_test]
async fn a_refusal_without_a_reason_is_not_silent() {
    let installation = Installation::with([]);
    installation.once("POST", answer(422, "{}"));
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    see("The server did not accept this and does not say why.").await;
    let notice = wait_for("the focus above the form", || focused().filter(|it| it.tag_name() == "DIV")).await;
    assert_eq!(text(&notice), "The server did not accept this and does not say why.");
    stays_typed("1.9.5").await;
}

#[wasm_bindgen_test]
async fn the_draft_outlives_every_failure() {
    let doubt = "The installation may have saved it all the same";
    for (failure, told, is_doubtful) in [
        (answer(500, ""), "The server failed to do this.", true),
        (unreachable(), "The server cannot be reached.", true),
        (answer(200, "<html>"), "The server sent something this console does not understand", true),
        (answer(403, ""), "The server does not allow this with this token", false),
        (answer(404, ""), "The server found nothing here.", false),
    ] {
        let installation = Installation::with([]);
        installation.once("POST", failure);
        let _page = Page::open(&installation, NEW);
        fill_in("1.9.5").await;
        click(&by_label("Beta").await).await;
        click_button("Create version").await;
        see(told).await;
        assert_eq!(sees(doubt), is_doubtful, "{told}");
        stays_typed("1.9.5").await;
        assert!(is_ticked(&by_label("Beta").await));
        assert!(ask_to_close_the_tab(), "it is not saved yet");
        click_button("Create version").await;
        heading("Terraform 1.9.5").await;
        assert_eq!(installation.sent("POST").len(), 2, "nothing is repeated on its own: {told}");
    }
}

#[wasm_bindgen_test]
async fn sending_twice_sends_once() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    let create = by_role_name("button", "Create version").await;
    click(&create).await;
    held.arrives().await;
    assert!(is_disabled(&create) && name(&create) == "Sending…", "{}", name(&create));
    click(&by_label("Version").await).await;
    press("Enter").await;
    let form = create.closest("form").unwrap().unwrap();
    form.dispatch_event(&web_sys::Event::new("submit").unwrap()).unwrap();
    settle().await;
    held.release();
    heading("Terraform 1.9.5").await;
    assert_eq!(installation.sent("POST").len(), 1);
}

#[wasm_bindgen_test]
async fn a_create_that_takes_too_long_can_be_cancelled() {
    let installation = Installation::with([]);
    let held = installation.hold("POST");
    let _page = Page::open(&installation, NEW);
    fill_in("1.9.5").await;
    click_button("Create version").await;
    held.arrives().await;
    click_button("Cancel").await;
    see("The request was cancelled before the server answered.").await;
    see("The installation may have saved it all the same").await;
    assert_eq!(installation.dropped("POST"), 1);
    assert_eq!(address(), NEW);
    stays_typed("1.9.5").await;
    held.release();
    settle().await;
    assert_eq!(address(), NEW);
    click_button("Create version").await;
    heading("Terraform 1.9.5").await;
}

#[wasm_bindgen_test]
async fn a_create_goes_on_when_its_page_is_left_and_is_told_there() {
    for (outcome, told, role) in [
        (None, "Terraform 1.9.5 was added.", "status"),
        (Some(errors(&[("version", "Version has already been taken")])), "Version has already been taken", "alert"),
    ] {
        let installation = Installation::with(many(2));
        let held = installation.hold("POST");
        if let Some(answer) = outcome {
            installation.once("POST", answer);
        }
        let _page = Page::open(&installation, NEW);
        fill_in("1.9.5").await;
        click_button("Create version").await;
        held.arrives().await;
        click_link("Terraform versions").await;
        click_button("Leave").await;
        at(LIST).await;
        see("1–2 of 2").await;
        assert_eq!(installation.dropped("POST"), 0, "the server may have begun");
        held.release();
        wait_for(told, || said(role).iter().any(|text| text.contains(told)).then_some(())).await;
        settle().await;
        assert_eq!(address(), LIST, "nobody is led away from where they are");
    }
}
