//! A version that the installation did not find, and which of the reasons it is when that can be told.

use api::{ApiError, Client, ListOptions, tool_versions};
use domain::Tool;
use leptos::prelude::*;

use crate::{paths, query::Query, router::Link, session::Session};

/// What stands in the place of a version. The API answers the same for a version that does not exist and for a token
/// that may not see any: where the owner of the token is known, the list tells which.
#[component]
pub fn MissingVersion(
    /// Whose version it is.
    tool: Tool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let client = expect_context::<Client>();
    let list = Query::new(move || {
        let client = session.is_administrator().map(|_| client.clone());
        Box::pin(async move {
            let Some(client) = client else { return Ok(()) };
            tool_versions::list(&client, tool, &ListOptions { size: 1, ..ListOptions::default() }).await.map(drop)
        })
    });
    let text = move || match (session.is_administrator(), list.error()) {
        (Some(_), _) if list.is_busy() => String::new(),
        (Some(_), None) => {
            "This version does not exist. It may have been deleted, or the link may be mistyped.".to_owned()
        }
        (Some(true), Some(ApiError::NotFound)) => role_missing(tool),
        (Some(false), Some(ApiError::NotFound)) => not_an_administrator(tool),
        _ => "This version does not exist, or the token in use does not belong to an administrator. \
              The installation does not tell which."
            .to_owned(),
    };
    view! {
        <div class="empty">
            <p>{text}</p>
            <p>
                <Link href=paths::all_tool_versions(tool)>"Back to the list"</Link>
            </p>
        </div>
    }
}

/// Why the installation shows nothing of a tool's versions, and what to do.
pub fn not_an_administrator(tool: Tool) -> String {
    [
        "The token in use does not belong to an administrator, so the installation does not show its ",
        tool.versions(),
        ". Sign out, and connect with an administrator's token.",
    ]
    .concat()
}

/// Why it shows nothing to somebody who may be an administrator.
pub fn role_missing(tool: Tool) -> String {
    [
        "The installation does not show its ",
        tool.versions(),
        " to this token. The role for versions (“Version maintenance”) may be missing, or this installation has no Admin ",
        tool.title(),
        " Versions API at this address.",
    ]
    .concat()
}
