//! Which server answers (`GET /ping`, facts.md 1.7): told by the headers of its answer alone.

use super::{Client, Result};

/// What a server says of itself. Each member is there only if it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Server {
    /// What it is: `Terraform Enterprise`.
    pub name: Option<String>,
    /// Its release: `v202411-1`.
    pub version: Option<String>,
    /// The host of the installation, where it is forwarded to.
    pub host: Option<String>,
}

/// Asks the server that has the API.
///
/// # Errors
/// As for every call: there are installations without it.
pub async fn read(client: &Client) -> Result<Server> {
    let answer = client.read("/ping").await?;
    let header = |name| answer.header(name).filter(|value| !value.trim().is_empty()).map(str::to_owned);
    Ok(Server { name: header("TFP-AppName"), version: header("X-TFE-Version"), host: header("X-Tfe-Console-Upstream") })
}

impl Server {
    /// In words: "Terraform Enterprise v202411-1 at tfe.example.com". `None` if it says nothing.
    pub fn title(&self) -> Option<String> {
        let mut words: Vec<&str> = [&self.name, &self.version].into_iter().flatten().map(String::as_str).collect();
        match &self.host {
            Some(host) if words.is_empty() => return Some(host.clone()),
            Some(host) => words.extend(["at", host]),
            None if words.is_empty() => return None,
            None => {}
        }
        Some(words.join(" "))
    }
}
