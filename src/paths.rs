//! Every address inside the console, and the only place that writes one.
//!
//! The console may be hosted below a path ([`set_base`]): every address here begins with it, as the browser's own do.

mod base;

use domain::{
    Tool,
    url::{decode, encode, push_query},
};

pub use base::{at, in_storage, inside, set_base};

const CONFIGURATIONS: &str = "/configurations";
const CONNECT: &str = "/connect";

/// A page of the console, as its path names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// `/`, which leads on.
    Home,
    /// Where tokens are entered.
    Connect,
    /// The list of a tool's versions.
    ToolVersions(Tool),
    /// The form that adds a version.
    NewToolVersion(Tool),
    /// What an action will do to the selected versions, and its run.
    PlanToolVersions(Tool),
    /// One version, by its id.
    ToolVersion(Tool, String),
    /// The form that changes a version, by its id.
    EditToolVersion(Tool, String),
    /// Where a configuration is opened.
    Configurations,
    /// A page of one configuration.
    Configuration(Configuration, ConfigurationPage),
    /// A path that names no page.
    Unknown,
}

/// A configuration as the legacy API names it: `hashicorp/atlas`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// Whose it is.
    pub username: String,
    /// What it is called.
    pub name: String,
}

/// A page of one configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigurationPage {
    /// Its latest version.
    Latest,
    /// The form that creates and uploads a version.
    NewVersion,
    /// How far an upload is, by its token.
    Progress(String),
}

impl Page {
    /// The page at a path as the browser has it, percent-encoded.
    pub fn at(path: &str) -> Self {
        let Some(path) = inside(path) else { return Self::Unknown };
        let segments: Vec<String> = path.split('/').filter(|it| !it.is_empty()).map(decode).collect();
        if segments.iter().any(|segment| segment.contains(char::is_control)) {
            // No name and no id has one, and no installation would find it.
            return Self::Unknown;
        }
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            [] => Self::Home,
            ["connect"] => Self::Connect,
            ["configurations"] => Self::Configurations,
            ["configurations", username, name, rest @ ..] => match ConfigurationPage::at(rest) {
                Some(page) => Self::Configuration(Configuration::new(username, name), page),
                None => Self::Unknown,
            },
            [resource, rest @ ..] => match Tool::of_resource(resource) {
                Some(tool) => Self::of_tool(tool, rest),
                None => Self::Unknown,
            },
        }
    }

    fn of_tool(tool: Tool, segments: &[&str]) -> Self {
        match segments {
            [] => Self::ToolVersions(tool),
            ["new"] => Self::NewToolVersion(tool),
            ["plan"] => Self::PlanToolVersions(tool),
            [id] => Self::ToolVersion(tool, (*id).to_owned()),
            [id, "edit"] => Self::EditToolVersion(tool, (*id).to_owned()),
            _ => Self::Unknown,
        }
    }
}

impl ConfigurationPage {
    fn at(segments: &[&str]) -> Option<Self> {
        match segments {
            [] => Some(Self::Latest),
            ["versions", "new"] => Some(Self::NewVersion),
            ["versions", "progress", token] => Some(Self::Progress((*token).to_owned())),
            _ => None,
        }
    }
}

impl Configuration {
    /// The configuration of these names.
    pub fn new(username: &str, name: &str) -> Self {
        Self { username: username.to_owned(), name: name.to_owned() }
    }

    /// As people write it.
    pub fn title(&self) -> String {
        [&self.username, "/", &self.name].concat()
    }

    /// Its page.
    pub fn path(&self) -> String {
        [&configurations(), "/", &encode(&self.username), "/", &encode(&self.name)].concat()
    }

    /// The form that creates and uploads a version.
    pub fn new_version(&self) -> String {
        self.path() + "/versions/new"
    }

    /// How far the upload with this token is.
    pub fn progress(&self, token: &str) -> String {
        self.path() + "/versions/progress/" + &encode(token)
    }
}

