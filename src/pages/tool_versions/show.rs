//! `/terraform-versions/:id`: everything that the installation tells of one version.

use domain::{Tool, text::visible, tool_versions::usage_text};
use leptos::prelude::*;
use wire::ToolVersion;

use super::{
    archs::ArchTable,
    attribute::{Created, Digest, Status, Value, WebAddress},
    delete::DeleteVersion,
    version::{VersionView, is_missing, version_name, version_query},
};
use crate::{
    components::{Breadcrumbs, Copy, LinkButton, ListAddresses, PageHeader},
    paths,
    ui::{ButtonKind, Icon},
};

/// The page of one version.
#[component]
pub fn ShowPage(
    /// Whose version it is.
    tool: Tool,
    /// Its id.
    id: String,
) -> impl IntoView {
    let list = expect_context::<ListAddresses>().of(tool);
    let edit = paths::edit_tool_version(tool, &id);
    let query = version_query(tool, id);
    let heading = move || if is_missing(query) { "Not found".to_owned() } else { version_name(tool, query) };
    let has_edit = Memo::new(move |_| query.answer().is_some() && !is_missing(query));
    view! {
        <PageHeader
            heading=Signal::derive(heading)
            breadcrumbs=view! { <Breadcrumbs above=vec![(list, "All versions".to_owned())]/> }.into_any()
        >
            <Show when=move || has_edit.get()>
                <LinkButton kind=ButtonKind::Primary icon=Icon::Edit href=edit.clone()>
                    "Edit"
                </LinkButton>
            </Show>
        </PageHeader>
        <VersionView tool query ready=move |version| view! { <Details tool version/> }.into_any()/>
    }
}

#[component]
fn Details(tool: Tool, version: ToolVersion) -> impl IntoView {
    let known = version.attributes.clone();
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let (url, digest) = (known.url.clone().unwrap_or_default(), known.sha.clone().unwrap_or_default());
    let copy = |words: &'static str, text: &str| {
        (!text.is_empty()).then(|| view! { <Copy text=text.to_owned()>{words}</Copy> })
    };
    let deprecated = known.deprecated.map(|deprecated| {
        view! {
            <dt>"Deprecated"</dt>
            <dd>{yes_no(deprecated)}</dd>
        }
    });
    let reason = known.deprecated_reason.clone().flatten().map(|reason| {
        view! {
            <dt>"Deprecation reason"</dt>
            <dd>
                <Value text=reason none="none"/>
            </dd>
        }
    });
    let archs = known.archs.clone().map(|archs| {
        view! {
            <section class="card">
                <h2>"Architectures"</h2>
                <ArchTable archs/>
            </section>
        }
    });
    view! {
        <div class="columns">
            <section class="card">
                <dl class="details">
                    <dt>"Version"</dt>
                    <dd>
                        <Value text=known.version.clone() none="none"/>
                    </dd>
                    <dt>"Status"</dt>
                    <dd>
                        <Status version=&known/>
                    </dd>
                    <dt>"URL"</dt>
                    <dd>
                        <WebAddress url=url.clone()/>
                        {copy("Copy URL", &url)}
                    </dd>
                    <dt>"SHA-256"</dt>
                    <dd>
                        <Digest digest=digest.clone()/>
                        {copy("Copy SHA-256", &digest)}
                    </dd>
                    <dt>"Id"</dt>
                    <dd>
                        <code class="value">{visible(&version.id)}</code>
                        {copy("Copy id", &version.id)}
                    </dd>
                </dl>
            </section>
            <section class="card">
                <dl class="details">
                    <dt>"Official"</dt>
                    <dd>{yes_no(known.official)}</dd>
                    <dt>"Enabled"</dt>
                    <dd>{yes_no(known.enabled)}</dd>
                    <dt>"Beta"</dt>
                    <dd>{yes_no(known.beta)}</dd>
                    {deprecated}
                    {reason}
                    <dt>"Usage"</dt>
                    <dd>{usage_text(known.usage)}</dd>
                    <dt>"Created"</dt>
                    <dd>
                        <Created at=known.created_at.clone()/>
                    </dd>
                </dl>
            </section>
        </div>
        {archs}
        <section class="card">
            <h2>"Delete"</h2>
            <DeleteVersion tool version/>
        </section>
    }
}
