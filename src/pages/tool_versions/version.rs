//! Reading one version, as its own page and the form both do.

use api::{ApiError, Client, tool_versions};
use domain::{Tool, text::visible_name};
use leptos::prelude::*;
use wire::ToolVersion;

use crate::{
    components::{LoadView, MissingVersion, Skeleton},
    inventory::use_inventory,
    query::Query,
};

/// Reads one version.
pub fn version_query(tool: Tool, id: String) -> Query<ToolVersion> {
    let client = expect_context::<Client>();
    let inventory = use_inventory(tool);
    Query::new(move || {
        let (client, id) = (client.clone(), id.clone());
        Box::pin(async move {
            let read = tool_versions::read(&client, tool, &id).await;
            if let Ok(version) = &read {
                // The list is to show what is known of it now.
                inventory.written(version.clone());
            }
            read
        })
    })
}

/// Whether the installation does not find the version. Tracked.
pub fn is_missing(query: Query<ToolVersion>) -> bool {
    query.error() == Some(ApiError::NotFound)
}

/// "Terraform 0.11.8", or "Terraform version" until it is read. Tracked.
pub fn version_name(tool: Tool, query: Query<ToolVersion>) -> String {
    let name = query.with(|version| name_of(tool, version));
    name.unwrap_or_else(|| [tool.title(), " version"].concat())
}

/// "Terraform 0.11.8", or "Terraform (no version)" where an installation has nothing there that could be seen.
pub fn name_of(tool: Tool, version: &ToolVersion) -> String {
    let name = visible_name(&version.attributes.version);
    [tool.title(), " ", name.as_deref().unwrap_or("(no version)")].concat()
}

/// The states of one version that is read. `ready` is made anew when the version is another than before.
#[component]
pub fn VersionView<R>(
    /// Whose version it is.
    tool: Tool,
    /// The reading.
    query: Query<ToolVersion>,
    /// Shows the version.
    ready: R,
) -> impl IntoView
where
    R: Fn(ToolVersion) -> AnyView + Copy + Send + Sync + 'static,
{
    view! {
        <LoadView
            query
            loading=|| view! { <Skeleton what="the version" rows=8/> }
            is_empty=|_| false
            empty=|| ()
            missing=move || view! { <MissingVersion tool/> }
            ready=move |version| view! { {move || ready(version.get())} }.into_any()
        />
    }
}
