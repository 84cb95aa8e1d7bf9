//! The dialog "Connect again", while something else happens.

use super::*;

const LEGACY: &str = "legacy.first";
const NEW_LEGACY: &str = "legacy.second";

async fn no_dialog() {
    wait_for("the dialog to close", || all("dialog", "Connect again").is_empty().then_some(())).await;
}

#[wasm_bindgen_test]
async fn a_token_that_is_still_being_checked_when_the_user_signs_out_does_not_connect_again() {
    let installation = Installation::with(many(30));
    let _page = open(&installation, LIST);
    see("Site administrator").await;
    installation.refuse_every_token();
    installation.accept(NEW_TOKEN, ADMIN);
    click_button("Refresh").await;
    by_role_name("dialog", "Connect again").await;
    let slow = installation.hold("/account/details");
    type_into(&by_label("API token").await, NEW_TOKEN).await;
    click_button("Connect").await;
    slow.arrives().await;
    click_button("Cancel").await;
    no_dialog().await;
    click_button("Sign out").await;
    heading("Connect").await;
    slow.release();
    settle().await;
    assert!(all("button", "Sign out").is_empty(), "connected again without a question");
    go_back().await;
    settle().await;
    heading("Connect").await;
    assert!(all("button", "Sign out").is_empty() && first_cells().is_empty(), "connected again without a question");
    assert!(!installation.tokens("GET /admin").contains(&NEW_TOKEN.to_owned()), "the token is not used");
}

#[wasm_bindgen_test]
async fn a_token_that_is_still_being_checked_when_the_user_cancels_is_not_taken_over() {
    let installation = Installation::with(many(30));
    let _page = open(&installation, LIST);
    see("Site administrator").await;
    installation.refuse_every_token();
    installation.accept(NEW_TOKEN, ADMIN);
    click_button("Refresh").await;
    by_role_name("dialog", "Connect again").await;
    let slow = installation.hold("/account/details");
    type_into(&by_label("API token").await, NEW_TOKEN).await;
    click_button("Connect").await;
    slow.arrives().await;
    click_button("Cancel").await;
    no_dialog().await;
    slow.release();
    settle().await;
    click_button("Try again").await;
    by_role_name("dialog", "Connect again").await;
    assert_eq!(value(&by_label("API token").await), "", "it is asked for anew");
}

#[wasm_bindgen_test]
async fn the_focus_is_in_the_field_when_the_dialog_goes_on_to_the_legacy_token() {
    let installation = Installation::with(many(1));
    installation.accept(LEGACY, ADMIN);
    window().local_storage().unwrap().unwrap().clear().unwrap();
    let _page = Page::open_as_stranger(&installation, ATLAS);
    type_into(&by_label("API token").await, TOKEN).await;
    type_into(&by_label("Legacy token").await, LEGACY).await;
    click_button("Connect").await;
    heading("hashicorp/atlas").await;
    assert_eq!(installation.tokens("latest"), [LEGACY]);

    // A request for each of the two tokens is on its way.
    let (create, latest) = (installation.hold("POST"), installation.hold("latest"));
    click_link("Terraform versions").await;
    click_link("Add version").await;
    for (label, typed) in [("Version", "1.9.5"), ("URL", &url("1.9.5")), ("SHA-256", SHA)] {
        type_into(&by_label(label).await, typed).await;
    }
    click_button("Create version").await;
    create.arrives().await;
    click_link("Configuration versions").await;
    click_button("Leave").await;
    click_link("hashicorp/atlas").await;
    latest.arrives().await;
    has_the_focus(&heading("hashicorp/atlas").await).await;

    installation.refuse_every_token();
    installation.accept(NEW_TOKEN, ADMIN);
    installation.accept(NEW_LEGACY, ADMIN);
    create.release();
    let field = by_label("API token").await;
    has_the_focus(&field).await;
    latest.release();
    settle().await;
    type_into(&field, NEW_TOKEN).await;
    press("Enter").await;
    let field = by_label("Legacy token").await;
    assert_eq!(value(&field), "", "another token is asked for");
    has_the_focus(&field).await;
    type_into(&field, NEW_LEGACY).await;
    press("Enter").await;
    no_dialog().await;
    wait_for("the request to be sent again", || {
        (installation.tokens("latest").last().map(String::as_str) == Some(NEW_LEGACY)).then_some(())
    })
    .await;
    something_has_the_focus();
}

#[wasm_bindgen_test]
async fn an_api_token_that_the_legacy_api_does_not_know_is_asked_for_once_and_then_the_legacy_token_is() {
    let installation = Installation::with(many(1));
    installation.accept(NEW_TOKEN, ADMIN);
    installation.accept(LEGACY, ADMIN);
    installation.refuse_in_legacy(TOKEN);
    let _page = open(&installation, ATLAS);
    by_role_name("dialog", "Connect again").await;
    installation.refuse_in_legacy(NEW_TOKEN);
    type_into(&by_label("API token").await, NEW_TOKEN).await;
    press("Enter").await;
    let field = by_label("Legacy token").await;
    has_the_focus(&field).await;
    see("The v1 API does not accept the API token.").await;
    type_into(&field, LEGACY).await;
    press("Enter").await;
    no_dialog().await;
    wait_for("the request to be sent again", || {
        (installation.tokens("latest").last().map(String::as_str) == Some(LEGACY)).then_some(())
    })
    .await;
    click_link("Terraform versions").await;
    see("1–1 of 1").await;
    assert_eq!(installation.tokens("GET /admin").last().map(String::as_str), Some(NEW_TOKEN), "each has its own");
}
