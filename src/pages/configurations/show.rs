//! `/configurations/:username/:name`: the latest version of a configuration.

use leptos::prelude::*;
use wire::{ConfigurationVersion, TextMap};

use super::{configuration_header::way_back, recent::remember};
use crate::{
    api::configuration_versions,
    components::{LegacyClient, LoadView, page_header},
    domain::text::visible,
    paths::Configuration,
    query::Query,
    ui::{ButtonKind, El, View, el, link_button, row, table},
};

/// The latest version, and the way to a new one.
pub fn show_page(configuration: Configuration) -> View {
    remember(&configuration);
    let LegacyClient(client) = expect_context();
    let title = visible(&configuration.title());
    let new = link_button(ButtonKind::Primary, "New configuration version", &configuration.new_version());
    let way_back = way_back(&configuration);
    let query = Query::new(move || {
        let (client, of) = (client.clone(), configuration.clone());
        Box::pin(async move { configuration_versions::latest(&client, &of.username, &of.name).await })
    });
    let load = LoadView {
        query,
        what: "the latest version",
        empty: Box::new(|_| None),
        ready: Box::new(|version| latest(&version)),
        missing: nothing_yet,
    };
    View::from(page_header(move || title.clone(), new.into())).and(way_back).and(load.view())
}

fn nothing_yet() -> View {
    let text = "Nothing was uploaded to this configuration yet, or the token may not see it. The installation does not \
                tell which.";
    el("div").class("empty").child(el("p").child(text)).into()
}

fn latest(version: &ConfigurationVersion) -> View {
    let number = el("section").class("card").child(
        el("dl")
            .class("details")
            .child(View::from(el("dt").child("Latest version")).and(el("dd").child(version.version.to_string()))),
    );
    View::from(number).and(pairs("Variables", variables(version))).and(pairs("Metadata", of_map(&version.metadata)))
}

/// Newer clients send `tf_vars`, which supersede `variables`.
fn variables(version: &ConfigurationVersion) -> Vec<(String, String)> {
    if version.tf_vars.is_empty() {
        return of_map(&version.variables);
    }
    let hcl = |is_hcl: bool| if is_hcl { " (HCL)" } else { "" };
    version.tf_vars.iter().map(|it| (visible(&it.key) + hcl(it.hcl), visible(&it.value))).collect()
}

fn of_map(map: &TextMap) -> Vec<(String, String)> {
    map.0.iter().map(|(key, value)| (visible(key), visible(value))).collect()
}

fn pairs(heading: &str, pairs: Vec<(String, String)>) -> El {
    let section = el("section").class("card").child(el("h2").child(heading));
    if pairs.is_empty() {
        return section.child(el("p").child("None."));
    }
    let value = |text: &str| el("code").class("value").child(text);
    let rows: Vec<El> =
        pairs.iter().map(|(key, text)| row(value(key).into(), [("Value", value(text).into())])).collect();
    section.child(table(heading, &["Key", "Value"], rows.into()))
}
