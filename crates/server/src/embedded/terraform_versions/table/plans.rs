//! What SQLite does for each list, by its own account.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use rusqlite::params_from_iter;

use super::*;
use crate::{Seed, seed::plant, store::migrations};

const PAGE_AT_THE_END: [&str; 3] = ["1.5", "20", "9980"];

/// The steps of SQLite's plan for a statement on 10,000 versions.
fn plan(statement: &str, values: &[&str]) -> Vec<String> {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations::run(&mut connection, |transaction, _| plant(transaction, Seed::Synthetic(10_000))).unwrap();
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
    let steps = explained.query_map(params_from_iter(values), |row| row.get("detail")).unwrap();
    steps.map(Result::unwrap).collect()
}

#[test]
fn the_rows_of_a_page_are_found_in_an_index_and_only_they_are_read() {
    for selection in [Selection::All, Selection::Containing("1.5".to_owned())] {
        assert_eq!(
            plan(&page_statement(&selection), &PAGE_AT_THE_END),
            [
                "CO-ROUTINE page",
                "SCAN terraform_versions USING COVERING INDEX terraform_versions_in_order",
                "SCAN page",
                "SEARCH all_versions USING INTEGER PRIMARY KEY (rowid=?)",
                "USE TEMP B-TREE FOR ORDER BY",
            ]
        );
    }
}

#[test]
fn a_version_is_found_by_its_number_and_its_id_without_a_scan() {
    let exactly = Selection::Exactly("1.5.7".to_owned());
    for (statement, values) in [
        (page_statement(&exactly), PAGE_AT_THE_END.as_slice()),
        (count_statement(&exactly), &["1.5.7"]),
        (READ.to_owned(), &["tool-1"]),
        (ID_OF.to_owned(), &["1.5.7"]),
        (DELETE.to_owned(), &["tool-1"]),
        ("SELECT coalesce(max(position), 0) + 1 FROM terraform_versions".to_owned(), &[]),
    ] {
        let steps = plan(&statement, values);
        let first = steps.iter().find(|step| step.contains(" terraform_versions")).unwrap();
        assert!(first.starts_with("SEARCH terraform_versions USING "), "{statement}: {steps:?}");
    }
}

#[test]
fn a_count_walks_an_index_and_not_the_table() {
    for selection in [Selection::All, Selection::Containing("1.5".to_owned())] {
        let steps = plan(&count_statement(&selection), &["1.5"]);
        assert_eq!(steps.len(), 1, "{steps:?}");
        assert!(steps[0].starts_with("SCAN terraform_versions USING COVERING INDEX "), "{steps:?}");
    }
}
