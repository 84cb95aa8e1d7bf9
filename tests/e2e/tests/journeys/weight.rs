//! What a browser downloads.

use e2e::{Seed, journey, project};
use serde_json::Value;

#[tokio::test]
async fn the_first_load_is_within_its_budget_and_a_second_one_downloads_only_what_can_change() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let first = console.downloads().await;
        // The pieces that follow behind the first rows have budgets of their own.
        let is_piece = |path: &str| path.starts_with("/split_") || path.starts_with("/chunk_");
        let bytes: u64 = first.iter().filter(|(path, _)| !is_piece(path)).map(|(_, bytes)| bytes).sum();
        assert!(bytes > 20_000, "this is no whole console: {first:?}");
        assert!(bytes <= budget(), "{bytes} bytes are more than the {} of the budget: {first:?}", budget());

        console.open("/terraform-versions").await;
        console.expect_heading("Connect").await;
        let second = console.downloads().await;
        let again: Vec<_> = second.iter().filter(|(_, bytes)| *bytes > 0).map(|(path, _)| path.as_str()).collect();
        // Both may have been changed by an operator.
        assert_eq!(again, ["/terraform-versions", "/config.json"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_page_comes_from_elsewhere() {
    journey(Seed::Demo, async |console| {
        console.start_at("/terraform-versions").await;
        console.expect_text("1–20 of 70").await;
        let script = "return performance.getEntriesByType('resource').map((it) => it.name)
            .filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:'))";
        assert_eq!(console.script(script, Vec::new()).await, Ok(Value::Array(Vec::new())));
    })
    .await;
}

/// The budget that `cargo xtask size` checks the files against, in bytes.
fn budget() -> u64 {
    let file = std::fs::read_to_string(project().join("size-budget.toml")).unwrap();
    let line = file.lines().find_map(|line| line.strip_prefix("first-load-brotli = ")).unwrap();
    line.trim().replace('_', "").parse().unwrap()
}
