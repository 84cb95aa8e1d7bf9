//! Getting in: tokens, deep links, and what a tab remembers.

use e2e::{ADMIN_TOKEN, Seed, USER_TOKEN, journey};
use serde_json::json;

#[tokio::test]
async fn connecting_leads_back_to_the_link_that_was_asked_for() {
    journey(Seed::Demo, async |console| {
        let id = console.site().id_of("0.11.8").await;
        console.open(&format!("/terraform-versions/{id}")).await;
        console.expect_heading("Connect").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_heading("Terraform 0.11.8").await;
        console.expect_path(&format!("/terraform-versions/{id}")).await;
        console.expect_status("Connected as admin, a site administrator.").await;
        console.expect_nowhere(ADMIN_TOKEN).await;
    })
    .await;
}

#[tokio::test]
async fn connecting_keeps_the_query_of_the_link_and_leaves_no_step_behind() {
    journey(Seed::Demo, async |console| {
        console.open("/").await;
        console.expect_heading("Connect").await;
        console.open("/terraform-versions?page=2&search=0.").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_path("/terraform-versions?page=2&search=0.").await;
        console.expect_value("Search versions", "0.").await;
        console.click("link", "Terraform versions").await;
        console.expect_path("/terraform-versions").await;
        console.back().await;
        console.expect_path("/terraform-versions?page=2&search=0.").await;
    })
    .await;
}

#[tokio::test]
async fn connecting_by_itself_leads_to_the_versions() {
    journey(Seed::Demo, async |console| {
        console.open("/connect").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_heading("Terraform versions").await;
        console.expect_path("/terraform-versions").await;
    })
    .await;
}

#[tokio::test]
async fn a_link_to_elsewhere_is_not_followed_after_connecting() {
    journey(Seed::Demo, async |console| {
        console.open("/connect?next=https%3A%2F%2Fevil.example%2F").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_path("/terraform-versions").await;
    })
    .await;
}

#[tokio::test]
async fn a_wrong_token_is_refused_at_the_field() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 401");
        console.open("/").await;
        console.connect("").await;
        console.expect_field_error("API token", "Enter a token").await;
        console.expect_focus("textbox", "API token").await;
        console.connect("mistyped").await;
        console.expect_field_error("API token", "does not accept this token").await;
        console.expect_focus("textbox", "API token").await;
        console.expect_heading("Connect").await;
        console.fill("API token", &format!(" {ADMIN_TOKEN} ")).await;
        console.expect_no_field_error("API token").await;
        console.click("button", "Connect").await;
        console.expect_heading("Terraform versions").await;
    })
    .await;
}

#[tokio::test]
async fn a_tab_that_was_asked_to_stays_connected_after_a_reload() {
    journey(Seed::Demo, async |console| {
        let id = console.site().id_of("0.11.7").await;
        console.open(&format!("/terraform-versions/{id}")).await;
        console.tick("Keep me connected in this tab").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_heading("Terraform 0.11.7").await;
        console.reload().await;
        console.expect_heading("Terraform 0.11.7").await;
        console.expect_text("Site administrator").await;
        console.open("/terraform-versions?page=4").await;
        console.expect_heading("Terraform versions").await;
        console.expect_text("61–70 of 70").await;
        console.expect_nowhere(ADMIN_TOKEN).await;
        console.click("button", "Sign out").await;
        console.expect_heading("Connect").await;
        console.reload().await;
        console.expect_heading("Connect").await;
    })
    .await;
}

#[tokio::test]
async fn a_tab_that_was_not_asked_to_forgets_the_token_at_a_reload_and_leads_back() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions?page=2").await;
        console.expect_text("21–40 of 70").await;
        let kept = "return JSON.stringify([sessionStorage, localStorage, document.cookie])";
        assert_eq!(console.script(kept, Vec::new()).await, Ok(json!("[{},{},\"\"]")));
        console.reload().await;
        console.expect_heading("Connect").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_text("21–40 of 70").await;
        console.expect_path("/terraform-versions?page=2").await;
    })
    .await;
}

#[tokio::test]
async fn somebody_who_is_not_an_administrator_is_told_so_everywhere() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        console.open("/terraform-versions").await;
        console.connect(USER_TOKEN).await;
        console.expect_status("not an administrator").await;
        console.expect_alert("does not belong to an administrator").await;
        console.expect_text("Not an administrator").await;
        let id = console.site().id_of("0.11.8").await;
        console.open(&format!("/terraform-versions/{id}")).await;
        console.connect(USER_TOKEN).await;
        console.expect_heading("Not found").await;
        console.expect_text("does not belong to an administrator").await;
        console.expect_no("link", "Edit").await;
        console.expect_no("button", "Delete version").await;
    })
    .await;
}

#[tokio::test]
async fn an_unknown_version_is_not_found_and_said_not_to_exist() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        console.start_at("/terraform-versions/tool-0000000000000000").await;
        console.expect_heading("Not found").await;
        console.expect_text("This version does not exist.").await;
        console.expect("navigation", "Main").await;
        console.click("link", "Back to the list").await;
        console.expect_heading("Terraform versions").await;
    })
    .await;
}

#[tokio::test]
async fn an_unknown_page_is_not_found_inside_the_console() {
    journey(Seed::Demo, async |console| {
        console.start_at("/no/such/page").await;
        console.expect_heading("Not found").await;
        console.click("link", "Back to the list").await;
        console.expect_heading("Terraform versions").await;
    })
    .await;
}
