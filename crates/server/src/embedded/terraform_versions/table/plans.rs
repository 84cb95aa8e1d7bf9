//! What SQLite does for each list, by its own account.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rusqlite::params_from_iter;

use super::*;
use crate::{Data, Seed, seed::plant, store::Store};

fn with_10_000_versions<T: Send + 'static>(look: impl FnOnce(&Connection) -> T + Send + 'static) -> T {
    let store = Store::open(&Data::Memory, |transaction, _| plant(transaction, Seed::Synthetic(10_000))).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(store.run(|connection| Ok::<_, crate::store::StoreError>(look(connection)))).unwrap()
}

/// The steps of a plan, and how many steps of SQLite's machine it takes to run the statement to its end.
fn plan(connection: &Connection, statement: &str, values: &[&str]) -> Vec<String> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
    let values = params_from_iter(values.iter());
    explained.query_map(values, |row| row.get("detail")).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_page_is_found_in_an_index_and_only_its_rows_are_read() {
    let steps =
        with_10_000_versions(|connection| plan(connection, &page_statement(&Selection::All), &["", "20", "9980"]));
    assert_eq!(
        steps,
        [
            "MATERIALIZE page",
            "SCAN terraform_versions USING COVERING INDEX terraform_versions_in_order",
            "SCAN page",
            "SEARCH all_versions USING INTEGER PRIMARY KEY (rowid=?)",
            "USE TEMP B-TREE FOR ORDER BY",
        ]
    );
}
