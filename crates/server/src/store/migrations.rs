//! The tables, as steps: each brings a database from one version of the schema to the next and is never changed.

use rusqlite::{Connection, Transaction, TransactionBehavior};

const STEPS: &[&str] =
    &[include_str!("step_1_terraform_versions.sql"), include_str!("step_2_configuration_versions.sql")];

/// Why the tables are not up to date.
#[derive(Debug)]
pub(crate) enum Failure {
    Database(rusqlite::Error),
    /// A newer program wrote it.
    Newer {
        found: usize,
        known: usize,
    },
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Takes the steps that are missing, then lets `fill` add to the tables, in one transaction that nobody shares.
pub(crate) fn run(
    connection: &mut Connection,
    fill: impl FnOnce(&Transaction<'_>, bool) -> rusqlite::Result<()>,
) -> Result<(), Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let taken: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if taken > STEPS.len() {
        return Err(Failure::Newer { found: taken, known: STEPS.len() });
    }
    for step in STEPS.iter().skip(taken) {
        transaction.execute_batch(step)?;
    }
    if taken < STEPS.len() {
        transaction.pragma_update(None, "user_version", STEPS.len())?;
    }
    fill(&transaction, taken == 0)?;
    transaction.commit()?;
    Ok(())
}
