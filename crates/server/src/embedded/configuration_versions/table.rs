//! The table of configuration versions: every SQL statement about it.
//!
//! What it must not know: which uploads are under way, which is nobody's business after a restart.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Error, OptionalExtension, Row, named_params, types::Type};
use serde::{Serialize, de::DeserializeOwned};
use wire::ConfigurationVersion;

use super::{input::Attributes, names::Configuration};

const NEXT: &str = "INSERT INTO configurations (username, name, versions) VALUES (?1, ?2, 1)
     ON CONFLICT DO UPDATE SET versions = versions + 1 RETURNING versions";
const LATEST: &str = "SELECT version, metadata, tf_vars, variables FROM configuration_versions
     WHERE username = ?1 AND name = ?2 ORDER BY version DESC LIMIT 1";
const UPLOAD: &str = "SELECT * FROM configuration_versions WHERE digest = ?1";
const UPLOADED: &str = "SELECT id, size, username, name, version FROM configuration_versions WHERE size IS NOT NULL";
const EXPIRED: &str = "SELECT id, digest FROM configuration_versions WHERE size IS NULL AND expires_at <= ?1";
const DELETE: &str = "DELETE FROM configuration_versions WHERE id = ?1";
const SET_FAILURE: &str =
    "UPDATE configuration_versions SET failure = ?2 WHERE id = ?1 AND failure IS NOT ?2 AND size IS NULL";
const SET_UPLOADED: &str = "UPDATE configuration_versions SET size = ?2, sha256 = ?3, failure = NULL WHERE id = ?1";

/// What is kept of an upload.
pub(super) struct Upload {
    /// Names the archive's file.
    pub(super) id: i64,
    pub(super) username: String,
    pub(super) name: String,
    pub(super) version: u64,
    /// Seconds since 1970.
    pub(super) expires_at: u64,
    /// Size and SHA-256 of the archive, once it was uploaded.
    pub(super) archive: Option<(u64, String)>,
    /// Why the last attempt failed.
    pub(super) failure: Option<String>,
}

impl Upload {
    /// Whether the upload path is no longer valid at this time, in seconds since 1970.
    pub(super) fn has_expired(&self, now: u64) -> bool {
        now >= self.expires_at
    }
}

/// The highest id that there is, or 0.
pub(crate) fn highest_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(id), 0) FROM configuration_versions", [], |row| row.get(0))
}

/// Adds the next version of the configuration and returns its number. Nobody else has the id.
pub(super) fn insert(
    connection: &Connection,
    id: i64,
    configuration: &Configuration,
    attributes: &Attributes,
    digest: &str,
    expires_at: u64,
) -> rusqlite::Result<u64> {
    let Configuration { username, name } = configuration;
    let version: u64 = connection.prepare_cached(NEXT)?.query_row([username, name], |row| row.get(0))?;
    let insert = "INSERT INTO configuration_versions
         (id, username, name, version, digest, metadata, variables, tf_vars, expires_at)
         VALUES (:id, :username, :name, :version, :digest, :metadata, :variables, :tf_vars, :expires_at)";
    connection.prepare_cached(insert)?.execute(named_params! {
        ":id": id,
        ":username": username,
        ":name": name,
        ":version": version,
        ":digest": digest,
        ":metadata": text(&attributes.metadata)?,
        ":variables": text(&attributes.variables)?,
        ":tf_vars": text(&attributes.tf_vars)?,
        ":expires_at": i64::try_from(expires_at).unwrap_or(i64::MAX),
    })?;
    Ok(version)
}

/// The version created last, whether its archive is there or not.
pub(super) fn latest(
    connection: &Connection,
    configuration: &Configuration,
) -> rusqlite::Result<Option<ConfigurationVersion>> {
    let Configuration { username, name } = configuration;
    let mut statement = connection.prepare_cached(LATEST)?;
    let latest = statement.query_row([username, name], |row| {
        Ok(ConfigurationVersion {
            version: row.get("version")?,
            metadata: json(row, "metadata")?,
            tf_vars: json(row, "tf_vars")?,
            variables: json(row, "variables")?,
        })
    });
    latest.optional()
}

/// The upload whose token has this digest.
pub(super) fn upload(connection: &Connection, digest: &str) -> rusqlite::Result<Option<Upload>> {
    let mut statement = connection.prepare_cached(UPLOAD)?;
    let upload = statement.query_row([digest], |row| {
        let size: Option<u64> = row.get("size")?;
        let sha256: Option<String> = row.get("sha256")?;
        Ok(Upload {
            id: row.get("id")?,
            username: row.get("username")?,
            name: row.get("name")?,
            version: row.get("version")?,
            expires_at: row.get("expires_at")?,
            archive: size.zip(sha256),
            failure: row.get("failure")?,
        })
    });
    upload.optional()
}

/// Says why the last attempt failed, or that a new one began.
pub(super) fn set_failure(connection: &Connection, id: i64, failure: Option<&str>) -> rusqlite::Result<()> {
    connection.prepare_cached(SET_FAILURE)?.execute((id, failure)).map(drop)
}

/// Says that the archive is there.
pub(super) fn set_uploaded(connection: &Connection, id: i64, size: u64, sha256: &str) -> rusqlite::Result<()> {
    match connection.prepare_cached(SET_UPLOADED)?.execute((id, size, sha256))? {
        0 => Err(Error::QueryReturnedNoRows),
        _ => Ok(()),
    }
}

/// By the ids of all versions whose archive was uploaded: its size, and what people call the version, `version 6 of
/// hashicorp/atlas`.
pub(crate) fn uploaded(connection: &Connection) -> rusqlite::Result<HashMap<i64, (u64, String)>> {
    let mut uploaded = connection.prepare_cached(UPLOADED)?;
    let uploaded = uploaded.query_map([], |row| {
        let (id, size, username, name, version): (i64, u64, String, String, u64) = row.try_into()?;
        Ok((id, (size, format!("version {version} of {username}/{name}"))))
    })?;
    uploaded.collect()
}

/// Removes the versions whose upload path expired without an archive, unless their upload is under way.
pub(crate) fn remove_expired(connection: &Connection, now: u64, under_way: &HashSet<String>) -> rusqlite::Result<()> {
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    let mut expired = connection.prepare_cached(EXPIRED)?;
    let expired: Vec<(i64, String)> =
        expired.query_map([now], |row| row.try_into())?.collect::<rusqlite::Result<_>>()?;
    let mut delete = connection.prepare_cached(DELETE)?;
    for (id, digest) in expired {
        if !under_way.contains(&digest) {
            delete.execute([id])?;
        }
    }
    Ok(())
}

fn text(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}
