//! The list: going through it, searching it, and what it says of each version.

use axum::http::Method;
use e2e::{Answer, Gate, LIST, Seed, journey};

const TABLE: &str = "Terraform versions";

#[tokio::test]
async fn the_list_says_what_matters_of_each_version() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        let rows = console.rows(TABLE).await;
        assert_eq!(rows.len(), 20);
        assert_eq!(rows[0][..4], ["1.14.0-rc1", "Enabled\nOfficial\nBeta", "amd64, arm64", "not used"]);
        assert_eq!(rows[2][3..], ["4 workspaces", "November 6, 2025 at 8:15 AM"]);
        let beta = rows.iter().find(|row| row[0] == "1.14.0-beta1").unwrap();
        assert_eq!(beta[1..3], ["Disabled\nOfficial\nBeta", "amd64, arm64"]);
        console.expect("navigation", "Pagination").await;
        console.expect("navigation", "Main").await;
    })
    .await;
}

#[tokio::test]
async fn seventy_versions_are_paged_through_and_every_page_has_its_address() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        assert!(!console.is_enabled("button", "Previous page").await);
        console.click("button", "Next page").await;
        console.expect_text("21–40 of 70").await;
        console.expect_path("/terraform-versions?page=2").await;
        console.click("button", "Next page").await;
        console.expect_text("41–60 of 70").await;
        console.click("button", "Next page").await;
        console.expect_text("61–70 of 70").await;
        console.expect_rows(TABLE, "the last ten", |rows| rows.len() == 10).await;
        assert!(!console.is_enabled("button", "Next page").await);
        console.expect_focus("button", "Previous page").await;
        console.click("button", "Previous page").await;
        console.expect_text("41–60 of 70").await;
        console.choose("Rows per page", "50").await;
        console.expect_text("1–50 of 70").await;
        console.expect_path("/terraform-versions?size=50").await;
        console.back().await;
        console.expect_text("41–60 of 70").await;
        console.expect_path("/terraform-versions?page=3").await;
        console.forward().await;
        console.expect_text("1–50 of 70").await;
        console.expect_value("Rows per page", "50").await;
        console.choose("Rows per page", "100").await;
        console.expect_rows(TABLE, "all", |rows| rows.len() == 70).await;
    })
    .await;
}

#[tokio::test]
async fn a_page_beyond_the_end_says_so_and_leads_to_the_last() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions?page=9").await;
        console.expect_text("There is no page 9.").await;
        console.click("link", "Go to the last page").await;
        console.expect_text("61–70 of 70").await;
    })
    .await;
}

#[tokio::test]
async fn a_search_narrows_the_list_and_can_be_cleared() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions?page=3").await;
        console.expect_text("41–60 of 70").await;
        console.fill("Search versions", "acme").await;
        console.expect_path("/terraform-versions?search=acme").await;
        console.expect_status("Showing 6 of 70 versions").await;
        // One of them is named in the reason why another is deprecated.
        let is_right = |rows: &[Vec<String>]| rows.iter().filter(|row| row[0].contains("acme")).count() == 5;
        console.expect_rows(TABLE, "the acme bundles", is_right).await;
        console.expect_focus("searchbox", "Search versions").await;
        console.fill("Search versions", "acme & <b>").await;
        console.expect_text("No version contains “acme & <b>”.").await;
        console.click("button", "Clear filters").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_path("/terraform-versions").await;
        console.expect_value("Search versions", "").await;
        console.expect_focus("searchbox", "Search versions").await;
    })
    .await;
}

#[tokio::test]
async fn back_undoes_a_search() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.fill("Search versions", "terraform_1.5.7").await;
        console.expect_rows(TABLE, "the two that are downloaded from there", |rows| rows.len() == 2).await;
        console.expect_path("/terraform-versions?search=terraform_1.5.7").await;
        console.back().await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.expect_value("Search versions", "").await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_installation_offers_to_add_a_version() {
    journey(Seed::Empty, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("knows no Terraform version yet").await;
        console.expect_no("navigation", "Pagination").await;
    })
    .await;
}

#[tokio::test]
async fn old_rows_stay_while_everything_is_loaded_again_and_pages_can_be_turned_meanwhile() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_status("70 versions").await;
        let gate = Gate::closed();
        console.front().answer(Method::GET, LIST, 1, Answer::After(gate.clone()));
        console.click("button", "Refresh").await;
        console.click("button", "Next page").await;
        console.expect_text("21–40 of 70").await;
        console.expect_rows(TABLE, "the second page", |rows| rows.len() == 20).await;
        gate.open();
        console.click("button", "Next page").await;
        console.expect_text("41–60 of 70").await;
    })
    .await;
}

#[tokio::test]
async fn filters_a_range_and_an_order_narrow_the_list_and_are_in_its_address() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_status("70 versions").await;
        console.click("button", "Unused 36").await;
        console.expect_path("/terraform-versions?is=unused").await;
        console.expect_status("Showing 36 of 70 versions").await;
        console.choose("Architecture", "has arm64").await;
        console.fill("Version range", ">= 1.3, < 1.9").await;
        console.expect_path("/terraform-versions?is=unused&arch=arm64&range=%3E%3D%201.3,%20%3C%201.9").await;
        let is_right = |rows: &[Vec<String>]| {
            !rows.is_empty()
                && rows.iter().all(|row| row[0].starts_with("1.") && row[2].contains("arm64") && row[3] == "not used")
        };
        console.expect_rows(TABLE, "those", is_right).await;
        console.fill("Version range", ">= one").await;
        console.expect_alert("one").await;
        console.back().await;
        console.back().await;
        console.expect_path("/terraform-versions?is=unused").await;
        console.click("button", "Clear filters").await;
        console.click("button", "Usage").await;
        console.expect_path("/terraform-versions?sort=-usage").await;
        console.expect_rows(TABLE, "the most used first", |rows| rows[0][3] == "118 workspaces").await;
    })
    .await;
}

#[tokio::test]
async fn a_first_load_that_takes_long_says_so() {
    journey(Seed::Demo, async |console| {
        let gate = Gate::closed();
        console.front().answer(Method::GET, LIST, 1, Answer::After(gate.clone()));
        console.start_at("/terraform-versions").await;
        console.expect_status("Loading Terraform versions…").await;
        gate.open();
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
    })
    .await;
}

#[tokio::test]
async fn the_page_of_a_version_has_everything_and_opens_from_the_list() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.fill("Search versions", "0.11.8").await;
        console.click("link", "0.11.8").await;
        console.expect_heading("Terraform 0.11.8").await;
        console.expect_focus("heading", "Terraform 0.11.8").await;
        for text in ["tool-L4oe7rNwn7J4E5Yr", "not used", "https://releases.hashicorp.com/terraform/0.11.8/"] {
            console.expect_text(text).await;
        }
        for button in ["Copy URL", "Copy SHA-256", "Copy id"] {
            console.expect("button", button).await;
        }
        console.expect("table", "Architectures").await;
        console.back().await;
        console.expect_heading("Terraform versions").await;
        console.expect_value("Search versions", "0.11.8").await;
    })
    .await;
}
