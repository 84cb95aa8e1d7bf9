//! The actions of a row of the list.

use domain::Tool;
use leptos::prelude::*;
use wire::ToolVersion;

use crate::{
    components::{Copy, LinkButton},
    paths,
    ui::{ButtonKind, Icon},
};

/// The id of the popover that they are in.
pub const ROW_MENU: &str = "row-menu";

/// Loaded when the first of these menus is opened.
#[component]
pub fn RowActions(
    /// Whose version it is.
    tool: Tool,
    /// The version.
    version: ToolVersion,
) -> impl IntoView {
    let edit = paths::can_name(&version.id).then(|| {
        let href = paths::edit_tool_version(tool, &version.id);
        view! {
            <LinkButton kind=ButtonKind::Quiet icon=Icon::Edit href>
                "Edit"
            </LinkButton>
        }
    });
    let copies = [
        ("Copy URL", version.attributes.url.unwrap_or_default()),
        ("Copy SHA-256", version.attributes.sha.unwrap_or_default()),
        ("Copy id", version.id),
    ];
    let copies = copies.into_iter().filter(|(_, text)| !text.is_empty()).map(|(words, text)| {
        view! {
            <Copy text attr:popovertarget=ROW_MENU attr:popovertargetaction="hide">
                {words}
            </Copy>
        }
    });
    view! {
        {edit}
        {copies.collect_view()}
    }
}
