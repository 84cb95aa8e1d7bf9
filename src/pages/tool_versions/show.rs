//! `/terraform-versions/:id`: everything that the installation says of one version.

use leptos::prelude::*;
use wire::ToolVersion;

use super::{
    archs::arch_table,
    attribute::{created, link, sha, status, value},
    delete::delete_version,
};
use crate::{
    api::{ApiError, Client, terraform_versions},
    components::{LoadView, copy, missing_version, page_header},
    domain::{terraform_versions::usage_text, text::visible},
    paths,
    query::Query,
    ui::{ButtonKind, El, View, dynamic, el, link_button},
};

/// The page of one version.
pub fn show_page(id: String) -> View {
    let edit = paths::edit_terraform_version(&id);
    let query = version_query(id);
    let actions = dynamic(move || {
        query.with(|_| ()).filter(|()| !is_missing(query)).map(|()| link_button(ButtonKind::Primary, "Edit", &edit))
    });
    View::from(page_header(version_heading(query, ""), actions)).and(version_view(query, details))
}

/// Reads one version.
pub fn version_query(id: String) -> Query<ToolVersion> {
    let client = expect_context::<Client>();
    Query::new(move || {
        let (client, id) = (client.clone(), id.clone());
        Box::pin(async move { terraform_versions::read(&client, &id).await })
    })
}

/// The faces of one version that is read.
pub fn version_view(query: Query<ToolVersion>, ready: impl Fn(ToolVersion) -> View + 'static) -> El {
    LoadView { query, what: "the version", empty: Box::new(|_| None), ready: Box::new(ready), missing: missing_version }
        .view()
}

/// "Terraform 0.11.8" with `before` in front of it, or what is known until then.
pub fn version_heading(query: Query<ToolVersion>, before: &'static str) -> impl Fn() -> String + Clone + 'static {
    move || {
        if is_missing(query) {
            return "Not found".to_owned();
        }
        let name = query.with(|version| visible(&version.attributes.version));
        [before, "Terraform ", name.as_deref().unwrap_or("version")].concat()
    }
}

fn is_missing(query: Query<ToolVersion>) -> bool {
    query.error() == Some(ApiError::NotFound)
}

fn details(version: ToolVersion) -> View {
    let known = &version.attributes;
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let (url, digest) = (text(known.url.as_ref()), text(known.sha.as_ref()));
    let yes_no = |yes: bool| if yes { "Yes" } else { "No" };
    let copied = |label, text: String| (!text.is_empty()).then(|| copy(label, text));
    let mut all = vec![
        ("Version", value(&known.version, "none").into()),
        ("Status", status(known).into()),
        ("URL", View::from(link(&url)).and(copied("Copy URL", url))),
        ("SHA-256", View::from(sha(&digest)).and(copied("Copy SHA-256", digest))),
        ("Official", yes_no(known.official).into()),
        ("Enabled", yes_no(known.enabled).into()),
        ("Beta", yes_no(known.beta).into()),
    ];
    if let Some(deprecated) = known.deprecated {
        all.push(("Deprecated", yes_no(deprecated).into()));
    }
    if let Some(Some(reason)) = &known.deprecated_reason {
        all.push(("Deprecation reason", value(reason, "none").into()));
    }
    all.push(("Usage", usage_text(known.usage).into()));
    all.push(("Created", created(known).into()));
    all.push((
        "Id",
        View::from(el("code").class("value").child(visible(&version.id))).and(copy("Copy id", version.id.clone())),
    ));
    let list: Vec<View> =
        all.into_iter().map(|(term, value)| View::from(el("dt").child(term)).and(el("dd").child(value))).collect();

    let archs = known.archs.as_ref().map(|archs| card("Architectures", arch_table(archs).into()));
    View::from(el("section").class("card").child(el("dl").class("details").child(list)))
        .and(archs)
        .and(card("Delete", delete_version(&version)))
}

fn card(heading: &str, content: View) -> El {
    el("section").class("card").child(el("h2").child(heading)).child(content)
}
