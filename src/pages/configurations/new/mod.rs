//! `/configurations/:username/:name/versions/new`: variables, metadata, an archive, and the upload.

mod archive;
mod chosen;
mod drop;
mod packing;
mod pairs;
mod runner;
mod steps;

use leptos::prelude::*;
use wire::{CreateConfigurationVersion, TextMap};

use self::{archive::ArchiveField, pairs::Pairs, runner::Runner, steps::steps_view};
use super::{configuration_header::way_back, recent::remember};
use crate::{
    components::page_header,
    domain::uploads::machine::Phase,
    paths::Configuration,
    router::Router,
    ui::{ButtonKind, El, View, dynamic, el, link_button, submit_button},
};

/// The form, and below it the upload once it has begun.
pub fn new_page(configuration: Configuration) -> View {
    remember(&configuration);
    let router = expect_context::<Router>();
    let (variables, metadata) = (Pairs::new("variable"), Pairs::new("metadata"));
    let archive = ArchiveField::new();
    let runner = Runner::new(configuration.clone(), archive);

    let is_touched = move || variables.is_touched() || metadata.is_touched() || archive.chosen().is_some();
    router.protect(Memo::new(move |_| !runner.is_done() && (runner.holds_the_user() || is_touched())));

    let submit = move || {
        if runner.is_locked() {
            return;
        }
        let checks = [variables.check(), metadata.check(), archive.check()];
        if let Some(first) = checks.into_iter().flatten().next() {
            crate::ui::focus_by_id(&first);
            return;
        }
        runner.start(CreateConfigurationVersion {
            metadata: TextMap(metadata.texts()),
            variables: TextMap(variables.texts()),
        });
    };
    let way_back = way_back(&configuration);
    let cancel = configuration.path();
    let form = el("form")
        .class("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .child(
            el("fieldset")
                .class("bare")
                .disabled_if(move || runner.is_locked())
                .child(variables.view("Variables", "Add variable"))
                .child(metadata.view("Metadata", "Add metadata"))
                .child(archive.view()),
        )
        .child(dynamic(move || (!runner.is_locked()).then(|| actions(&cancel))));
    View::from(page_header(|| "New configuration version".to_owned(), View::default()))
        .and(way_back)
        .and(form)
        .and(dynamic(move || (runner.phase() != Phase::Idle).then(|| steps_view(runner, submit))))
}

fn actions(cancel: &str) -> El {
    let back = link_button(ButtonKind::Secondary, "Cancel", cancel);
    el("div").class("form-actions").child(submit_button().child("Create and upload")).child(back)
}
