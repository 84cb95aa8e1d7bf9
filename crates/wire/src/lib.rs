//! The bodies of the two APIs, as the console and the server both read and write them.
//!
//! Only shapes live here: no HTTP, no rules, no defaults of a form.
//! Reading is tolerant, because installations of many years differ: unknown members are ignored, `null` and missing
//! are the same wherever an installation may leave something out, and scalars are accepted in the spellings that were
//! seen (`tolerant/`). A body that cannot be read says where ([`Unreadable`]). Writing is strict: exactly the members
//! that the specification names.

mod account;
mod configuration_version;
mod document;
mod error;
mod list;
mod pagination;
mod tolerant;
mod tool_version;
mod unreadable;
mod upload_progress;

pub use account::{Account, AccountAttributes};
pub use configuration_version::{
    ConfigurationVersion, CreateConfigurationVersion, CreatedConfigurationVersion, LatestConfigurationVersion,
    NewConfigurationVersion, TextMap, TfVar,
};
pub use document::{Document, ListDocument, Meta, NewResource, Resource};
pub use error::{ErrorDocument, ErrorObject, ErrorSource};
pub use list::{ReportedPagination, ResourceList, read_resource};
pub use pagination::{Links, Pagination};
pub use tool_version::{Arch, CreateToolVersion, ToolVersion, ToolVersionAttributes, UpdateToolVersion};
pub use unreadable::{Mismatch, Unreadable, check, read};
pub use upload_progress::{UploadProgress, UploadStatus};
