//! The legacy Configuration Versions API: the request and response of a create, and the latest version (facts.md 3.2, 3.3).

use serde::{Deserialize, Serialize, Serializer};

use crate::tolerant;

/// Keys and values, in the order in which they were entered or read. On the wire an object of texts; values that a
/// server did not keep as texts are read as if they were, and lists and objects are named by their kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct TextMap(#[serde(deserialize_with = "tolerant::texts")] pub Vec<(String, String)>);

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

/// The response to a create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "CreatedBody")]
pub struct CreatedConfigurationVersion {
    /// The number of the version, counted for each configuration.
    pub version: u64,
    /// The absolute URL that the archive is `PUT` to. It is a secret: whoever knows it can upload.
    pub upload_path: String,
    /// Names the upload, for its progress. The last segment of the path where a server leaves it out.
    pub token: String,
}

/// The response to a create as it is written.
#[derive(Deserialize)]
struct CreatedBody {
    #[serde(deserialize_with = "tolerant::count")]
    version: u64,
    #[serde(deserialize_with = "tolerant::text")]
    upload_path: String,
    #[serde(default, deserialize_with = "tolerant::optional_text")]
    token: Option<String>,
}

impl From<CreatedBody> for CreatedConfigurationVersion {
    fn from(CreatedBody { version, upload_path, token }: CreatedBody) -> Self {
        let last_segment = || upload_path.rsplit('/').next().unwrap_or_default().to_owned();
        Self { version, token: token.unwrap_or_else(last_segment), upload_path }
    }
}

/// The response of `GET …/versions/latest`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestConfigurationVersion {
    /// The version, in a member that has the same name as its number.
    #[serde(deserialize_with = "tolerant::object")]
    pub version: ConfigurationVersion,
}

/// A configuration version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigurationVersion {
    /// Its number.
    #[serde(deserialize_with = "tolerant::count")]
    pub version: u64,
    /// As it was sent.
    #[serde(default)]
    pub metadata: TextMap,
    /// Variables as newer clients send them, in place of `variables`.
    #[serde(default, deserialize_with = "tolerant::objects_or_empty")]
    pub tf_vars: Vec<TfVar>,
    /// As they were sent.
    #[serde(default)]
    pub variables: TextMap,
}

/// A Terraform variable that may be HCL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TfVar {
    /// Its name.
    #[serde(deserialize_with = "tolerant::text")]
    pub key: String,
    /// Its value: a text, or HCL if `hcl` says so.
    #[serde(default, deserialize_with = "tolerant::any_as_text")]
    pub value: String,
    /// Whether the value is HCL: so are lists, maps and everything else that is no text.
    #[serde(default, deserialize_with = "tolerant::boolean_or_false")]
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