/// What the list shows, as its address says it: each text as it stands there, read by [`domain::inventory`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// From 1.
    pub page: u64,
    /// Rows on a page.
    pub size: u64,
    /// What the versions have in them.
    pub search: String,
    /// What they are: `enabled,unused`.
    pub is: String,
    /// The architecture that they have, or lack: `arm64`, `-arm64`.
    pub arch: String,
    /// Between which versions they are: `>= 1.3, < 1.6`.
    pub range: String,
    /// Their order: `usage`, `-usage`.
    pub sort: String,
}

impl Default for ListQuery {
    fn default() -> Self {
        let none = String::new;
        Self { page: 1, size: 20, search: none(), is: none(), arch: none(), range: none(), sort: none() }
    }
}

/// The list of a tool's versions, with what differs from the first page of all of them in the query.
pub fn tool_versions(tool: Tool, query: &ListQuery) -> String {
    let default = ListQuery::default();
    let mut path = at(&["/", tool.resource()].concat());
    if query.page != default.page {
        push_query(&mut path, "page", &query.page.to_string());
    }
    if query.size != default.size {
        push_query(&mut path, "size", &query.size.to_string());
    }
    let texts = [
        ("search", &query.search),
        ("is", &query.is),
        ("arch", &query.arch),
        ("range", &query.range),
        ("sort", &query.sort),
    ];
    for (name, text) in texts {
        if !text.is_empty() {
            push_query(&mut path, name, text);
        }
    }
    // Lists of words are written as people write them; a comma means nothing else in a query.
    path.replace("%2C", ",")
}

/// The first page of a tool's versions.
pub fn all_tool_versions(tool: Tool) -> String {
    tool_versions(tool, &ListQuery::default())
}

/// Where the console begins.
pub fn start() -> String {
    all_tool_versions(Tool::Terraform)
}

/// Whether an address can name a version by its id: a faulty installation may have some that lead elsewhere.
pub fn can_name(id: &str) -> bool {
    !matches!(id, "" | "." | ".." | "new" | "plan") && !id.contains(char::is_control)
}

/// One version.
pub fn tool_version(tool: Tool, id: &str) -> String {
    [&all_tool_versions(tool), "/", &encode(id)].concat()
}

/// The form that changes a version.
pub fn edit_tool_version(tool: Tool, id: &str) -> String {
    tool_version(tool, id) + "/edit"
}

/// The form that adds a version.
pub fn new_tool_version(tool: Tool) -> String {
    all_tool_versions(tool) + "/new"
}

/// Where the last run with the versions of a tool is reported.
pub fn plan(tool: Tool) -> String {
    all_tool_versions(tool) + "/plan"
}

/// What an action, by its word in addresses, will do to the selected versions.
pub fn plan_tool_versions(tool: Tool, action: &str) -> String {
    let mut path = plan(tool);
    push_query(&mut path, "action", action);
    path
}

/// Where a configuration is opened.
pub fn configurations() -> String {
    at(CONFIGURATIONS)
}

/// The page of a configuration.
pub fn configuration(configuration: &Configuration) -> String {
    configuration.path()
}

/// How far the upload with this token is.
pub fn upload_progress(configuration: &Configuration, token: &str) -> String {
    configuration.progress(token)
}

/// Where a token is entered, and where to go then. What [`safe_next`] refuses is left out.
pub fn connect(next: Option<&str>) -> String {
    let mut path = at(CONNECT);
    if let Some(next) = next.and_then(safe_next) {
        push_query(&mut path, "next", next);
    }
    path
}

/// The address if it is a path of this console, whoever wrote it: `next` is part of a link that anyone can send.
///
/// Refused are other origins in all spellings that a browser accepts (`//host`, `/\host`, a tab or a line break between
/// the slashes, `/..//host`), other schemes, and the page for connecting itself.
pub fn safe_next(next: &str) -> Option<&str> {
    let path = inside(next.split(['?', '#']).next().unwrap_or_default())?;
    let is_safe = path.starts_with('/')
        && !path.contains("//")
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && path != CONNECT
        && !path.starts_with("/connect/");
    is_safe.then_some(next)
}

#[cfg(test)]
mod tests;
