//! A version that the installation did not find, and which of the two reasons it is when that can be told.

use domain::Tool;
use leptos::prelude::*;

use crate::{paths, router::Link, session::Session};

/// What stands in the place of a version. The API answers the same for a version that does not exist and for a token
/// that is not an administrator's.
#[component]
pub fn MissingVersion(
    /// Whose version it is.
    tool: Tool,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let text = move || match session.is_administrator() {
        Some(true) => "This version does not exist. It may have been deleted, or the link may be mistyped.".to_owned(),
        Some(false) => not_an_administrator(tool),
        None => "This version does not exist, or the token in use does not belong to an administrator. \
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
