//! The table of versions: every SQL statement about it.
//!
//! A page costs what it shows: the index on `position` and `version` covers the search for its rows, and only those
//! are read. The count of a list and a search by a part of a version walk that index from end to end, never the table
//! (`plans.rs` beside this file holds SQLite to it).
//! What it must not know: which versions are valid.

use rusqlite::{Connection, Error, OptionalExtension, Row, ToSql, named_params, types::Type};
use wire::Arch;

use super::Version;

const READ: &str = "SELECT * FROM terraform_versions WHERE id = ?1";
const ID_OF: &str = "SELECT id FROM terraform_versions WHERE version = ?1";
const DELETE: &str = "DELETE FROM terraform_versions WHERE id = ?1";

/// Which versions a list is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    All,
    /// The version with this number, if there is one.
    Exactly(String),
    /// The versions whose number contains this, whatever the case. No character has a special meaning.
    Containing(String),
}

impl Selection {
    fn condition(&self) -> &'static str {
        match self {
            Self::All => "?1 IS NOT NULL",
            Self::Exactly(_) => "version = ?1",
            Self::Containing(_) => "instr(lower(version), lower(?1)) > 0",
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::All => "",
            Self::Exactly(text) | Self::Containing(text) => text,
        }
    }
}

/// How many versions there are.
pub(crate) fn count(connection: &Connection, selection: &Selection) -> rusqlite::Result<u64> {
    connection.prepare_cached(&count_statement(selection))?.query_row([selection.text()], |row| row.get(0))
}

/// Up to `size` versions after the first `offset`, the one added last first.
pub(crate) fn page(
    connection: &Connection,
    selection: &Selection,
    size: u64,
    offset: u64,
) -> rusqlite::Result<Vec<Version>> {
    let limit = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(&page_statement(selection))?;
    let rows = statement.query_map((selection.text(), limit(size), limit(offset)), version)?;
    rows.collect()
}

fn count_statement(selection: &Selection) -> String {
    format!("SELECT count(*) FROM terraform_versions WHERE {}", selection.condition())
}

fn page_statement(selection: &Selection) -> String {
    format!(
        "WITH page AS (
           SELECT rowid AS row FROM terraform_versions WHERE {} ORDER BY position DESC LIMIT ?2 OFFSET ?3
         )
         SELECT all_versions.* FROM page CROSS JOIN terraform_versions AS all_versions
         ON all_versions.rowid = page.row ORDER BY all_versions.position DESC",
        selection.condition()
    )
}

/// The version with this id.
pub(crate) fn read(connection: &Connection, id: &str) -> rusqlite::Result<Option<Version>> {
    connection.prepare_cached(READ)?.query_row([id], version).optional()
}

/// The id of the version with this number.
pub(crate) fn id_of(connection: &Connection, version: &str) -> rusqlite::Result<Option<String>> {
    connection.prepare_cached(ID_OF)?.query_row([version], |row| row.get(0)).optional()
}

/// Adds a version, as the first of the list.
pub(crate) fn insert(connection: &Connection, version: &Version) -> rusqlite::Result<()> {
    write(
        connection,
        "INSERT INTO terraform_versions VALUES (
           :id, (SELECT coalesce(max(position), 0) + 1 FROM terraform_versions), :version, :archs, :official, :enabled,
           :beta, :deprecated, :deprecated_reason, :usage, :created_at
         )",
        version,
    )
}

/// Writes all of a version that is there.
pub(crate) fn update(connection: &Connection, version: &Version) -> rusqlite::Result<()> {
    write(
        connection,
        "UPDATE terraform_versions SET
           version = :version, archs = :archs, official = :official, enabled = :enabled, beta = :beta,
           deprecated = :deprecated, deprecated_reason = :deprecated_reason, usage = :usage, created_at = :created_at
         WHERE id = :id",
        version,
    )
}

fn write(connection: &Connection, statement: &str, version: &Version) -> rusqlite::Result<()> {
    let archs = serde_json::to_string(&version.archs).map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
    let values: &[(&str, &dyn ToSql)] = named_params! {
        ":id": version.id,
        ":version": version.version,
        ":archs": archs,
        ":official": version.official,
        ":enabled": version.enabled,
        ":beta": version.beta,
        ":deprecated": version.deprecated,
        ":deprecated_reason": version.deprecated_reason,
        ":usage": version.usage,
        ":created_at": version.created_at,
    };
    connection.prepare_cached(statement)?.execute(values).map(drop)
}

/// Dates a version with the time of now.
pub(crate) fn set_created_now(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    let now = "UPDATE terraform_versions SET created_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?1";
    connection.prepare_cached(now)?.execute([id]).map(drop)
}

/// Removes a version.
pub(crate) fn delete(connection: &Connection, id: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE)?.execute([id]).map(drop)
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let archs: String = row.get("archs")?;
    let archs: Vec<Arch> =
        serde_json::from_str(&archs).map_err(|error| Error::FromSqlConversionFailure(0, Type::Text, error.into()))?;
    Ok(Version {
        id: row.get("id")?,
        version: row.get("version")?,
        archs,
        official: row.get("official")?,
        enabled: row.get("enabled")?,
        beta: row.get("beta")?,
        deprecated: row.get("deprecated")?,
        deprecated_reason: row.get("deprecated_reason")?,
        usage: row.get("usage")?,
        created_at: row.get("created_at")?,
    })
}

#[cfg(test)]
mod plans;
