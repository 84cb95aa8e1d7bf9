//! `/terraform-versions/:id`: everything that the installation says of one version.

use leptos::prelude::*;
use wire::TerraformVersion;

use super::{archs::ArchTable, delete::DeleteVersion, status::Status};
use crate::{
    api::{ApiError, Client, terraform_versions},
    components::{Copy, LoadView, MissingVersion, PageHeader},
    domain::{
        digest,
        terraform_versions::usage_text,
        text::visible,
        web_address::safe_link,
    },
    paths,
    query::Query,
    ui::Time,
};

/// The page of one version.
#[component]
pub fn ShowPage(
    /// Of which version.
    id: String,
) -> AnyView {
    let client = expect_context::<Client>();
    let edit = paths::edit_terraform_version(&id);
    let query = Query::new(
        move || id.clone(),
        move |id| {
            let client = client.clone();
            async move { terraform_versions::read(&client, &id).await }
        },
    );
    view! {
        <PageHeader heading=version_heading(query, "")>
            <a class="button" data-kind="primary" href=edit>"Edit"</a>
        </PageHeader>
        <LoadView
            query
            what="the version"
            is_empty=|_| false
            empty=Callback::new(|_| ().into_any())
            ready=Callback::new(|version| view! { <Details version/> }.into_any())
            missing=Callback::new(|()| view! { <MissingVersion/> }.into_any())
        />
    }
    .into_any()
}

/// "Terraform 0.11.8" with `before` in front of it, or what is known until then.
pub fn version_heading(query: Query<TerraformVersion>, before: &'static str) -> Signal<String> {
    let (data, error) = (query.data(), query.error());
    Signal::derive(move || match (error.get(), data.get()) {
        (Some(ApiError::NotFound), _) => "Not found".to_owned(),
        (_, Some(version)) => format!("{before}Terraform {}", visible(&version.attributes.version)),
        _ => format!("{before}Terraform version"),
    })
}

#[component]
fn Details(version: TerraformVersion) -> AnyView {
    let known = version.attributes.clone();
    let sha = known.sha.clone().unwrap_or_default();
    let url = known.url.clone().unwrap_or_default();
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let deprecated = known.deprecated.map(|deprecated| {
        let reason = known.deprecated_reason.clone().flatten().filter(|reason| !reason.is_empty());
        view! {
            <dt>"Deprecated"</dt>
            <dd>{yes_no(deprecated)}</dd>
            {reason.map(|reason| view! { <dt>"Deprecation reason"</dt><dd>{visible(&reason)}</dd> })}
        }
    });
    let created = match known.created_at.clone() {
        Some(iso) => view! { <Time iso=visible(&iso)/> }.into_any(),
        None => "unknown".into_any(),
    };
    let archs = known.archs.clone().map(|archs| {
        view! {
            <section class="card">
                <h2>"Architectures"</h2>
                <ArchTable archs/>
            </section>
        }
    });
    view! {
        <section class="card">
            <dl class="details">
                <dt>"Version"</dt>
                <dd>{visible(&known.version)}</dd>
                <dt>"Status"</dt>
                <dd><Status version=known.clone()/></dd>
                <dt>"URL"</dt>
                <dd>
                    <Link url=url.clone()/>
                    {(!url.is_empty()).then(|| view! { <Copy label="Copy URL" text=url/> })}
                </dd>
                <dt>"SHA-256"</dt>
                <dd>
                    <Digest sha=sha.clone()/>
                    {(!sha.is_empty()).then(|| view! { <Copy label="Copy SHA-256" text=sha/> })}
                </dd>
                <dt>"Official"</dt>
                <dd>{yes_no(known.official)}</dd>
                <dt>"Enabled"</dt>
                <dd>{yes_no(known.enabled)}</dd>
                <dt>"Beta"</dt>
                <dd>{yes_no(known.beta)}</dd>
                {deprecated}
                <dt>"Usage"</dt>
                <dd>{usage_text(known.usage)}</dd>
                <dt>"Created"</dt>
                <dd>{created}</dd>
                <dt>"Id"</dt>
                <dd>
                    <code class="value">{visible(&version.id)}</code>
                    <Copy label="Copy id" text=version.id.clone()/>
                </dd>
            </dl>
        </section>
        {archs}
        <section class="card danger-zone" aria-labelledby="delete-zone">
            <h2 id="delete-zone">"Delete"</h2>
            <DeleteVersion version/>
        </section>
    }
    .into_any()
}

/// A URL as a link, if it is one that a link may lead to; else as text.
#[component]
pub fn Link(
    /// As the installation sent it.
    url: String,
) -> AnyView {
    let text = visible(&url);
    match safe_link(&url) {
        Some(href) => {
            view! { <a class="value" href=href.to_owned() target="_blank" rel="noreferrer noopener">{text}</a> }.into_any()
        }
        None if url.is_empty() => view! { <span class="muted">"none"</span> }.into_any(),
        None => view! { <span class="value">{text}</span> }.into_any(),
    }
}

/// A digest in groups that the eye can compare; selecting it copies it whole, without gaps.
#[component]
pub fn Digest(
    /// As the installation sent it.
    sha: String,
) -> AnyView {
    if sha.is_empty() {
        return view! { <span class="muted">"none"</span> }.into_any();
    }
    let sha = visible(&sha);
    let groups = digest::groups(&sha).into_iter().map(|group| view! { <span>{group.to_owned()}</span> }).collect_view();
    view! { <code class="digest">{groups}</code> }.into_any()
}
