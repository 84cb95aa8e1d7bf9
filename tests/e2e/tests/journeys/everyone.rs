//! Every page and every dialog for everybody: by the rules of axe-core in light and dark, on a narrow screen, and with
//! large text.

use std::fs;

use axum::http::Method;
use e2e::{ADMIN_TOKEN, Answer, Console, Gate, LIST, Seed, journey};
use serde_json::json;

use crate::archives::{CREATE, choose};

/// The narrowest screen, in CSS pixels.
const NARROW: u32 = 320;

#[tokio::test]
async fn every_page_is_accessible_in_light_and_dark() {
    journey(Seed::Demo, async |console| pages(console, async |what| console.expect_accessible(what).await).await).await;
}

#[tokio::test]
async fn every_dialog_is_accessible_in_light_and_dark() {
    journey(Seed::Demo, async |console| dialogs(console, async |what| console.expect_accessible(what).await).await)
        .await;
}

#[tokio::test]
async fn no_page_is_scrolled_sideways_on_a_narrow_screen() {
    journey(Seed::Demo, async |console| {
        console.set_width(NARROW).await;
        pages(console, async |what| console.expect_no_sideways_scrolling(what).await).await;
    })
    .await;
}

#[tokio::test]
async fn no_dialog_is_scrolled_sideways_on_a_narrow_screen() {
    journey(Seed::Demo, async |console| {
        console.set_width(NARROW).await;
        dialogs(console, async |what| console.expect_no_sideways_scrolling(what).await).await;
    })
    .await;
}

