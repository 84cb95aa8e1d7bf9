//! The resource of the Admin Terraform Versions API and of its twins for OPA and Sentinel (facts.md 1.7), with the attributes of 2018 and of today.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{AnyJson, FromJson, Resource};

/// A version of Terraform, OPA or Sentinel that the installation knows.
pub type ToolVersion = Resource<ToolVersionAttributes>;

/// The attributes of an answer. An attribute that an older installation does not have is `None` and is not written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ToolVersionAttributes {
    /// `N.N.N`, with a pre-release or a bundle suffix; any other text is possible and is shown as it came.
    pub version: String,
    /// Where the zip of the linux/amd64 binary is downloaded; `null` where only `archs` says.
    pub url: Option<String>,
    /// The SHA-256 of that zip, in hexadecimal digits. The server does not check it.
    pub sha: Option<String>,
    /// Whether this is an official release. An official version cannot be deleted.
    pub official: bool,
    /// Whether workspaces may use it.
    pub enabled: bool,
    /// Whether it is a beta release.
    pub beta: bool,
    /// Whether new uses are warned against. Since v202201-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    /// Why; `Some(None)` is `null`, which is sent whenever the version is not deprecated. Since v202201-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deprecated_reason: Option<Option<String>>,
    /// How many workspaces use it; `None` where the installation does not count.
    pub usage: Option<u64>,
    /// ISO 8601 in UTC; `null` for versions that came with the installation.
    pub created_at: Option<String>,
    /// The binaries by architecture. Since 1.0.0 (2025).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archs: Option<Vec<Arch>>,
}

impl FromJson for ToolVersionAttributes {
    fn from_json(json: &AnyJson) -> Option<Self> {
        Some(Self {
            version: json.get("version")?.text()?.to_owned(),
            url: json.optional_text("url")?,
            sha: json.optional_text("sha")?,
            official: json.optional_bool("official")?.unwrap_or(false),
            enabled: json.optional_bool("enabled")?.unwrap_or(true),
            beta: json.optional_bool("beta")?.unwrap_or(false),
            deprecated: json.optional_bool("deprecated")?,
            deprecated_reason: match json.get("deprecated-reason") {
                None => None,
                Some(_) => Some(json.optional_text("deprecated-reason")?),
            },
            usage: json.optional_count("usage")?,
            created_at: json.optional_text("created-at")?,
            archs: match json.get("archs") {
                None | Some(AnyJson::Null) => None,
                Some(archs) => Some(Vec::from_json(archs)?),
            },
        })
    }
}

/// The binary for one operating system and architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arch {
    /// Where the zip is downloaded.
    #[serde(default)]
    pub url: Option<String>,
    /// The SHA-256 of that zip.
    #[serde(default)]
    pub sha: Option<String>,
    /// Always `linux` so far.
    #[serde(default = "linux")]
    pub os: String,
    /// `amd64`, `arm64` or `s390x`.
    #[serde(default = "amd64")]
    pub arch: String,
}

impl FromJson for Arch {
    fn from_json(json: &AnyJson) -> Option<Self> {
        matches!(json, AnyJson::Object(_)).then_some(())?;
        Some(Self {
            url: json.optional_text("url")?,
            sha: json.optional_text("sha")?,
            os: json.optional_text("os")?.unwrap_or_else(linux),
            arch: json.optional_text("arch")?.unwrap_or_else(amd64),
        })
    }
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
    #[serde(default, deserialize_with = "present_text", skip_serializing_if = "Option::is_none")]
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

/// Text or `null`, where it matters whether the member was there at all: `None` is missing, `Some(None)` is `null`.
fn present_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
