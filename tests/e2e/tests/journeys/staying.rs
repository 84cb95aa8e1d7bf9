//! What stays when pages come and go: nothing in memory, and the place on the page.

use e2e::{ADMIN_TOKEN, Console, Seed, journey};
use serde_json::{Value, json};

/// Round trips between two pages: a leak of one node in each would be seen.
const TRIPS: usize = 10;

/// What may come and go by itself.
const SLACK: f64 = 8.0;

#[tokio::test]
async fn going_to_the_form_and_back_leaves_nothing_behind() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let there_and_back = async || {
            follow(console, "Add version", "Add a Terraform version").await;
            follow(console, "Cancel", "Terraform versions").await;
        };
        leaves_nothing(console, there_and_back).await;
    })
    .await;
}

#[tokio::test]
async fn going_to_a_version_and_back_leaves_nothing_behind() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let there_and_back = async || {
            follow(console, "1.13.5", "Terraform 1.13.5").await;
            follow(console, "Terraform versions", "Terraform versions").await;
        };
        leaves_nothing(console, there_and_back).await;
    })
    .await;
}

#[tokio::test]
async fn going_to_a_new_configuration_version_and_back_leaves_nothing_behind() {
    journey(Seed::Demo, async |console| {
        // Nothing was pushed to the configuration yet.
        console.expect_logged("status of 404");
        console.start_at("/configurations/hashicorp/atlas").await;
        console.expect_heading("hashicorp/atlas").await;
        let there_and_back = async || {
            follow(console, "New configuration version", "New configuration version").await;
            follow(console, "Cancel", "hashicorp/atlas").await;
        };
        leaves_nothing(console, there_and_back).await;
    })
    .await;
}

#[tokio::test]
async fn back_and_a_reload_lead_to_the_same_place_of_the_list() {
    journey(Seed::Demo, async |console| {
        console.open("/terraform-versions?size=100").await;
        console.tick("Keep me connected in this tab").await;
        console.connect(ADMIN_TOKEN).await;
        console.expect_rows("Terraform versions", "all", |rows| rows.len() == 70).await;
        let scroll = "scrollTo({ top: 900, behavior: 'instant' })";
        console.until("scrolling", async || console.script(scroll, Vec::new()).await).await;
        is_scrolled_to(console, 900.0).await;
        follow(console, "0.11.8", "Terraform 0.11.8").await;
        is_scrolled_to(console, 0.0).await;
        console.back().await;
        console.expect_heading("Terraform versions").await;
        is_scrolled_to(console, 900.0).await;
        console.reload().await;
        console.expect_rows("Terraform versions", "all", |rows| rows.len() == 70).await;
        is_scrolled_to(console, 900.0).await;
    })
    .await;
}

async fn is_scrolled_to(console: &Console, pixels: f64) {
    let what = format!("the page scrolled by {pixels} pixels");
    let scrolled = async || match console.script("return scrollY", Vec::new()).await?.as_f64() {
        Some(found) if (found - pixels).abs() <= 1.0 => Ok(()),
        found => Err(format!("it is scrolled by {found:?}")),
    };
    console.until(&what, scrolled).await;
}

/// Fails if what is alive in the page grows with the round trips.
async fn leaves_nothing(console: &Console, there_and_back: impl AsyncFn()) {
    // The message about the connection would go away by itself meanwhile.
    console.click("button", "Dismiss").await;
    // What is made once for each page is there after the first trips.
    for _ in 0..3 {
        there_and_back().await;
    }
    let before = console.alive().await;
    for _ in 0..TRIPS {
        there_and_back().await;
    }
    let after = console.alive().await;
    let (nodes, listeners) = (after.nodes - before.nodes, after.listeners - before.listeners);
    assert!(
        nodes <= SLACK && listeners <= SLACK,
        "{TRIPS} round trips left {nodes} nodes and {listeners} listeners behind"
    );
}

/// Follows the link of that text and waits for the page with that heading and all its rows. With scripts alone:
/// WebDriver keeps every element that it has found.
async fn follow(console: &Console, link: &str, heading: &str) {
    let script = "const link = Array.from(document.querySelectorAll('a[href]'))
          .find((it) => it.checkVisibility() && it.innerText.trim() === arguments[0]);
        link?.click();
        return link !== undefined";
    console
        .until(&format!("the link “{link}”"), async || match console.script(script, vec![json!(link)]).await? {
            Value::Bool(true) => Ok(()),
            _ => Err("there is none".to_owned()),
        })
        .await;
    let script = "return document.querySelector('h1')?.innerText === arguments[0]
        && document.querySelector('[aria-busy=true]') === null && !document.body.innerText.includes('Loading')
        && (arguments[0] !== 'Terraform versions' || document.querySelectorAll('tbody tr').length === 20)";
    console
        .until(&format!("“{heading}”, loaded"), async || {
            match console.script(script, vec![json!(heading)]).await? {
                Value::Bool(true) => Ok(()),
                _ => Err("it is not there yet".to_owned()),
            }
        })
        .await;
}
