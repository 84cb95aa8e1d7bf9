//! Everything without a pointer.

use e2e::{ADMIN_TOKEN, Key, Seed, journey};

#[tokio::test]
async fn shortcuts_lead_to_the_search_to_the_form_and_to_their_list() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        console.press('/').await;
        console.expect_focus("searchbox", "Search versions").await;
        console.type_text("n/?").await;
        console.expect_value("Search versions", "n/?").await;
        console.expect_text("No version contains “n/?”.").await;

        console.click("button", "Clear filters").await;
        console.click("link", "1.13.5").await;
        console.expect_focus("heading", "Terraform 1.13.5").await;
        console.press('?').await;
        console.expect("dialog", "Keyboard shortcuts").await;
        console.press('n').await;
        console.expect("dialog", "Keyboard shortcuts").await;
        console.press(Key::Escape.into()).await;
        console.expect_no("dialog", "Keyboard shortcuts").await;
        console.expect_focus("heading", "Terraform 1.13.5").await;
        console.press('n').await;
        console.expect_heading("Add a Terraform version").await;
        console.expect_focus("heading", "Add a Terraform version").await;
    })
    .await;
}

#[tokio::test]
async fn a_dialog_gives_the_focus_back_to_its_button() {
    journey(Seed::Demo, async |console| {
        let id = console.site().id_of("1.3.7-acme2").await;
        console.start_at(&format!("/terraform-versions/{id}")).await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
        console.tab_to("button", "Delete version", 40).await;
        console.press(Key::Enter.into()).await;
        console.expect("dialog", "Delete Terraform 1.3.7-acme2?").await;
        console.press(Key::Escape.into()).await;
        console.expect_no("dialog", "Delete Terraform 1.3.7-acme2?").await;
        console.expect_focus("button", "Delete version").await;
        console.click("button", "Keyboard shortcuts").await;
        console.click("button", "Close").await;
        console.expect_focus("button", "Keyboard shortcuts").await;
    })
    .await;
}

#[tokio::test]
async fn a_version_is_added_with_the_keyboard_alone() {
    journey(Seed::Demo, async |console| {
        console.open("/").await;
        console.expect_focus("heading", "Connect").await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("textbox", "API token").await;
        console.type_text(ADMIN_TOKEN).await;
        console.press(Key::Enter.into()).await;
        console.expect_focus("heading", "Terraform versions").await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("link", "Add version").await;
        console.press(Key::Enter.into()).await;
        console.expect_focus("heading", "Add a Terraform version").await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("textbox", "Version").await;
        console.type_text("1.99.0").await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("textbox", "URL").await;
        console.type_text("https://a.example/t.zip").await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("textbox", "SHA-256").await;
        console.type_text(&"a1".repeat(32)).await;
        console.tab_to("checkbox", "Beta", 4).await;
        console.press(' ').await;
        console.expect_ticked("Beta", true).await;
        console.press(Key::Enter.into()).await;
        console.expect_heading("Terraform 1.99.0").await;
        console.expect_focus("heading", "Terraform 1.99.0").await;
    })
    .await;
}

#[tokio::test]
async fn the_first_tab_of_a_page_offers_to_skip_the_navigation() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_focus("heading", "Terraform versions").await;
        console.press_shift_tab().await;
        let mut passed = vec![console.focus().await];
        while passed.len() < 10 && passed.last().is_none_or(|(_, name)| name != "Skip to the content") {
            console.press_shift_tab().await;
            passed.push(console.focus().await);
        }
        assert_eq!(passed.last().unwrap().1, "Skip to the content", "{passed:?}");
        console.press(Key::Enter.into()).await;
        console.press(Key::Tab.into()).await;
        console.expect_focus("link", "Add version").await;
    })
    .await;
}
