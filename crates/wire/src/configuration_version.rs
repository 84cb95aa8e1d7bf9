//! The legacy Configuration Versions API: what a create sends and what create and latest answer (facts.md 3.2, 3.3).

use serde::{Serialize, Serializer};

use crate::{AnyJson, FromJson};

/// Keys and values, in the order in which they were entered or read. On the wire an object of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap(pub Vec<(String, String)>);

/// The body of `POST …/versions`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NewConfigurationVersion {
    /// The attributes, in the member that the specification names so.
    pub version: CreateConfigurationVersion,
}

/// The attributes of a create. What is empty is not written: both are optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CreateConfigurationVersion {
    /// Anything worth to be kept with the version, for example `git_branch`.
    #[serde(skip_serializing_if = "TextMap::is_empty")]
    pub metadata: TextMap,
    /// Terraform variables; a value has up to 256 kB.
    #[serde(skip_serializing_if = "TextMap::is_empty")]
    pub variables: TextMap,
}

/// What a create answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreatedConfigurationVersion {
    /// The number of the version, counted for each configuration.
    pub version: u64,
    /// The absolute URL that the archive is `PUT` to. It is a secret: whoever knows it can upload.
    pub upload_path: String,
    /// Names the upload, for its progress. The last segment of the path where a server leaves it out.
    pub token: String,
}

/// What `GET …/versions/latest` answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LatestConfigurationVersion {
    /// The version, in a member that has the same name as its number.
    pub version: ConfigurationVersion,
}

/// A configuration version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ConfigurationVersion {
    /// Its number.
    pub version: u64,
    /// As it was sent.
    pub metadata: TextMap,
    /// Variables as newer clients send them, in place of `variables`.
    pub tf_vars: Vec<TfVar>,
    /// As they were sent.
    pub variables: TextMap,
}

/// A Terraform variable that may be HCL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TfVar {
    /// Its name.
    pub key: String,
    /// Its value: a text, or HCL if `hcl` says so.
    pub value: String,
    /// Whether the value is HCL: so are lists, maps and everything else that is no text.
    pub hcl: bool,
}

impl TextMap {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for TextMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl FromJson for TextMap {
    /// `null` and an empty array, which some languages write for an empty map, are an empty map.
    fn from_json(json: &AnyJson) -> Option<Self> {
        match json {
            AnyJson::Null => Some(Self::default()),
            AnyJson::List(items) if items.is_empty() => Some(Self::default()),
            AnyJson::Object(members) => {
                Some(Self(members.iter().map(|(key, value)| (key.clone(), scalar(value))).collect()))
            }
            _ => None,
        }
    }
}

impl FromJson for CreatedConfigurationVersion {
    fn from_json(json: &AnyJson) -> Option<Self> {
        let upload_path = json.get("upload_path")?.text()?.to_owned();
        let token = json.optional_text("token")?;
        let token = token.or_else(|| upload_path.rsplit('/').next().map(str::to_owned))?;
        Some(Self { version: json.get("version")?.count()?, upload_path, token })
    }
}

impl FromJson for LatestConfigurationVersion {
    fn from_json(json: &AnyJson) -> Option<Self> {
        Some(Self { version: ConfigurationVersion::from_json(json.get("version")?)? })
    }
}

impl FromJson for ConfigurationVersion {
    fn from_json(json: &AnyJson) -> Option<Self> {
        let member = |name| json.get(name).unwrap_or(&AnyJson::Null);
        Some(Self {
            version: json.get("version")?.count()?,
            metadata: TextMap::from_json(member("metadata"))?,
            tf_vars: match member("tf_vars") {
                AnyJson::Null => Vec::new(),
                vars => Vec::from_json(vars)?,
            },
            variables: TextMap::from_json(member("variables"))?,
        })
    }
}

impl FromJson for TfVar {
    fn from_json(json: &AnyJson) -> Option<Self> {
        Some(Self {
            key: json.get("key")?.text()?.to_owned(),
            value: json.get("value").map(scalar).unwrap_or_default(),
            hcl: json.optional_bool("hcl")?.unwrap_or(false),
        })
    }
}

/// A value as text, also where a server did not keep it as one. What has no short text is named by its kind, so that the
/// others can be read.
fn scalar(json: &AnyJson) -> String {
    let text = match json {
        AnyJson::Null => "",
        AnyJson::Bool(true) => "true",
        AnyJson::Bool(false) => "false",
        AnyJson::Text(text) => text,
        AnyJson::Fraction(_) => "(a number)",
        AnyJson::List(_) => "(a list)",
        AnyJson::Object(_) => "(an object)",
    };
    text.to_owned()
}
