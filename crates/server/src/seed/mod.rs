//! What an empty store is filled with.

mod demo;
mod synthetic;

use std::str::FromStr;

use rusqlite::Connection;
use thiserror::Error;
use wire::Arch;

use crate::{
    embedded::{Version, table},
    tokens::{digest, hexadecimal},
};

/// What to fill an empty store with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// 70 versions that read like a real installation's; the first two are those of the specification.
    Demo,
    /// Nothing.
    Empty,
    /// So many made-up versions, at most [`Seed::MOST`].
    Synthetic(u32),
}

/// The text is no seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("expected demo, empty or a number of versions up to {}", Seed::MOST)]
pub struct UnknownSeed;

impl Seed {
    /// The most made-up versions.
    pub const MOST: u32 = 1_000_000;
}

impl FromStr for Seed {
    type Err = UnknownSeed;

    fn from_str(text: &str) -> Result<Self, UnknownSeed> {
        match text {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            number => number.parse().ok().filter(|count| *count <= Self::MOST).map(Self::Synthetic).ok_or(UnknownSeed),
        }
    }
}

/// Adds the versions of the seed. The store must have none.
pub(crate) fn plant(connection: &Connection, seed: Seed) -> rusqlite::Result<()> {
    let versions: Box<dyn Iterator<Item = Version>> = match seed {
        Seed::Demo => Box::new(demo::versions()),
        Seed::Empty => return Ok(()),
        Seed::Synthetic(count) => Box::new(synthetic::versions(count)),
    };
    for version in versions {
        table::insert(connection, &version)?;
    }
    Ok(())
}

/// A made-up digest or id that is always the same for the same text: SHA-256 in hexadecimal digits.
fn made_up(text: &str) -> String {
    hexadecimal(&digest(text))
}

fn id_of(version: &str) -> String {
    format!("tool-{}", made_up(version).chars().take(16).collect::<String>())
}

fn linux(arch: &str, url: String, sha: String) -> Arch {
    Arch { url: Some(url), sha: Some(sha), os: "linux".to_owned(), arch: arch.to_owned() }
}

fn official_url(version: &str, arch: &str) -> String {
    format!("https://releases.hashicorp.com/terraform/{version}/terraform_{version}_linux_{arch}.zip")
}

fn custom_url(version: &str, arch: &str) -> String {
    format!("https://artifacts.acme.example/terraform/terraform_{version}_linux_{arch}.zip")
}
