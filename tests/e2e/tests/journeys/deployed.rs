//! The console as its operator hosts it: below a path, and set up with `config.json`.

use axum::http::Method;
use e2e::{Deployment, Seed, journey_in};

use crate::archives::{archive_of, choose};

#[tokio::test]
async fn below_a_path_every_page_is_there() {
    journey_in(Deployment::below(), Seed::Demo, async |console| {
        console.start_at("/console/terraform-versions?search=1.3.7-acme2").await;
        console.click("link", "1.3.7-acme2").await;
        console.expect_heading("Terraform 1.3.7-acme2").await;
        let path = console.path().await.unwrap();
        assert!(path.starts_with("/console/terraform-versions/tool-"), "{path}");
        console.click("link", "Edit").await;
        console.expect_value("Version", "1.3.7-acme2").await;
        console.fill("Deprecation reason", "Superseded").await;
        console.click("button", "Save changes").await;
        console.expect_path(&path).await;
        console.expect_text("Superseded").await;

        // Nothing is in memory any more, and the way back is known.
        console.reload().await;
        console.expect_heading("Connect").await;
        console.connect(e2e::ADMIN_TOKEN).await;
        console.expect_path(&path).await;
        console.expect_text("Superseded").await;
        console.open("/console").await;
        console.expect_path("/console/connect").await;
    })
    .await;
}

#[tokio::test]
async fn below_a_path_a_folder_is_packed_and_uploaded() {
    journey_in(Deployment::below(), Seed::Demo, async |console| {
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("module");
        std::fs::create_dir(&module).unwrap();
        archive_of(&module);
        console.start_at("/console/configurations/hashicorp/atlas/versions/new").await;
        console.expect_heading("New configuration version").await;
        choose(console, "folder", &module).await;
        console.expect_text("will be packed and sent").await;
        console.click("button", "Create and upload").await;
        console.expect_text("was uploaded.").await;
        console.click("link", "Upload progress").await;
        console.expect_heading("Upload progress").await;
        console.expect_text("Uploaded").await;
    })
    .await;
}

#[tokio::test]
async fn the_operators_name_for_the_installation_is_seen_everywhere() {
    journey_in(Deployment::with_config(r#"{"name": "Production"}"#), Seed::Demo, async |console| {
        console.open("/terraform-versions").await;
        console.expect_text("Production").await;
        console.connect(e2e::ADMIN_TOKEN).await;
        console.expect_text("1–20 of 70").await;
        console.expect_text("Production").await;
        let title = console.script("return document.title", Vec::new()).await.unwrap();
        assert_eq!(title, "Terraform versions · Production · tfe-console");
        console.expect_accessible("the list of an installation with a name").await;
    })
    .await;
}

#[tokio::test]
async fn a_configuration_that_leads_elsewhere_or_is_wrong_is_refused() {
    for (config, said) in [
        (r#"{"api": "https://evil.example/api"}"#, "https://evil.example/api"),
        (r#"{"api": "//evil.example/api"}"#, "must be on this page's own origin"),
        (r#"{"api": "/api", "token": "x"}"#, "The key “token” is unknown"),
        ("{\n\"name\": \"Production\",\n}", "not valid JSON, from line 3"),
    ] {
        journey_in(Deployment::with_config(config), Seed::Demo, async |console| {
            console.open("/terraform-versions").await;
            console.expect_heading("The console cannot start").await;
            console.expect_alert(said).await;
            console.expect_accessible("a console that cannot start").await;
            assert_eq!(console.front().calls(&Method::GET).len(), 0, "{config}");
        })
        .await;
    }
}

#[tokio::test]
async fn without_a_configuration_everything_is_as_usual() {
    journey_in(Deployment::without_config(), Seed::Demo, async |console| {
        console.expect_logged("config.json");
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
    })
    .await;
}

#[tokio::test]
async fn a_configuration_that_cannot_be_had_is_told_and_can_be_had_again() {
    journey_in(Deployment::usual(), Seed::Demo, async |console| {
        console.expect_logged("config.json");
        console.block(&["*/config.json"]).await;
        console.open("/terraform-versions").await;
        console.expect_heading("The console cannot start").await;
        console.expect_alert("cannot be reached").await;
        console.block(&[]).await;
        console.click("button", "Reload the page").await;
        console.expect_heading("Connect").await;
    })
    .await;
}
