//! Installations that differ: old ones, large ones, and those that answer a little less.

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Answer, LIST, Seed, journey};
use serde_json::{Value, json};

const TABLE: &str = "Terraform versions";
const ACCOUNT: &str = "/api/v2/account/details";
const ALWAYS: usize = usize::MAX;

#[tokio::test]
async fn ten_thousand_versions_are_paged_through_as_seventy_are() {
    journey(Seed::Synthetic(10_000), async |console| {
        console.start_at("/terraform-versions?page=100&size=100").await;
        console.expect_text("9,901–10,000 of 10,000").await;
        console.expect_rows(TABLE, "a hundred rows", |rows| rows.len() == 100).await;
        console.click("button", "Previous page").await;
        console.expect_text("9,801–9,900 of 10,000").await;
        console.fill("Search versions", "6.39.0-beta2").await;
        console.expect_rows(TABLE, "the one", |rows| rows.len() == 1 && rows[0][0] == "6.39.0-beta2").await;
    })
    .await;
}

#[tokio::test]
async fn an_installation_that_does_not_tell_whose_token_it_is_can_be_used() {
    journey(Seed::Demo, async |console| {
        console.expect_logged("status of 404");
        console.front().answer(Method::GET, ACCOUNT, ALWAYS, Answer::status(404));
        console.open("/terraform-versions").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_status("does not tell whether the token is an administrator's").await;
        console.expect_text("Role unknown").await;
        console.expect_rows(TABLE, "the first page", |rows| rows.len() == 20).await;
        console.open("/terraform-versions/tool-0000000000000000").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_text("The installation does not tell which.").await;
    })
    .await;
}

#[tokio::test]
async fn an_installation_of_2018_lists_shows_and_changes_its_versions() {
    journey(Seed::Demo, async |console| {
        let version = old_version();
        let list =
            json!({"data": [version], "meta": {"pagination": {"current-page": 1, "total-pages": 1, "total-count": 1}}});
        let path = console.site().path_of("tool-old");
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::json(200, &list));
        console.front().answer(Method::GET, &path, ALWAYS, Answer::json(200, &json!({"data": version})));
        let mut saved = version.clone();
        saved["attributes"]["beta"] = json!(true);
        console.front().answer(Method::PATCH, &path, 1, Answer::json(200, &json!({"data": saved})));
        console.start_at("/terraform-versions").await;
        console.expect_rows(TABLE, "the version", |rows| rows[0][2] == "amd64" && rows[0][4] == "unknown").await;
        console.click("link", "0.11.7").await;
        console.expect_heading("Terraform 0.11.7").await;
        console.expect_no("table", "Architectures").await;
        console.click("link", "Edit").await;
        console.expect_disabled("checkbox", "Deprecated", "does not know deprecated versions").await;
        console.tick("Beta").await;
        console.click("button", "Save changes").await;
        console.expect_status("was saved").await;
        let sent = console.front().calls(&Method::PATCH);
        assert_eq!(sent[0].body["data"]["attributes"], json!({"beta": true}));
    })
    .await;
}

#[tokio::test]
async fn an_installation_that_does_not_page_shows_all_it_has() {
    journey(Seed::Demo, async |console| {
        let (_, all) = console.site().ask(Method::GET, &format!("{LIST}?page%5Bsize%5D=30"), None).await;
        let list = json!({"data": all["data"]});
        console.front().answer(Method::GET, LIST, ALWAYS, Answer::json(200, &list));
        console.start_at("/terraform-versions").await;
        console.expect_text("of 30").await;
        console.expect_no_alert().await;
    })
    .await;
}

#[tokio::test]
async fn a_redirect_to_a_sign_in_page_is_not_followed_and_told() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let elsewhere = Answer::Text(302, vec![("location", "/api/v2/sign-in")], String::new());
        console.front().answer(Method::GET, LIST, ALWAYS, elsewhere);
        console.click("button", "Refresh").await;
        console.expect_alert("often the sign-in page of a network or proxy").await;
        let asked = console.front().calls(&Method::GET);
        assert!(asked.iter().all(|call| !call.path.ends_with("sign-in")), "{asked:?}");
    })
    .await;
}

/// The second sample of the specification, without the attributes that were added later.
fn old_version() -> Value {
    json!({
        "id": "tool-old",
        "type": "terraform-versions",
        "attributes": {
            "version": "0.11.7",
            "url": "https://releases.hashicorp.com/terraform/0.11.7/terraform_0.11.7_linux_amd64.zip",
            "sha": "6b8ce67647a59b2a3f70199c304abca0ddec0e49fd060944c26f666298e23418",
            "official": true,
            "enabled": true,
            "beta": false,
            "usage": 2,
            "created-at": null
        }
    })
}
