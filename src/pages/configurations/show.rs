//! `/configurations/:username/:name`: the latest version of a configuration.

use api::configuration_versions;
use domain::text::visible;
use leptos::prelude::*;
use wire::{ConfigurationVersion, TextMap};

use super::{page_header::ALL, recent::remember};
use crate::{
    components::{Breadcrumbs, LegacyClient, LinkButton, LoadView, PageHeader, Skeleton},
    paths::{self, Configuration},
    query::Query,
    ui::{ButtonKind, Table},
};

/// Keys and values, as they are shown.
type Pairs = Vec<(String, String)>;

/// The latest version, and the way to a new one.
#[component]
pub fn ShowPage(
    /// Which.
    configuration: Configuration,
) -> impl IntoView {
    remember(&configuration);
    let LegacyClient(client) = expect_context();
    let heading = visible(&configuration.title());
    let new_version = configuration.new_version();
    let above = vec![(paths::configurations(), ALL.to_owned())];
    let query = Query::new(move || {
        let (client, of) = (client.clone(), configuration.clone());
        Box::pin(async move { configuration_versions::latest(&client, &of.username, &of.name).await })
    });
    view! {
        <PageHeader heading breadcrumbs=view! { <Breadcrumbs above/> }.into_any()>
            <LinkButton kind=ButtonKind::Primary href=new_version>
                "New configuration version"
            </LinkButton>
        </PageHeader>
        <LoadView
            query
            loading=|| view! { <Skeleton what="the latest version" rows=4/> }
            is_empty=|_: &ConfigurationVersion| false
            empty=|| ()
            missing=|| view! { <NothingYet/> }
            ready=latest_version
        />
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <div class="empty">
            <p>
                "Nothing was uploaded to this configuration yet, or the token may not see it. The installation does not tell \
                 which."
            </p>
        </div>
    }
}

fn latest_version(version: Signal<ConfigurationVersion>) -> AnyView {
    view! {
        <section class="card">
            <dl class="details">
                <dt>"Latest version"</dt>
                <dd>{move || version.with(|version| version.version)}</dd>
            </dl>
        </section>
        <PairsCard heading="Variables" pairs=Memo::new(move |_| version.with(variables))/>
        <PairsCard heading="Metadata" pairs=Memo::new(move |_| version.with(|version| of_map(&version.metadata)))/>
    }
    .into_any()
}

/// Newer clients send `tf_vars`, which supersede `variables`.
fn variables(version: &ConfigurationVersion) -> Pairs {
    if version.tf_vars.is_empty() {
        return of_map(&version.variables);
    }
    let hcl = |is_hcl: bool| if is_hcl { " (HCL)" } else { "" };
    version.tf_vars.iter().map(|it| (visible(&it.key) + hcl(it.hcl), visible(&it.value))).collect()
}

fn of_map(map: &TextMap) -> Pairs {
    map.0.iter().map(|(key, value)| (visible(key), visible(value))).collect()
}

#[component]
fn PairsCard(heading: &'static str, pairs: Memo<Pairs>) -> impl IntoView {
    let row = |(_, (key, value)): (usize, (String, String))| {
        view! {
            <tr>
                <th scope="row">
                    <code class="value">{key}</code>
                </th>
                <td data-label="Value">
                    <code class="value">{value}</code>
                </td>
            </tr>
        }
    };
    view! {
        <section class="card">
            <h2>{heading}</h2>
            <Show when=move || !pairs.with(Vec::is_empty) fallback=|| view! { <p>"None."</p> }>
                <Table name=heading columns=&["Key", "Value"]>
                    <For each=move || pairs.get().into_iter().enumerate() key=|pair| pair.clone() children=row/>
                </Table>
            </Show>
        </section>
    }
}
