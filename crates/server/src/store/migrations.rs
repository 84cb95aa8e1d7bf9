//! The tables, as steps: each brings a database from one version of the schema to the next and is never changed.

use rusqlite::{Connection, Transaction, TransactionBehavior};
use thiserror::Error;

use crate::tokens::{digest, hexadecimal};

const STEPS: &[Step] = &[
    Step { tables: include_str!("step_1_terraform_versions.sql"), rows: None },
    Step { tables: include_str!("step_2_configuration_versions.sql"), rows: None },
    Step { tables: include_str!("step_3_digests.sql"), rows: Some(digest_tokens) },
];

/// What changes the tables, and then the rows where SQL alone cannot.
struct Step {
    tables: &'static str,
    rows: Option<fn(&Connection) -> rusqlite::Result<()>>,
}

/// Why the tables are not up to date.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
    /// A newer program wrote it.
    #[error("the tables are of version {found}, this program knows {known}")]
    Newer { found: usize, known: usize },
}

/// Takes the steps that are missing, then lets `fill` add to the tables, in one transaction that nobody shares. Returns
/// whether any step was taken.
pub(crate) fn run(
    connection: &mut Connection,
    fill: impl FnOnce(&Transaction<'_>, bool) -> rusqlite::Result<()>,
) -> Result<bool, Failure> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let taken: usize = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if taken > STEPS.len() {
        return Err(Failure::Newer { found: taken, known: STEPS.len() });
    }
    for Step { tables, rows } in STEPS.iter().skip(taken) {
        transaction.execute_batch(tables)?;
        rows.map_or(Ok(()), |change| change(&transaction))?;
    }
    if taken < STEPS.len() {
        transaction.pragma_update(None, "user_version", STEPS.len())?;
    }
    fill(&transaction, taken == 0)?;
    transaction.commit()?;
    Ok(taken < STEPS.len())
}

/// Step 3: in place of each token its digest.
fn digest_tokens(connection: &Connection) -> rusqlite::Result<()> {
    let mut tokens = connection.prepare("SELECT id, digest FROM configuration_versions")?;
    let tokens: Vec<(i64, String)> = tokens.query_map([], |row| row.try_into())?.collect::<rusqlite::Result<_>>()?;
    let mut update = connection.prepare("UPDATE configuration_versions SET digest = ?2 WHERE id = ?1")?;
    for (id, token) in tokens {
        update.execute((id, hexadecimal(&digest(&token))))?;
    }
    Ok(())
}
