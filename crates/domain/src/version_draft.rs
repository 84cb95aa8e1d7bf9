//! What is typed into the form of a version, and what becomes of it: problems, changes, and the request.
//!
//! Plain Rust: no signals and no DOM, so that all of it runs in host tests.

use wire::{CreateToolVersion, ToolVersionAttributes, UpdateToolVersion};

use crate::tool_versions::{check_sha, check_url, check_version};

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// "Version"
    Version,
    /// "URL"
    Url,
    /// "SHA-256"
    Sha,
    /// "Official"
    Official,
    /// "Enabled"
    Enabled,
    /// "Beta"
    Beta,
    /// "Deprecated"
    Deprecated,
    /// "Deprecation reason"
    Reason,
}

impl Field {
    /// Every field, in the form's order.
    pub const ALL: [Self; 8] = [
        Self::Version,
        Self::Url,
        Self::Sha,
        Self::Official,
        Self::Enabled,
        Self::Beta,
        Self::Deprecated,
        Self::Reason,
    ];

    /// The field's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Version => "Version",
            Self::Url => "URL",
            Self::Sha => "SHA-256",
            Self::Official => "Official",
            Self::Enabled => "Enabled",
            Self::Beta => "Beta",
            Self::Deprecated => "Deprecated",
            Self::Reason => "Deprecation reason",
        }
    }

    /// The API's attribute, which is also the id of the element.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Url => "url",
            Self::Sha => "sha",
            Self::Official => "official",
            Self::Enabled => "enabled",
            Self::Beta => "beta",
            Self::Deprecated => "deprecated",
            Self::Reason => "deprecated-reason",
        }
    }
}

/// A field with the sentence that says what is wrong with it.
pub type Problem = (Field, String);

/// A field that the edit will change, with its texts before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// What it is now.
    pub now: String,
    /// What it will be.
    pub new: String,
}

/// The form as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionDraft {
    /// "Version"
    pub version: String,
    /// "URL"
    pub url: String,
    /// "SHA-256"
    pub sha: String,
    /// "Official"
    pub official: bool,
    /// "Enabled"
    pub enabled: bool,
    /// "Beta"
    pub beta: bool,
    /// "Deprecated"
    pub deprecated: bool,
    /// "Deprecation reason"; kept, but without effect, while not deprecated.
    pub reason: String,
}

impl Default for VersionDraft {
    /// A new version, with the API's defaults.
    fn default() -> Self {
        Self {
            version: String::new(),
            url: String::new(),
            sha: String::new(),
            official: false,
            enabled: true,
            beta: false,
            deprecated: false,
            reason: String::new(),
        }
    }
}

impl From<&ToolVersionAttributes> for VersionDraft {
    fn from(known: &ToolVersionAttributes) -> Self {
        Self {
            version: known.version.clone(),
            url: known.url.clone().unwrap_or_default(),
            sha: known.sha.clone().unwrap_or_default(),
            official: known.official,
            enabled: known.enabled,
            beta: known.beta,
            deprecated: known.deprecated.unwrap_or(false),
            reason: known.deprecated_reason.clone().flatten().unwrap_or_default(),
        }
    }
}

impl VersionDraft {
    /// The request that adds this version.
    ///
    /// # Errors
    /// Every field that is not right yet.
    pub fn to_create(&self) -> Result<CreateToolVersion, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut checked =
            |field| self.checked(field).map_err(|problem| problems.push((field, problem))).unwrap_or_default();
        let (version, url, sha) = (checked(Field::Version), checked(Field::Url), checked(Field::Sha));
        if !problems.is_empty() {
            return Err(problems);
        }
        let reason = self.effective_reason();
        Ok(CreateToolVersion {
            version,
            url: Some(url),
            sha: Some(sha),
            official: self.official,
            enabled: self.enabled,
            beta: self.beta,
            deprecated: self.deprecated.then_some(true),
            deprecated_reason: (!reason.is_empty()).then(|| reason.to_owned()),
            archs: None,
        })
    }

    /// The request that makes `known` what is typed here: only what differs from it.
    ///
    /// # Errors
    /// Every changed field that is not right yet. A field that was not touched is never wrong: the installation has
    /// it so.
    pub fn to_update(&self, known: &ToolVersionAttributes) -> Result<UpdateToolVersion, Vec<Problem>> {
        let mut update = UpdateToolVersion::default();
        let mut problems = Vec::new();
        for Change { field, .. } in self.changes(known) {
            let mut checked = || self.checked(field).map_err(|problem| problems.push((field, problem))).ok();
            match field {
                Field::Version => update.version = checked(),
                Field::Url => update.url = checked(),
                Field::Sha => update.sha = checked(),
                Field::Official => update.official = Some(self.official),
                Field::Enabled => update.enabled = Some(self.enabled),
                Field::Beta => update.beta = Some(self.beta),
                Field::Deprecated => update.deprecated = Some(self.deprecated),
                Field::Reason => {
                    let reason = self.effective_reason();
                    update.deprecated_reason = Some((!reason.is_empty()).then(|| reason.to_owned()));
                }
            }
        }
        if problems.is_empty() { Ok(update) } else { Err(problems) }
    }

    /// What differs from `known`, in the form's order.
    pub fn changes(&self, known: &ToolVersionAttributes) -> Vec<Change> {
        let known = Self::from(known);
        Field::ALL
            .into_iter()
            .map(|field| Change { field, now: known.text(field), new: self.text(field) })
            .filter(|change| change.now != change.new)
            .collect()
    }

    /// Whether the installation has saved an edit of `known`, told by what it has now: `None` if what was changed is
    /// neither as it was sent nor as it was.
    pub fn is_saved(&self, known: &ToolVersionAttributes, latest: &ToolVersionAttributes) -> Option<bool> {
        let sent = self.changes(known);
        let missing = self.changes(latest);
        let missing_at = |it: &Change| missing.iter().find(|missing| missing.field == it.field);
        if sent.iter().all(|it| missing_at(it).is_none()) {
            return Some(true);
        }
        let is_untouched = |it: &Change| missing_at(it).is_some_and(|missing| missing.now == it.now);
        sent.iter().all(is_untouched).then_some(false)
    }

    /// Whether anything was typed that a new version does not have by default.
    pub fn is_touched(&self) -> bool {
        *self != Self::default()
    }

    /// A field as a reader sees it: what would be sent, with "Yes" and "No" for checkboxes.
    fn text(&self, field: Field) -> String {
        let yes_no = |yes: bool| if yes { "Yes" } else { "No" }.to_owned();
        match field {
            Field::Version | Field::Url | Field::Sha => {
                self.checked(field).unwrap_or_else(|_| self.typed(field).trim().to_owned())
            }
            Field::Official => yes_no(self.official),
            Field::Enabled => yes_no(self.enabled),
            Field::Beta => yes_no(self.beta),
            Field::Deprecated => yes_no(self.deprecated),
            Field::Reason => self.effective_reason().to_owned(),
        }
    }

    fn typed(&self, field: Field) -> &str {
        match field {
            Field::Version => &self.version,
            Field::Url => &self.url,
            Field::Sha => &self.sha,
            _ => "",
        }
    }

    /// A text field as it would be sent.
    fn checked(&self, field: Field) -> Result<String, String> {
        match field {
            Field::Version => check_version(&self.version),
            Field::Url => check_url(&self.url),
            Field::Sha => check_sha(&self.sha),
            _ => Ok(String::new()),
        }
    }

    fn effective_reason(&self) -> &str {
        if self.deprecated { self.reason.trim() } else { "" }
    }
}