#[tokio::test]
async fn no_page_is_scrolled_sideways_with_text_at_200_percent() {
    journey(Seed::Demo, async |console| {
        console.open("/").await;
        console.set_text_size(200).await;
        pages(console, async |what| console.expect_no_sideways_scrolling(what).await).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_about_many_versions_is_scrolled_sideways_on_a_narrow_screen_with_text_at_200_percent() {
    journey(Seed::Demo, async |console| {
        console.open("/").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_text("1–20 of 70").await;
        console.set_width(NARROW).await;
        console.set_text_size(200).await;
        let look = async |what: &str| console.expect_no_sideways_scrolling(what).await;
        console.click("button", "Export").await;
        console.expect("dialog", "Export versions").await;
        look("the dialog of an export").await;
        console.click("button", "Close").await;
        console.click("button", "Dismiss").await;
        console.fill("Version range", ">= one").await;
        console.expect_field_error("Version range", "one").await;
        look("the list with an error at its range").await;
        console.click("button", "Clear filters").await;
        console.fill("Search versions", "1.9.8-acme1").await;
        console.expect_status("Showing 1 of 70 versions").await;
        console.tick("Select 1.9.8-acme1").await;
        console.expect_status("1 selected").await;
        look("the list with a selection").await;
        console.click("button", "Mark official").await;
        console.expect_heading("Mark 1 version official?").await;
        look("a plan").await;
        let gate = Gate::closed();
        console.front().answer(Method::PATCH, &console.site().path_of(""), 1, Answer::After(gate.clone()));
        console.click("button", "Mark 1 version official").await;
        console.expect_heading("Marking 1 version official").await;
        look("a run").await;
        gate.open();
        console.expect_heading("Report: mark official").await;
        look("a report").await;
    })
    .await;
}

#[tokio::test]
async fn messages_cover_nothing_on_a_narrow_screen() {
    journey(Seed::Demo, async |console| {
        console.set_width(NARROW).await;
        console.open("/").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_status("Connected as").await;
        console.expect_text("1–20 of 70").await;
        for scrolled in [0, 700] {
            // Everything that is in sight with the message was in sight without it, or is moved down by its height.
            let script = "scrollTo(0, arguments[0]);
                const at = (it) => it.getBoundingClientRect();
                const shell = document.querySelector('.shell');
                const message = document.querySelector('.toast');
                const [place, height] = [at(shell).top + scrollY, at(message).height];
                return [at(message).top, Math.round(place - height), scrollY]";
            let found = console.script(script, vec![json!(scrolled)]).await;
            assert_eq!(found, Ok(json!([0, 0, scrolled])), "top of the message, its room above the page, and scrolled");
        }
    })
    .await;
}

/// Goes through every page in its states.
async fn pages(console: &Console, look: impl AsyncFn(&str)) {
    console.expect_logged("status of 4");
    console.expect_logged("status of 5");
    console.open("/").await;
    console.expect_heading("Connect").await;
    look("the page for connecting").await;
    console.connect("mistyped").await;
    console.expect_field_error("API token", "does not accept").await;
    look("the page for connecting with an error").await;

    console.connect(ADMIN_TOKEN).await;
    console.expect_text("1–20 of 70").await;
    look("the list").await;
    console.fill("Search versions", "nothing of this name").await;
    console.expect_text("No version contains").await;
    look("the list without results").await;
    console.click("button", "Clear filters").await;
    console.expect_text("1–20 of 70").await;
    let web_page = Answer::html(200, &format!("<p>{}</p>", "wide".repeat(50)));
    console.front().answer(Method::GET, LIST, usize::MAX, web_page);
    console.click("button", "Refresh").await;
    console.expect_alert("does not understand").await;
    look("the list with an error").await;
    console.front().behave();

    inventory(console, &look).await;

    console.click("link", "Add version").await;
    console.click("button", "Create version").await;
    console.expect_field_error("SHA-256", "Enter").await;
    look("the form with errors").await;
    console.click("link", "Cancel").await;

    console.click("link", "1.9.8-acme1").await;
    console.expect_heading("Terraform 1.9.8-acme1").await;
    look("the page of a version").await;
    console.click("link", "Edit").await;
    console.expect_value("Version", "1.9.8-acme1").await;
    look("the form of an edit").await;
    console.fill("URL", &format!("https://mirror.example/{}.zip", "long".repeat(30))).await;
    console.tick("Deprecated").await;
    console.fill("Deprecation reason", "Use 1.12").await;
    console.expect_rows("Changes", "three changes", |rows| rows.len() == 3).await;
    look("the form of an edit with changes").await;

    console.click("link", "Cancel").await;
    console.click("button", "Leave").await;
    console.expect_heading("Terraform 1.9.8-acme1").await;
    console.open("/terraform-versions/tool-0000000000000000").await;
    console.connect(ADMIN_TOKEN).await;
    console.expect_text("This version does not exist.").await;
    look("the page of no version").await;

    console.click("link", "Configuration versions").await;
    console.expect("field", "Username").await;
    look("opening a configuration").await;
    console.site().ask(Method::POST, CREATE, Some(json!({"version": {"variables": {"region": "eu-1"}}}))).await;
    console.fill("Username", "hashicorp").await;
    console.fill("Configuration name", "atlas").await;
    console.click("button", "Open").await;
    console.expect_text("region").await;
    look("a configuration").await;
    console.click("link", "New configuration version").await;
    console.expect_heading("New configuration version").await;
    console.click("button", "Add variable").await;
    console.click("button", "Create and upload").await;
    console.expect_text("Choose an archive or a folder.").await;
    look("a new configuration version with errors").await;
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("main.tf", "terraform {}\n"), ("._main.tf", ""), (".terraformignore", "./secrets/\n")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    choose(console, "folder", folder.path()).await;
    console.expect_text("to know before it is sent").await;
    console.unfold("List of files").await;
    look("a new configuration version with warnings").await;
}

/// Chooses versions in the list, plans a change of them, and makes it.
async fn inventory(console: &Console, look: &impl AsyncFn(&str)) {
    console.click("button", "Refresh").await;
    console.expect_status("70 versions").await;
    let is_folded = console.script("return !document.querySelector('details').open", Vec::new()).await;
    if is_folded == Ok(json!(true)) {
        console.unfold("Workspaces by minor version").await;
    }
    // Out of sight it is not drawn.
    let scroll = "document.querySelector('details').scrollIntoView(); return true";
    assert_eq!(console.script(scroll, Vec::new()).await, Ok(json!(true)));
    console.expect_text("134 workspaces").await;
    look("the list with its chart").await;
    console.fill("Version range", ">= one").await;
    console.expect_field_error("Version range", "one").await;
    look("the list with an error at its range").await;
    console.fill("Version range", "").await;
    console.expect_no_alert().await;
    console.tick("Select 1.14.0-rc1").await;
    console.press_for(20, "checkbox", "Select 1.14.0-beta1").await;
    console.fill("Version range", "< 1.14").await;
    console.expect_status("2 selected, 2 not shown").await;
    look("the list with a selection").await;
    console.click("button", "Enable").await;
    console.expect_text("Already so.").await;
    look("a plan").await;
    let gate = Gate::closed();
    console.front().answer(Method::PATCH, &console.site().path_of(""), 1, Answer::After(gate.clone()));
    console.click("button", "Enable 1 version").await;
    console.expect_heading("Enabling 1 version").await;
    console.expect_text("0 of 1").await;
    look("a run").await;
    gate.open();
    console.expect_heading("Report: enable").await;
    console.expect_status("1 done").await;
    look("a report").await;
    console.click("link", "All versions").await;
    console.click("button", "Clear selection").await;
    console.click("button", "Clear filters").await;
    console.expect_text("1–20 of 70").await;
}

/// Goes through every dialog.
async fn dialogs(console: &Console, look: impl AsyncFn(&str)) {
    console.expect_logged("status of 4");
    let id = console.site().id_of("1.3.7-acme2").await;
    console.start_at(&format!("/terraform-versions/{id}")).await;
    console.expect_heading("Terraform 1.3.7-acme2").await;
    console.click("button", "Keyboard shortcuts").await;
    console.expect("dialog", "Keyboard shortcuts").await;
    look("the list of shortcuts").await;
    console.click("button", "Close").await;

    console.site().change(&id, json!({"official": true})).await;
    console.click("button", "Delete version").await;
    console.expect("dialog", "Delete Terraform 1.3.7-acme2?").await;
    look("the question before a delete").await;
    console.click("button", "Delete").await;
    console.expect_alert("Official versions can't be removed").await;
    look("the refusal of a delete").await;
    console.click("button", "Cancel").await;

    console.click("link", "Edit").await;
    console.fill("Deprecation reason", "Mine").await;
    console.click("link", "Cancel").await;
    console.expect("dialog", "Leave without saving?").await;
    look("the question before leaving").await;
    console.click("button", "Stay").await;

    console.site().change(&id, json!({"deprecated-reason": "Theirs ".repeat(20).trim()})).await;
    console.click("button", "Save changes").await;
    console.expect("dialog", "This version was changed meanwhile").await;
    look("the two sides of a conflict").await;
    console.click("button", "Cancel").await;

    console.front().renew_token();
    console.click("button", "Save changes").await;
    console.expect("dialog", "Connect again").await;
    console.connect("mistyped").await;
    console.expect_field_error("API token", "refused").await;
    look("the question for another token").await;
}
