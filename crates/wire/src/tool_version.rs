//! The resource of the Admin Terraform Versions API and of its twins for OPA and Sentinel (facts.md 1.7), with the
//! attributes of 2018 and of today.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{Resource, tolerant};

/// A version of Terraform, OPA or Sentinel that the installation knows.
pub type ToolVersion = Resource<ToolVersionAttributes>;

/// The attributes of a response. An attribute that an older installation does not have is `None` and is not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ToolVersionAttributes {
    /// `N.N.N`, with a pre-release or a bundle suffix; any other text is possible and is shown as it is.
    #[serde(deserialize_with = "tolerant::text")]
    pub version: String,
    /// Where the zip of the linux/amd64 binary is downloaded; `null` where only `archs` says.
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    pub url: Option<String>,
    /// The SHA-256 of that zip, in hexadecimal digits. The server does not check it.
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    pub sha: Option<String>,
    /// Whether this is an official release. An official version cannot be deleted.
    #[serde(default, deserialize_with = "tolerant::boolean_or_false")]
    pub official: bool,
    /// Whether workspaces may use it.
    #[serde(default = "yes", deserialize_with = "tolerant::boolean_or_true")]
    pub enabled: bool,
    /// Whether it is a beta release.
    #[serde(default, deserialize_with = "tolerant::boolean_or_false")]
    pub beta: bool,
    /// Whether new uses are warned against. Since v202201-1.
    #[serde(default, deserialize_with = "tolerant::optional_boolean", skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// Why; `Some(None)` is `null`, which is sent whenever the version is not deprecated. Since v202201-1.
    #[serde(default, deserialize_with = "tolerant::present_text", skip_serializing_if = "Option::is_none")]
    pub deprecated_reason: Option<Option<String>>,
    /// How many workspaces use it; `None` where the installation does not count.
    #[serde(default, deserialize_with = "tolerant::optional_count")]
    pub usage: Option<u64>,
    /// ISO 8601 in UTC; `null` for versions that came with the installation.
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    pub created_at: Option<String>,
    /// The binaries by architecture, as the installation lists them: an empty list, two of one architecture, and one
    /// that contradicts `url` and `sha` are possible. Since 1.0.0 (2025).
    #[serde(default, deserialize_with = "tolerant::optional_objects", skip_serializing_if = "Option::is_none")]
    pub archs: Option<Vec<Arch>>,
}

/// The binary for one operating system and architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arch {
    /// Where the zip is downloaded.
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    pub url: Option<String>,
    /// The SHA-256 of that zip.
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    pub sha: Option<String>,
    /// Always `linux` so far.
    #[serde(default = "linux", deserialize_with = "text_or_linux")]
    pub os: String,
    /// `amd64`, `arm64` or `s390x`.
    #[serde(default = "amd64", deserialize_with = "text_or_amd64")]
    pub arch: String,
}

/// The attributes of `POST /admin/terraform-versions`. `None` is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CreateToolVersion {
    /// See [`ToolVersionAttributes::version`].
    pub version: String,
    /// See [`ToolVersionAttributes::url`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// See [`ToolVersionAttributes::sha`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha: Option<String>,
    /// Default `false`.
    #[serde(default)]
    pub official: bool,
    /// Default `true`.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Default `false`.
    #[serde(default)]
    pub beta: bool,
    /// Written only for a deprecated version: older installations do not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// Written only with `deprecated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated_reason: Option<String>,
    /// The binaries by architecture, in place of `url` and `sha` or beside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archs: Option<Vec<Arch>>,
}

/// The attributes of `PATCH /admin/terraform-versions/:id`: `None` keeps the previous value and is not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct UpdateToolVersion {
    /// See [`ToolVersionAttributes::version`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// See [`ToolVersionAttributes::url`]. Sent without `archs`, it leaves the version with one architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// See [`ToolVersionAttributes::sha`]. Sent without `archs`, it leaves the version with one architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha: Option<String>,
    /// See [`ToolVersionAttributes::official`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<bool>,
    /// See [`ToolVersionAttributes::enabled`]. A version in use cannot be disabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// See [`ToolVersionAttributes::beta`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beta: Option<bool>,
    /// See [`ToolVersionAttributes::deprecated`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// `Some(None)` writes `null`, which takes the reason away.
    #[serde(default, deserialize_with = "tolerant::present_text", skip_serializing_if = "Option::is_none")]
    pub deprecated_reason: Option<Option<String>>,
    /// Replaces the whole list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archs: Option<Vec<Arch>>,
}

fn yes() -> bool {
    true
}

fn linux() -> String {
    "linux".to_owned()
}

fn amd64() -> String {
    "amd64".to_owned()
}

fn text_or_linux<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    tolerant::optional_text(deserializer).map(|it| it.unwrap_or_else(linux))
}

fn text_or_amd64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    tolerant::optional_text(deserializer).map(|it| it.unwrap_or_else(amd64))
}
