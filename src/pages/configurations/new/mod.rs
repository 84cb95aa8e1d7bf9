//! `/configurations/:username/:name/versions/new`: variables, metadata, an archive, and the upload.

mod archive;
mod archive_group;
mod chosen;
mod drop;
mod folder;
mod packing;
mod pairs;
mod pairs_group;
mod runner;
mod steps;
mod wording;

use leptos::prelude::*;
use wire::{CreateConfigurationVersion, TextMap};

use self::{
    archive::ArchiveChoice, archive_group::ArchiveGroup, pairs::Pairs, pairs_group::PairsGroup, runner::Runner,
    steps::UploadSteps,
};
use super::{page_header::BelowConfiguration, recent::remember};
use crate::{
    components::{LeaveDialog, LinkButton},
    paths::Configuration,
    router::use_unsaved_changes,
    ui::{SubmitButton, focus_by_id},
};

/// The id of the section with the upload, which takes the focus when the upload begins.
const UPLOAD: &str = "upload";

/// The form, and below it the upload once it has begun.
#[component]
pub fn NewPage(
    /// Whose version it will be.
    configuration: Configuration,
) -> impl IntoView {
    remember(&configuration);
    let variables = Pairs::new("variable", "variable-add");
    let metadata = Pairs::new("metadata", "metadata-add");
    let archive = ArchiveChoice::new();
    let runner = Runner::new(configuration.clone(), archive);
    let is_locked = Memo::new(move |_| runner.is_locked());
    let has_begun = Memo::new(move |_| runner.has_begun());
    guard(runner, Memo::new(move |_| variables.is_touched() || metadata.is_touched() || archive.is_chosen()));

    let submit = Callback::new(move |()| {
        if runner.is_locked_untracked() {
            return;
        }
        let checks = [variables.check(), metadata.check(), archive.check()];
        if let Some(first) = checks.into_iter().flatten().next() {
            focus_by_id(&first);
            return;
        }
        runner.start(CreateConfigurationVersion {
            metadata: TextMap(metadata.texts()),
            variables: TextMap(variables.texts()),
        });
        // The form is locked and its buttons go away: the focus needs another place.
        focus_by_id(UPLOAD);
    });
    let cancel = configuration.path();
    view! {
        <BelowConfiguration configuration heading="New configuration version"/>
        <LeaveDialog/>
        <div class="beside">
            <form
                class="form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    submit.run(());
                }
            >
                <fieldset class="bare" disabled=is_locked>
                    <PairsGroup pairs=variables legend="Variables" add="Add variable"/>
                    <PairsGroup pairs=metadata legend="Metadata" add="Add metadata"/>
                    <ArchiveGroup archive is_locked/>
                </fieldset>
                <Show when=move || !is_locked.get()>
                    <div class="form-actions">
                        <SubmitButton>"Create and upload"</SubmitButton>
                        <LinkButton href=cancel.clone()>"Cancel"</LinkButton>
                    </div>
                </Show>
            </form>
            <Show when=move || has_begun.get()>
                <UploadSteps runner submit/>
            </Show>
        </div>
    }
}

/// Asks before something is lost: what was typed, or an upload on its way. Once everything was sent nothing is.
fn guard(runner: Runner, is_touched: Memo<bool>) {
    let is_sent = Memo::new(move |_| runner.is_sent());
    let is_dirty = Memo::new(move |_| !is_sent.get() && (runner.has_begun() || is_touched.get()));
    let changes = use_unsaved_changes(is_dirty.into());
    Effect::new(move |_| {
        if is_sent.get() {
            // A question that is open by now asks about nothing.
            changes.release();
        }
    });
}
